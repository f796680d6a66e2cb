//! A disk that is full: said in words, everything acknowledged is there, and all is well once there is room (R3).

use std::path::Path;
use std::process::{Command, Stdio};

use crate::acts::whole_sources;
use crate::invented;
use crate::stage::{CASE, Stage, copy_tree};
use crate::tally::{Held, Tally, hold, skip};

/// A file system in memory of a given size; unmounted when dropped.
struct SmallDisk<'a>(&'a Path);

impl<'a> SmallDisk<'a> {
    fn mount(place: &'a Path, mebibytes: u32) -> Option<Self> {
        std::fs::create_dir_all(place).unwrap();
        let options = format!("size={mebibytes}m");
        mount(&["-t", "tmpfs", "-o", &options, "tmpfs"], place).then_some(Self(place))
    }

    fn grow(&self, mebibytes: u32) -> bool {
        mount(&["-o", &format!("remount,size={mebibytes}m")], self.0)
    }
}

fn mount(options: &[&str], place: &Path) -> bool {
    let mut command = Command::new("mount");
    let ended = command.args(options).arg(place).stderr(Stdio::null()).status();
    ended.is_ok_and(|status| status.success())
}

impl Drop for SmallDisk<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0).status();
    }
}

#[test]
fn a_full_disk_is_told_and_costs_nothing_acknowledged() {
    let Some(reference) = Stage::with_case() else { return };
    let rows: Vec<usize> = vec![2_500; 14];
    invented::tables(&reference.path("evidence"), &rows);
    let disk = Stage::empty().unwrap();
    let place = disk.path("disk");
    let mut tally = Tally::new("a full disk of 6 MiB");
    let Some(small) = SmallDisk::mount(&place, 6) else {
        skip("a full disk of 6 MiB", "mounting needs root");
        return;
    };
    copy_tree(&reference.path(CASE), &place.join(CASE));
    copy_tree(&reference.path("home"), &disk.path("home"));
    copy_tree(&reference.path("evidence"), &disk.path("evidence"));
    reference.ends(&["import", CASE, "evidence"], 0).unwrap();
    let after = reference.evidence(CASE).unwrap();
    let case = format!("disk/{CASE}");
    let mut acknowledged = 0;
    let mut check = || -> Held {
        let full = disk.run(&["import", &case, "evidence"]);
        hold(full.code == 1 && full.err.contains("the disk is full"), || {
            format!("ended with {}: {}", full.code, full.err)
        })?;
        disk.is_sound(&case)?;
        acknowledged = whole_sources(&disk.evidence(&case)?, &after)?.len();
        hold(acknowledged > 0 && acknowledged < rows.len(), || {
            format!("{acknowledged} sources fit: the test proves nothing")
        })?;
        // Still full: told again, and nothing more is lost.
        let full = disk.run(&["import", &case, "evidence"]);
        hold(full.code == 1 && full.err.contains("the disk is full"), || {
            format!("the second time: ended with {}: {}", full.code, full.err)
        })?;
        let kept = whole_sources(&disk.evidence(&case)?, &after)?.len();
        hold(kept >= acknowledged, || {
            format!("{kept} of {acknowledged} sources are left")
        })?;
        hold(small.grow(64), || "the disk cannot be made larger".to_owned())?;
        disk.ends(&["import", &case, "evidence"], 0)?;
        disk.is_sound(&case)?;
        disk.holds(&case, &after)
    };
    let held = check();
    tally.round("import", held);
    tally.figure(format!("{acknowledged} of {} sources fitted, all kept", rows.len()));
    tally.finish();
}
