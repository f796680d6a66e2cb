//! Originals of any size pass through little memory.

use std::fs;
use std::io::{self, Read};
use std::path::Path;
use std::process::Command;

use fusion_store::{Access, Case, Passphrase};

use crate::program::PASSPHRASE;
use crate::stage::{CASE, Stage};
use crate::tally::{Tally, hold, in_full};

/// Most memory that taking in and reading back may need, whatever the size.
const MOST_KIB: u64 = 200 * 1_000 * 1_000 / 1_024;
const NAME: &str = "large::an_original_of_two_gibibytes_passes_through_little_memory";
const CHILD: &str = "FUSION_TORTURE_LARGE";

/// Streams bytes that do not compress.
struct Noise {
    left: u64,
    state: u64,
}

impl Read for Noise {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = out.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        for chunk in out[..count].chunks_mut(8) {
            self.state = self
                .state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let mixed = (self.state ^ (self.state >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            chunk.copy_from_slice(&mixed.to_le_bytes()[..chunk.len()]);
        }
        self.left -= count as u64;
        Ok(count)
    }
}

fn take_in_and_read(path: &Path, size: u64) {
    let passphrase = Passphrase::new(PASSPHRASE.to_owned());
    let case = Case::open(path, &passphrase, Access::Write).unwrap();
    let entry = case.vault_add(&mut Noise { left: size, state: 1 }).unwrap();
    let read = io::copy(&mut case.vault_reader_of(&entry).unwrap(), &mut io::sink()).unwrap();
    assert_eq!(read, size);
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    println!("peak-kib {}", peak.split_whitespace().nth(1).unwrap());
}

/// Runs this program again, so that the memory of other tests does not count.
#[cfg(target_os = "linux")]
#[test]
fn an_original_of_two_gibibytes_passes_through_little_memory() {
    if let Ok(child) = std::env::var(CHILD) {
        let (size, path) = child.split_once(' ').unwrap();
        return take_in_and_read(Path::new(path), size.parse().unwrap());
    }
    let Some(stage) = Stage::with_case() else { return };
    let size: u64 = if in_full() { 2 << 30 } else { 64 << 20 };
    let mut tally = Tally::new("an original taken in and read back in 200 MB");
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", NAME, "--nocapture"])
        .env(CHILD, format!("{size} {}", stage.path(CASE).display()))
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    let peak = text
        .split("peak-kib ")
        .nth(1)
        .and_then(|rest| rest.split_whitespace().next());
    let peak: u64 = peak.and_then(|peak| peak.parse().ok()).unwrap_or(u64::MAX);
    tally.round(
        format!("{} MiB", size >> 20),
        hold(output.status.success() && peak < MOST_KIB, || {
            format!("{peak} KiB: {text}{}", String::from_utf8_lossy(&output.stderr))
        }),
    );
    tally.figure(format!("{} MiB through {} MiB of memory", size >> 20, peak / 1_024));
    tally.finish();
}
