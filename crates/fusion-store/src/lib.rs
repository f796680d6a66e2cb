//! The encrypted case: keys, evidence, vault, operation log, custody, and the derived cache.
//!
//! A case is a folder. `evidence.db` and `vault/` are the case; `derived.db` can be thrown away at any time. Both
//! databases are SQLCipher with raw keys derived from one random master key, which the slots of `case.keys` wrap.
//! Evidence is append-only: sources are withdrawn, not deleted, and every change is an operation that can be taken
//! back. Secrets are sealed before anything is written.
//!
//! This crate must not know the engine, importers, exporters or any window. It fails with [`Error`], which carries a
//! code for machines; damage is told apart from a wrong passphrase and from a case that is open elsewhere.

mod case;
mod change;
mod clocks;
mod database;
mod derived;
mod doctor;
mod erasure;
mod error;
mod folder;
mod hex;
mod import;
mod keys;
mod ledger;
mod lock;
mod machine;
mod merkle;
mod migrations;
mod note;
mod page_tags;
mod receipt;
mod rotation;
mod safety_copy;
mod seal;
mod sealed;
mod secret;
mod settings;
mod standing;
mod state;
mod tables;
mod transfer;
mod vault;
mod verify;
mod whereabouts;

pub use case::{Access, Case, KeyChange, LoggedOperation, NewCase, SourceEntry};
pub use change::{AlertMark, AlertState, Change, Stamp, TagMark};
pub use clocks::{ClockReading, Clocks, SystemClocks};
pub use derived::{
    DerivedTotals, EntityQuery, EntityRow, EntitySort, EventQuery, FindingQuery, HitKind, MatchedBy, Order, Page,
    PairQuery, RelationQuery, SearchHit, StatementQuery, TargetMatch,
};
pub use doctor::{CaseFacts, LibraryFacts, library_facts, self_test};
pub use erasure::ErasurePlan;
pub use error::{Error, Result};
pub use folder::CaseFolder;
pub use import::{ImportOutcome, Landing, Secrets, SourceDraft, SourceTotals, SourceWriter};
pub use keys::{KdfProfile, KeyMode, KeySource, OpenedBy, Recovery, SlotInfo, SlotKind, Unlock, keyring_answers};
pub use lock::Owner;
pub use machine::{Identity, Machine};
pub use receipt::{Receipt, head_code};
pub use seal::{SEALED_PREFIX, SEALED_WEAK};
pub use secret::Passphrase;
pub use settings::Setting;
pub use standing::Standing;
pub use state::{Edit, LiveState, Note, Operation, SourceStanding};
pub use tables::copy::{CopyEntry, CopyKind};
pub use tables::custody::CustodyEvent;
pub use tables::source::Erased;
pub use transfer::{
    Arrival, BackupEntry, BackupMemory, BackupPlan, BackupState, BackupTest, CaseTotals, CopyExtent, Kept, MergeReport,
    MergeRow, MergeState, PackOrder, PackageFacts, PackageKey, Rotated, Sealing, Selection, Unwatched, Watch, inspect,
    restore, rotate, unpack,
};
pub use vault::{OriginalReader, Quote, VaultEntry};
pub use verify::{Verdict, VerifyCheck, VerifyReport};
