//! One writer at a time: an operating-system lock, and a lease that names who holds it.
//!
//! The lock decides; the lease only informs. It holds a process number and a digest of the host name, so that the
//! folder gives no name away. A lock dies with its process, so a stale lease is never mistaken for an owner.

use std::fmt;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use fusion_model::sha256;

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
            .map_err(Error::io("opening the lock of the case"))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Error::Busy {
                    owner: read_lease(lease),
                });
            }
            Err(TryLockError::Error(error)) => return Err(Error::io("locking the case")(error)),
        }
        let text = format!("{}\n{}\n", std::process::id(), host_digest());
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
    match (lines.next().and_then(|line| line.parse().ok()), lines.next()) {
        (Some(pid), Some(host)) if host == host_digest() => Owner::Here { pid },
        (Some(pid), Some(host)) if host.len() == 16 && host.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
            Owner::Elsewhere {
                pid,
                host: host.to_owned(),
            }
        }
        _ => Owner::Unknown,
    }
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
