//! Where a case lies: on this computer's own disk, on a network, or in a folder that another program copies about.
//!
//! A write-ahead log needs locks and ordered writes that network file systems do not promise, and a program that copies
//! files one by one tears database and log apart. Both are recognised by what they are called and by the marks that
//! they leave, so an unknown one is not; reading is harmless and never refused. The system's table of mounts names file
//! systems more exactly than their magic numbers do, which are the same for a server over `fuse` and a local disk.

use std::fs;
use std::path::{Path, PathBuf};

use crate::case::{Access, Case};
use crate::error::{Error, Result};
use crate::machine::Machine;
use crate::tables::custody::Event;

/// File systems that live on another computer, as the system names them.
const NETWORK: &[&str] = &[
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "9p",
    "afs",
    "coda",
    "ceph",
    "ncpfs",
    "lustre",
    "davfs",
    "glusterfs",
    "beegfs",
    "gpfs",
    "vboxsf",
    "prl_fs",
    "drvfs",
];

/// Programs behind `fuse.…` that keep files on another computer.
const NETWORK_FUSE: &[&str] = &[
    "sshfs",
    "rclone",
    "gvfsd-fuse",
    "s3fs",
    "davfs",
    "davfs2",
    "curlftpfs",
    "glusterfs",
    "ceph-fuse",
    "onedriver",
    "google-drive-ocamlfuse",
    "goofys",
    "vmhgfs-fuse",
    "kio-fuse",
    "mergerfs-nfs",
];

/// Names and marks of folders that a program copies about.
const SYNCED: &[(&str, &[&str], &[&str])] = &[
    ("Dropbox", &["Dropbox"], &[".dropbox.cache"]),
    ("OneDrive", &["OneDrive"], &[".849C9593-D756-4E56-8D6E-42412F2A707B"]),
    ("iCloud Drive", &["Mobile Documents", "iCloudDrive"], &[]),
    (
        "Google Drive",
        &["Google Drive", "GoogleDrive", "My Drive"],
        &[".tmp.drivedownload", ".tmp.driveupload"],
    ),
    (
        "Nextcloud",
        &["Nextcloud"],
        &[".nextcloudsync.log", ".owncloudsync.log"],
    ),
    ("Syncthing", &[], &[".stfolder"]),
    ("Seafile", &["Seafile"], &[".seafile-data"]),
    ("pCloud", &["pCloudDrive"], &[]),
    ("MEGA", &["MEGAsync"], &[".megaignore"]),
];

/// Beginnings of the names of files that Nextcloud and ownCloud keep in their folder.
const SYNC_JOURNALS: &[&str] = &["._sync_", ".sync_"];

/// Names what keeps a folder from being this computer's own; `None` when nothing is known to.
pub(crate) fn away(path: &Path) -> Option<String> {
    let path = nearest_existing(path);
    let mounts = fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    mount_type(&mounts, &path)
        .filter(|kind| is_network(kind))
        .map(|kind| format!("a network file system ({kind})"))
        .or_else(|| synced_by(&path).map(|by| format!("a folder that {by} copies about")))
}

/// Refuses to write in a folder that is not this computer's own, unless `machine` was told why to.
pub(crate) fn require_own(path: &Path, machine: Option<&Machine>) -> Result<()> {
    match away(path) {
        Some(what) if machine.and_then(Machine::allowance).is_none() => Err(Error::NotOwnDisk { what }),
        _ => Ok(()),
    }
}

impl Case {
    /// Records that the case is written to where it should not lie, and why all the same.
    pub(crate) fn note_whereabouts(&self) -> Result<()> {
        let allowance = self.machine().and_then(Machine::allowance);
        let (Some(what), Some(reason), Access::Write) = (away(self.folder.root()), allowance, self.access()) else {
            return Ok(());
        };
        let event = Event::new("write-anyway").about("place", what.as_bytes());
        self.transact(|connection| self.witness(connection, &event.by("", reason)))
    }
}

fn nearest_existing(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    absolute
        .ancestors()
        .find_map(|ancestor| ancestor.canonicalize().ok())
        .unwrap_or(absolute)
}

fn is_network(kind: &str) -> bool {
    match kind.strip_prefix("fuse.") {
        Some(program) => NETWORK_FUSE.contains(&program),
        None => NETWORK.contains(&kind),
    }
}

/// Finds the type of the file system that holds `path` in the text of `/proc/self/mountinfo`; later mounts cover
/// earlier ones.
fn mount_type(mounts: &str, path: &Path) -> Option<String> {
    let mut found: Option<(usize, String)> = None;
    for line in mounts.lines() {
        let Some((left, right)) = line.split_once(" - ") else {
            continue;
        };
        let Some(point) = left.split(' ').nth(4).map(unescaped) else {
            continue;
        };
        let Some(kind) = right.split(' ').next() else { continue };
        let depth = Path::new(&point).components().count();
        if path.starts_with(&point) && found.as_ref().is_none_or(|(deepest, _)| depth >= *deepest) {
            found = Some((depth, kind.to_owned()));
        }
    }
    found.map(|(_, kind)| kind)
}

/// Undoes the octal escapes of blanks and the like.
fn unescaped(text: &str) -> String {
    ["\\040", "\\011", "\\012", "\\134"]
        .iter()
        .zip([" ", "\t", "\n", "\\"])
        .fold(text.to_owned(), |text, (escape, plain)| text.replace(escape, plain))
}

fn synced_by(path: &Path) -> Option<&'static str> {
    path.ancestors().find_map(|folder| {
        let name = folder
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        let named = |names: &[&str]| {
            let goes_on = |rest: &str| rest.is_empty() || rest.starts_with(" - ") || rest.starts_with('-');
            names.iter().any(|known| name.strip_prefix(known).is_some_and(goes_on))
        };
        let marked = |marks: &[&str]| marks.iter().any(|mark| folder.join(mark).symlink_metadata().is_ok());
        let known = SYNCED.iter().find(|(_, names, marks)| named(names) || marked(marks));
        // In the home folder a folder of that name holds settings; a file of it marks what is copied.
        let dropbox = folder.join(".dropbox").is_file().then_some("Dropbox");
        let by_name = known.map(|(by, _, _)| *by).or(dropbox);
        by_name.or_else(|| has_journal(folder).then_some("Nextcloud"))
    })
}

fn has_journal(folder: &Path) -> bool {
    let Ok(entries) = fs::read_dir(folder) else {
        return false;
    };
    entries.flatten().any(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        name.ends_with(".db") && SYNC_JOURNALS.iter().any(|start| name.starts_with(start))
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const MOUNTS: &str = "\
22 1 254:0 / / rw,relatime - ext4 /dev/root rw
30 22 0:40 / /mnt/team\\040share rw shared:1 - nfs4 server:/export rw
31 22 0:41 / /home/a/remote rw - fuse.sshfs a@b:/ rw
32 22 0:42 / /home/a/ntfs rw - fuseblk /dev/sdb1 rw
33 30 0:43 / /mnt/team\\040share/own rw - ext4 /dev/sdc rw
";

    #[test]
    fn the_innermost_mount_says_what_a_folder_is() {
        let rows = [
            ("/home/a/case", "ext4", false),
            ("/mnt/team share/case", "nfs4", true),
            ("/mnt/team share/own/case", "ext4", false),
            ("/mnt/team shared", "ext4", false),
            ("/home/a/remote/x/y", "fuse.sshfs", true),
            ("/home/a/ntfs/x", "fuseblk", false),
        ];
        for (path, kind, network) in rows {
            let found = mount_type(MOUNTS, Path::new(path)).unwrap();
            assert_eq!((found.as_str(), is_network(&found)), (kind, network), "{path}");
        }
        assert_eq!(mount_type("", Path::new("/x")), None);
    }

    #[test]
    fn folders_that_programs_copy_about_are_known_by_name_and_marks() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for name in ["OneDrive - Office", "Dropbox", "OneDriveless", "plain"] {
            fs::create_dir_all(root.join(name).join("cases")).unwrap();
        }
        fs::create_dir_all(root.join("home/.dropbox")).unwrap();
        fs::create_dir_all(root.join("home/cases")).unwrap();
        for (name, mark) in [
            ("a", ".dropbox"),
            ("b", "._sync_1f2e.db"),
            ("c", ".stfolder"),
            ("d", "sync_1.db"),
        ] {
            fs::create_dir_all(root.join(name).join("cases")).unwrap();
            fs::write(root.join(name).join(mark), "").unwrap();
        }
        let rows = [
            ("OneDrive - Office", Some("OneDrive")),
            ("Dropbox", Some("Dropbox")),
            ("OneDriveless", None),
            ("plain", None),
            ("a", Some("Dropbox")),
            ("b", Some("Nextcloud")),
            ("c", Some("Syncthing")),
            ("d", None),
            ("home", None),
        ];
        for (name, expected) in rows {
            let case = nearest_existing(&root.join(name).join("cases/new.fusion"));
            assert_eq!(synced_by(&case), expected, "{name}");
        }
    }
}
