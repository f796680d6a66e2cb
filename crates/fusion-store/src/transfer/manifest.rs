//! The manifest of a copy: what it holds, with the digest of every file, signed by the computer that made it.
//!
//! Text, one fact a line, in a fixed order, so that exactly one text says one thing and nothing can be added to it:
//!
//! ```text
//! fusion package 1                 or: fusion backup 1
//! case <32 hex>
//! name <text>
//! at <ISO 8601 UTC>
//! extent whole                     or: selection
//! sender <text>
//! totals <sources> <observations> <operations> <bytes of originals>
//! root <64 hex>
//! custody <number> <64 hex>
//! keys <64 hex> <64 hex>           packages only: master key and fingerprint key
//! file <name> <size> <64 hex>      one a file, in the order in which they follow
//! ```
//!
//! Texts are percent-encoded. The signature stands in a file of its own, over the digest of the whole manifest in a
//! domain of its own.

use std::fmt::Write as _;

use fusion_model::{ContentHasher, Timestamp};
use zeroize::Zeroizing;

use super::Measured;
use super::totals::CaseTotals;
use crate::error::Result;
use crate::hex;
use crate::machine::{Identity, verifies};

/// Caps what is read of a manifest.
pub(crate) const MAX_LEN: u64 = 16 * 1024 * 1024;
/// Caps what is read of a signature.
pub(crate) const MAX_SIGNATURE_LEN: u64 = 1024;

const MAX_TEXT: usize = 4 * 1024;
const SIGNATURE_LINE: &str = "fusion signature 1";

/// Says which sort of copy a manifest describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    Package,
    Backup,
}

impl Sort {
    fn first_line(self) -> &'static str {
        match self {
            Self::Package => "fusion package 1",
            Self::Backup => "fusion backup 1",
        }
    }

    fn domain(self) -> &'static str {
        match self {
            Self::Package => "package manifest v1",
            Self::Backup => "backup manifest v1",
        }
    }
}

/// Says how much of a case is in a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    Whole,
    /// What speaks of some entities.
    Selection,
}

impl Extent {
    /// Returns the stable name.
    pub fn id(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Selection => "selection",
        }
    }

    fn from_id(id: &str) -> Option<Self> {
        [Self::Whole, Self::Selection]
            .into_iter()
            .find(|extent| extent.id() == id)
    }
}

/// Holds one file of a copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) measured: Measured,
}

/// Holds the two keys that travel in a package, as hexadecimal digits.
pub(crate) struct TravelKeys {
    pub(crate) master: Zeroizing<[u8; 32]>,
    pub(crate) fingerprint: Zeroizing<[u8; 32]>,
}

/// Holds what a manifest says.
pub(crate) struct Manifest {
    pub(crate) sort: Sort,
    pub(crate) case_id: [u8; 16],
    pub(crate) name: String,
    pub(crate) at: Timestamp,
    pub(crate) extent: Extent,
    pub(crate) sender: String,
    pub(crate) totals: CaseTotals,
    pub(crate) keys: Option<TravelKeys>,
    pub(crate) files: Vec<Entry>,
}

impl Manifest {
    /// Writes the text.
    pub(crate) fn encode(&self) -> Zeroizing<String> {
        let mut out = Zeroizing::new(String::with_capacity(1024 + self.files.len() * 128));
        let totals = &self.totals;
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{}", self.sort.first_line());
        let _ = writeln!(out, "case {}", hex::encode(&self.case_id));
        let _ = writeln!(out, "name {}", escape(&self.name));
        let _ = writeln!(out, "at {}", self.at.0);
        let _ = writeln!(out, "extent {}", self.extent.id());
        let _ = writeln!(out, "sender {}", escape(&self.sender));
        let _ = writeln!(
            out,
            "totals {} {} {} {}",
            totals.sources, totals.observations, totals.operations, totals.original_bytes
        );
        let _ = writeln!(out, "root {}", hex::encode(&totals.root));
        let _ = writeln!(
            out,
            "custody {} {}",
            totals.custody_seq,
            hex::encode(&totals.custody_head)
        );
        if let Some(keys) = &self.keys {
            let master = Zeroizing::new(hex::encode(keys.master.as_slice()));
            let fingerprint = Zeroizing::new(hex::encode(keys.fingerprint.as_slice()));
            let _ = writeln!(out, "keys {} {}", master.as_str(), fingerprint.as_str());
        }
        for entry in &self.files {
            let Measured { size, sha256 } = entry.measured;
            let _ = writeln!(out, "file {} {size} {}", entry.name, hex::encode(&sha256));
        }
        out
    }

    /// Reads the text back; `None` for anything that [`Manifest::encode`] would not have written.
    pub(crate) fn decode(sort: Sort, bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let mut lines = text.strip_suffix('\n')?.split('\n');
        (lines.next()? == sort.first_line()).then_some(())?;
        let mut fact = |key: &str| lines.next()?.strip_prefix(key)?.strip_prefix(' ');
        let case_id = array(fact("case")?)?;
        let name = unescape(fact("name")?)?;
        let at = Timestamp(fact("at")?.parse().ok()?);
        let extent = Extent::from_id(fact("extent")?)?;
        let sender = unescape(fact("sender")?)?;
        let [sources, observations, operations, original_bytes] = words(fact("totals")?)?;
        let root = array(fact("root")?)?;
        let [seq, head] = words(fact("custody")?)?;
        let totals = CaseTotals {
            sources: number(sources)?,
            observations: number(observations)?,
            operations: number(operations)?,
            original_bytes: number(original_bytes)?,
            root,
            custody_seq: number(seq)?,
            custody_head: array(head)?,
        };
        let keys = match sort {
            Sort::Backup => None,
            Sort::Package => {
                let [master, fingerprint] = words(fact("keys")?)?;
                Some(TravelKeys {
                    master: Zeroizing::new(array(master)?),
                    fingerprint: Zeroizing::new(array(fingerprint)?),
                })
            }
        };
        let mut files = Vec::new();
        for line in lines {
            let [name, size, sha256] = words(line.strip_prefix("file ")?)?;
            files.push(Entry {
                name: name.to_owned(),
                measured: Measured {
                    size: number(size)?,
                    sha256: array(sha256)?,
                },
            });
        }
        let manifest = Self {
            sort,
            case_id,
            name,
            at,
            extent,
            sender,
            totals,
            keys,
            files,
        };
        // One text for one thing: what reads the same but is written otherwise is refused.
        (manifest.encode().as_bytes() == bytes).then_some(manifest)
    }

    /// Returns the digest that names the copy and that its signature is over.
    pub(crate) fn digest(sort: Sort, bytes: &[u8]) -> [u8; 32] {
        ContentHasher::new(sort.domain()).part(bytes).finish()
    }
}

/// Signs a manifest's digest.
pub(crate) fn sign(identity: &Identity, digest: &[u8; 32]) -> String {
    let signature = identity.sign(digest);
    format!(
        "{SIGNATURE_LINE}\n{}\n{}\n",
        hex::encode(&identity.public_key()),
        hex::encode(&signature)
    )
}

/// Returns the public key under which a signature over a manifest's digest verifies.
pub(crate) fn signer(signature: &[u8], digest: &[u8; 32]) -> Option<[u8; 32]> {
    let text = std::str::from_utf8(signature).ok()?;
    let mut lines = text.strip_suffix('\n')?.split('\n');
    (lines.next()? == SIGNATURE_LINE).then_some(())?;
    let key: [u8; 32] = array(lines.next()?)?;
    let signature: [u8; 64] = array(lines.next()?)?;
    (lines.next().is_none() && verifies(&key, digest, &signature)).then_some(key)
}

/// Returns the line of a file name in the vault: `vault/` and 32 lower-case hexadecimal digits.
pub(crate) fn vault_name(place: &std::path::Path) -> Result<String> {
    let name = place.file_name().map(|name| name.to_string_lossy().into_owned());
    Ok(format!("vault/{}", name.unwrap_or_default()))
}

/// Tells whether `name` is exactly what a file of a vault is called in a copy.
pub(crate) fn is_vault_name(name: &str) -> bool {
    name.strip_prefix("vault/").is_some_and(|digits| {
        digits.len() == 32 && digits.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
    })
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b' '..=b'~' if byte != b'%' => out.push(char::from(byte)),
            _ => {
                let _ = write!(out, "%{byte:02x}");
            }
        }
    }
    out
}

fn unescape(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        rest = tail;
        if first == b'%' {
            let (digits, tail) = rest.split_at_checked(2)?;
            bytes.extend(hex::decode(std::str::from_utf8(digits).ok()?)?);
            rest = tail;
        } else {
            bytes.push(first);
        }
    }
    String::from_utf8(bytes).ok().filter(|text| text.len() <= MAX_TEXT)
}

fn words<const N: usize>(line: &str) -> Option<[&str; N]> {
    line.split(' ').collect::<Vec<_>>().try_into().ok()
}

fn number(word: &str) -> Option<u64> {
    word.parse().ok()
}

fn array<const N: usize>(digits: &str) -> Option<[u8; N]> {
    hex::decode(digits)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::machine::Machine;

    fn manifest(sort: Sort) -> Manifest {
        let keys = TravelKeys {
            master: Zeroizing::new([1; 32]),
            fingerprint: Zeroizing::new([2; 32]),
        };
        Manifest {
            sort,
            case_id: [7; 16],
            name: "Häger\n100 %".to_owned(),
            at: Timestamp(1_700_000_000_123),
            extent: Extent::Selection,
            sender: String::new(),
            totals: CaseTotals {
                sources: 1,
                observations: 2,
                operations: 3,
                original_bytes: u64::MAX,
                root: [3; 32],
                custody_seq: 9,
                custody_head: [4; 32],
            },
            keys: (sort == Sort::Package).then_some(keys),
            files: vec![Entry {
                name: "evidence.db".to_owned(),
                measured: Measured {
                    size: 5,
                    sha256: [6; 32],
                },
            }],
        }
    }

    #[test]
    fn a_manifest_comes_back_and_nothing_else_reads_as_one() {
        for sort in [Sort::Package, Sort::Backup] {
            let text = manifest(sort).encode();
            let read = Manifest::decode(sort, text.as_bytes()).unwrap();
            assert_eq!(read.encode(), text);
            assert_eq!(read.name, "Häger\n100 %");
            for cut in 0..text.len() {
                assert!(Manifest::decode(sort, &text.as_bytes()[..cut]).is_none_or(|cut| cut.files.is_empty()));
            }
            for crafted in [
                text.replace("file ", "FILE "),
                text.replace("case 07", "case  07"),
                text.replace("totals 1 ", "totals 01 "),
                text.replace("totals 1 ", "totals +1 "),
                text.replace("0606", "06AB").replace("06AB", "0A0a"),
                text.replace("%0a", "%0A"),
                format!("{}\n", text.as_str()),
                format!("{}\nextra 1\n", text.as_str()),
                text.replace('\n', "\r\n"),
            ] {
                assert!(Manifest::decode(sort, crafted.as_bytes()).is_none(), "{crafted}");
            }
        }
        assert!(Manifest::decode(Sort::Backup, manifest(Sort::Package).encode().as_bytes()).is_none());
    }

    #[test]
    fn a_signature_holds_for_its_manifest_and_sort_only() {
        let folder = tempfile::tempdir().unwrap();
        let identity = Machine::at(folder.path()).identity().unwrap();
        let digest = Manifest::digest(Sort::Package, b"text");
        let signature = sign(&identity, &digest);
        assert_eq!(signer(signature.as_bytes(), &digest), Some(identity.public_key()));
        assert_eq!(
            signer(signature.as_bytes(), &Manifest::digest(Sort::Backup, b"text")),
            None
        );
        assert_eq!(
            signer(signature.as_bytes(), &Manifest::digest(Sort::Package, b"other")),
            None
        );
    }

    #[test]
    fn names_of_vault_files_are_exact() {
        assert!(is_vault_name("vault/00112233445566778899aabbccddeeff"));
        for name in [
            "vault/00112233445566778899AABBCCDDEEFF",
            "vault/00112233445566778899aabbccddeef",
            "vault/../112233445566778899aabbccddeeff",
            "/vault/00112233445566778899aabbccddeeff",
            "vault\\00112233445566778899aabbccddeeff",
        ] {
            assert!(!is_vault_name(name), "{name}");
        }
    }
}
