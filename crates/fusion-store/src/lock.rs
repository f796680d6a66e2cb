//! One writer at a time: an operating-system lock, and a lease that names who holds it.
//!
//! The lock decides; the lease only informs. It holds a process number and digests of the host name and of the start of
//! that computer, so that the folder gives no name away. A lock dies with its process, so a stale lease is never mistaken
//! for an owner, not even when a process of today has the number of one from before the computer was restarted.

use std::fmt;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use fusion_model::sha256;

use crate::clocks;
use crate::error::{Error, Result};
use crate::hex;

/// Names who holds a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    /// A process on this computer.
    Here {
        /// Process number.
        pid: u32,
    },
    /// A process on another computer that shares the folder.
    Elsewhere {
        /// Process number there.
        pid: u32,
        /// Digest of the host name.
        host: String,
    },
    /// The lease cannot be read.
    Unknown,
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Here { pid } => write!(f, "process {pid} on this computer"),
            Self::Elsewhere { pid, host } => write!(f, "process {pid} on another computer ({host})"),
            Self::Unknown => f.write_str("another program"),
        }
    }
}

/// Holds the writer's lock until dropped.
#[derive(Debug)]
pub(crate) struct WriterLock {
    file: File,
    lease: PathBuf,
}

impl WriterLock {
    /// Takes the lock at `lock` and writes the lease at `lease`, or names the owner.
    pub(crate) fn take(lock: &Path, lease: &Path) -> Result<Self> {
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(lock)
            .map_err(|error| match error.kind() {
                ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => Error::ReadOnlyMedium {
                    what: "nothing can be written to the folder of the case",
                },
                _ => Error::io("opening the lock of the case")(error),
            })?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Error::Busy {
                    owner: read_lease(lease),
                });
            }
            Err(TryLockError::Error(error)) => return Err(Error::io("locking the case")(error)),
        }
        let text = format!("{}\n{}\n{}\n", std::process::id(), host_digest(), start_digest());
        fs::write(lease, text).map_err(Error::io("writing the lease of the case"))?;
        Ok(Self {
            file,
            lease: lease.to_owned(),
        })
    }
}

impl Drop for WriterLock {
    fn drop(&mut self) {
        // A lease that stays behind only misinforms until the next writer; the lock itself dies with the file.
        let _ = fs::remove_file(&self.lease);
        let _ = self.file.unlock();
    }
}

fn read_lease(lease: &Path) -> Owner {
    let Ok(text) = fs::read_to_string(lease) else {
        return Owner::Unknown;
    };
    let mut lines = text.lines();
    let pid = lines.next().and_then(|line| line.parse().ok());
    let is_digest = |text: &&str| text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let digests = (lines.next().filter(is_digest), lines.next().filter(is_digest));
    let (Some(pid), (Some(host), Some(start))) = (pid, digests) else {
        return Owner::Unknown;
    };
    if host != host_digest() {
        let host = host.to_owned();
        Owner::Elsewhere { pid, host }
    } else if start == start_digest() {
        Owner::Here { pid }
    } else {
        // Left from before this computer was restarted: whoever has that number now has nothing to do with it.
        Owner::Unknown
    }
}

fn start_digest() -> String {
    hex::encode(&clocks::start()[..8])
}

fn host_digest() -> String {
    let name = fs::read_to_string("/proc/sys/kernel/hostname")
        .or_else(|_| std::env::var("HOSTNAME"))
        .or_else(|_| std::env::var("COMPUTERNAME"))
        .unwrap_or_default();
    let mut digest = hex::encode(&sha256(name.trim().as_bytes()));
    digest.truncate(16);
    digest
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_lease_names_its_owner_only_within_one_start_of_one_computer() {
        let folder = tempfile::tempdir().unwrap();
        let (lock, lease) = (folder.path().join("lock"), folder.path().join("lease"));
        let held = WriterLock::take(&lock, &lease).unwrap();
        let own = fs::read_to_string(&lease).unwrap();
        let pid = std::process::id();
        let with = |line: usize, text: &str| {
            let mut lines: Vec<&str> = own.lines().collect();
            lines[line] = text;
            lines.join("\n")
        };
        let host = "0123456789abcdef";
        let rows = [
            (own.clone(), Owner::Here { pid }),
            (with(2, host), Owner::Unknown),
            (
                with(1, host),
                Owner::Elsewhere {
                    pid,
                    host: host.to_owned(),
                },
            ),
            (own.lines().take(2).collect::<Vec<_>>().join("\n"), Owner::Unknown),
            (with(0, "x"), Owner::Unknown),
            (with(1, "../secret"), Owner::Unknown),
            (String::new(), Owner::Unknown),
        ];
        for (text, expected) in rows {
            fs::write(&lease, &text).unwrap();
            match WriterLock::take(&lock, &lease) {
                Err(Error::Busy { owner }) => assert_eq!(owner, expected, "{text}"),
                other => panic!("{other:?}"),
            }
        }
        drop(held);
        // A lease alone holds nobody off.
        fs::write(&lease, own).unwrap();
        WriterLock::take(&lock, &lease).unwrap();
    }
}
