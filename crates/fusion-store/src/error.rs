//! What can go wrong with a case, in words for people and codes for machines.
//!
//! Every seam of the store ends in [`Error`]. A code is a promise to scripts (the command line maps it to an exit
//! code); messages are lower-case fragments with sensitive text last; hints stand beside the message.

use std::io;

use fusion_model::OperationId;
use fusion_model::codec::CodecError;

use crate::lock::Owner;

/// Shortens the result of everything in this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Says why the store refused or failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No slot of the key file opens with what was given.
    #[error("this does not open the case")]
    WrongKey,
    /// The system keyring cannot help; a passphrase is needed.
    #[error("no key in the system keyring: {why}")]
    NoKeyring {
        /// What the keyring said, in words.
        why: String,
    },
    /// A new passphrase is unusable.
    #[error("the passphrase is empty")]
    EmptyPassphrase,
    /// Key derivation parameters are outside the floor or the limits.
    #[error("key derivation parameters are out of range: {what}")]
    KdfRange {
        /// Which parameter, with its range.
        what: &'static str,
    },
    /// Bytes of the case are not what they were when written.
    #[error("the case is damaged: {what}")]
    Damaged {
        /// The first thing found wrong; never evidence text.
        what: String,
    },
    /// A package is not what its sender packed, or was crafted.
    #[error("the package is damaged: {what}: {entry}")]
    DamagedPackage {
        /// What is wrong.
        what: &'static str,
        /// Name of the entry, as far as it can be told, with everything unprintable escaped.
        entry: String,
    },
    /// A backup is not what was backed up.
    #[error("the backup is damaged: {what}")]
    DamagedBackup {
        /// The first thing found wrong.
        what: String,
    },
    /// Neither passphrase nor identity opens the package.
    #[error("nothing that was given opens this package")]
    WrongPackageKey,
    /// Somebody stopped the work.
    #[error("stopped before the end")]
    Stopped,
    /// Another process (or another handle in this one) writes to the case.
    #[error("the case is open elsewhere: {owner}")]
    Busy {
        /// Who holds it.
        owner: Owner,
    },
    /// The case was opened for reading only.
    #[error("the case is open for reading only")]
    ReadOnly,
    /// Nothing can be written where the case lies.
    #[error("{what}")]
    ReadOnlyMedium {
        /// What cannot be written, in words.
        what: &'static str,
    },
    /// The case lies where writing to it would tear it apart.
    #[error("the case would be written to on {what}")]
    NotOwnDisk {
        /// What it is, in words.
        what: String,
    },
    /// The case is an earlier state of what this computer has seen.
    #[error("the case ends at event {newest} of custody, but this computer has seen {remembered}")]
    Behind {
        /// Newest event in the case.
        newest: u64,
        /// Newest event that was seen.
        remembered: u64,
    },
    /// The case was written by a newer program.
    #[error("the case has schema {found}, this program knows {known}")]
    NewerSchema {
        /// Schema of the case.
        found: u32,
        /// Newest schema known here.
        known: u32,
    },
    /// The case must be opened once for writing, so that it can be brought up to date.
    #[error("the case has the older schema {found} and is open for reading only")]
    OlderSchema {
        /// Schema of the case.
        found: u32,
    },
    /// There is no case in the folder.
    #[error("there is no case at {path}")]
    NotACase {
        /// The folder.
        path: String,
    },
    /// The folder for a new case is already in use.
    #[error("the folder already holds something: {path}")]
    Exists {
        /// The folder.
        path: String,
    },
    /// The linked SQLite or SQLCipher is too old, or does not encrypt.
    #[error("the linked database library is not fit for use: {what}")]
    Unfit {
        /// What is missing.
        what: String,
    },
    /// A source, operation, slot or other object does not exist.
    #[error("there is no such {what}")]
    Missing {
        /// Sort of object.
        what: &'static str,
    },
    /// A request contradicts the state of the case.
    #[error("{what}")]
    Conflict {
        /// What contradicts.
        what: String,
    },
    /// What is asked for was erased.
    #[error("it was erased from this case")]
    Erased,
    /// Two copies of a case wrote different operations under one name.
    #[error("the two logs say different things of operation {operation}")]
    Forked {
        /// The first one they do not agree on.
        operation: OperationId,
    },
    /// The case is shown as it was; what is asked for belongs to the present.
    #[error("the case is shown as it was right after operation {operation}")]
    LookingBack {
        /// The operation.
        operation: OperationId,
    },
    /// Something in this copy of the case was erased elsewhere and must go before anybody reads it.
    #[error("this copy of the case holds evidence that was erased since")]
    ErasureWaits,
    /// A change of the master key was decided on and not finished.
    #[error("the master key of the case was changed, and the change is not finished")]
    RotationWaits,
    /// Nothing derived has been written yet.
    #[error("nothing has been fused yet")]
    NotDerived,
    /// The disk is full.
    #[error("the disk is full")]
    DiskFull,
    /// The operating system refused.
    #[error("{doing}: {source}")]
    Io {
        /// What was being done.
        doing: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// The database refused.
    #[error("database: {0}")]
    Database(rusqlite::Error),
    /// The cryptographic library refused; never happens with valid inputs.
    #[error("the cryptographic library refused: {what}")]
    Crypto {
        /// What was being done.
        what: &'static str,
    },
}

impl Error {
    /// Returns the stable code for machines.
    pub fn code(&self) -> &'static str {
        match self {
            Self::WrongKey => "wrong-key",
            Self::NoKeyring { .. } => "no-keyring",
            Self::EmptyPassphrase => "empty-passphrase",
            Self::KdfRange { .. } => "kdf-range",
            Self::Damaged { .. } => "damaged",
            Self::DamagedPackage { .. } => "damaged-package",
            Self::DamagedBackup { .. } => "damaged-backup",
            Self::WrongPackageKey => "wrong-package-key",
            Self::Stopped => "stopped",
            Self::Busy { .. } => "busy",
            Self::ReadOnly => "read-only",
            Self::ReadOnlyMedium { .. } => "read-only-medium",
            Self::NotOwnDisk { .. } => "not-own-disk",
            Self::Behind { .. } => "behind",
            Self::NewerSchema { .. } => "newer-schema",
            Self::OlderSchema { .. } => "older-schema",
            Self::NotACase { .. } => "not-a-case",
            Self::Exists { .. } => "exists",
            Self::Unfit { .. } => "unfit",
            Self::Missing { .. } => "missing",
            Self::Conflict { .. } => "conflict",
            Self::Erased => "erased",
            Self::ErasureWaits => "erasure-waits",
            Self::RotationWaits => "rotation-waits",
            Self::Forked { .. } => "forked",
            Self::LookingBack { .. } => "looking-back",
            Self::NotDerived => "not-derived",
            Self::DiskFull => "disk-full",
            Self::Io { .. } => "io",
            Self::Database(_) => "database",
            Self::Crypto { .. } => "crypto",
        }
    }

    /// Returns what a person can do about it, where there is something.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::WrongKey => Some(
                "check the keyboard layout and capital letters; without passphrase, recovery code or a colleague's key nobody can open it",
            ),
            Self::NoKeyring { .. } => Some("ask for the passphrase"),
            Self::EmptyPassphrase => Some("choose a passphrase of several words"),
            Self::Damaged { .. } => Some("work on a copy, and restore the newest backup that verifies"),
            Self::DamagedPackage { .. } => Some("nothing was unpacked; ask the sender for it again"),
            Self::DamagedBackup { .. } => Some("restore another backup, and make a new one"),
            Self::WrongPackageKey => {
                Some("packages open with their passphrase, or with the identity of a computer they were packed for")
            }
            Self::Stopped => Some("nothing half-written was kept"),
            Self::Busy { .. } => Some("close the other window, or open the case for reading"),
            Self::ReadOnly => Some("open the case for writing"),
            Self::ReadOnlyMedium { .. } => {
                Some("read it where it is, or copy the whole folder to this computer's own disk and work there")
            }
            Self::NotOwnDisk { .. } => Some(
                "move the case to this computer's own disk and share it as a sealed package; to write there all the same, say why: `--anyway REASON`",
            ),
            Self::Behind { .. } => Some(
                "look for the newer copy; or go on with this one, on the record: `fusion verify CASE --acknowledge REASON`",
            ),
            Self::NewerSchema { .. } => Some("use the newer program; this one would harm the case"),
            Self::OlderSchema { .. } => Some("open it once for writing; it is brought up to date then"),
            Self::NotACase { .. } => Some("create one with `fusion new`"),
            Self::Exists { .. } => Some("choose a folder that does not exist yet"),
            Self::Erased => Some("what was erased stays away unless it is imported again with a reason of its own"),
            Self::Forked { .. } => {
                Some("one of the copies was put back to an earlier state and worked on; verify both")
            }
            Self::LookingBack { .. } => Some("return to the present first"),
            Self::ErasureWaits => Some("open it once for writing; the erasure is carried out then"),
            Self::RotationWaits => Some("open it once for writing, by the new passphrase; it is finished then"),
            Self::NotDerived => Some("run `fusion fuse`"),
            Self::DiskFull => Some("free some space and try again; nothing half-written is kept"),
            _ => None,
        }
    }

    pub(crate) fn damaged(what: impl Into<String>) -> Self {
        Self::Damaged { what: what.into() }
    }

    pub(crate) fn damaged_backup(what: impl Into<String>) -> Self {
        Self::DamagedBackup { what: what.into() }
    }

    pub(crate) fn conflict(what: impl Into<String>) -> Self {
        Self::Conflict { what: what.into() }
    }

    /// Wraps what the operating system said while `doing`; a full disk gets its own kind.
    pub(crate) fn io(doing: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| match source.kind() {
            io::ErrorKind::StorageFull => Self::DiskFull,
            _ => Self::Io { doing, source },
        }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt) => Self::damaged("a database page fails its check"),
            Some(ErrorCode::NotADatabase) => Self::damaged("a database does not open with the key of the case"),
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy { owner: Owner::Unknown },
            Some(ErrorCode::ReadOnly) => Self::ReadOnly,
            _ => Self::Database(error),
        }
    }
}

impl From<CodecError> for Error {
    fn from(error: CodecError) -> Self {
        Self::damaged(error.to_string())
    }
}

impl From<ring::error::Unspecified> for Error {
    fn from(_: ring::error::Unspecified) -> Self {
        Self::Crypto {
            what: "an operation of the case keys",
        }
    }
}
