//! What can be done with the keys of a case.

use std::path::PathBuf;

use clap::Subcommand;

/// What to do with the keys of a case.
#[derive(Debug, Subcommand)]
pub enum KeysAction {
    /// Show what opens the case.
    List,
    /// Add a way in.
    Add {
        /// Which.
        #[command(subcommand)]
        key: NewKey,
    },
    /// Take a way in away; the last one is refused.
    Remove {
        /// Its number, as listed.
        id: u32,
    },
    /// Replace the passphrase that opens the case now.
    ChangePassphrase {
        /// File whose first line is the new passphrase; asked twice otherwise.
        #[arg(long, value_name = "FILE")]
        new_passphrase_file: Option<PathBuf>,
    },
    /// Put the case under a new master key: a passphrase leaked, together with a copy of the case.
    ///
    /// The database is encrypted anew. Colleagues' keys and the keyring stay; every other passphrase, the recovery code
    /// and printed pages open only copies from before.
    Rotate {
        /// File whose first line is the new passphrase; asked twice otherwise.
        #[arg(long, value_name = "FILE")]
        new_passphrase_file: Option<PathBuf>,
        /// File to write the new page to print to, where there is a recovery code; shown otherwise.
        #[arg(short)]
        output: Option<PathBuf>,
    },
    /// Let a passphrase open the case alone, or only together with this computer's keyring.
    Mode {
        /// Which mode.
        #[arg(value_enum)]
        mode: KeyMode,
    },
    /// Open a case whose key file is lost by its printed kit; write a new key file.
    Recover {
        /// File with the kit.
        #[arg(long, value_name = "FILE")]
        kit: PathBuf,
        /// File whose first line is the new passphrase; asked twice otherwise.
        #[arg(long, value_name = "FILE")]
        new_passphrase_file: Option<PathBuf>,
    },
}

/// A way into a case.
#[derive(Debug, Subcommand)]
pub enum NewKey {
    /// A recovery code to print; a former one stops opening the key file.
    Recovery {
        /// File to write the page to print to; shown otherwise.
        #[arg(short)]
        output: Option<PathBuf>,
    },
    /// A colleague's age key.
    Colleague {
        /// Public key, age1…
        #[arg(long)]
        recipient: String,
        /// Whose it is.
        #[arg(long, default_value = "")]
        label: String,
    },
    /// One more passphrase.
    Passphrase {
        /// Whose it is.
        #[arg(long, default_value = "")]
        label: String,
        /// File whose first line is the passphrase; asked twice otherwise.
        #[arg(long, value_name = "FILE")]
        new_passphrase_file: Option<PathBuf>,
    },
    /// A secret in the keyring of this computer.
    Keyring,
}

/// Whether a passphrase opens a case alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum KeyMode {
    Standard,
    High,
}
