//! Receipts: what lies beside a file that left a case, and says which state of which case it left.
//!
//! The file itself stays the same byte for byte; everything that differs from run to run (time, head of custody,
//! signature) stands in the receipt. It is text for people, line by line `name: value`, and a signed note for
//! machines. Without the case it proves that the file is the one that was written, and by which key; with the case, that
//! the key is enrolled there and that the history holds the head.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use fusion_model::{Timestamp, sha256};
use ring::digest::{Context, SHA256};

use crate::case::Case;
use crate::error::{Error, Result};
use crate::hex;
use crate::note::{self, Checkpoint};
use crate::tables::{checkpoint, custody, fixed, meta};

const FIRST_LINE: &str = "receipt of Fusion Workbench, form 1";
/// Bytes of a digest that a printed code carries.
const CODE_LEN: usize = 10;
/// Crockford's alphabet: no letter that reads like a digit.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Returns the short code of a digest, as it is printed: four groups of four.
pub fn head_code(digest: &[u8; 32]) -> String {
    let mut code = String::new();
    let (mut held, mut bits) = (0u32, 0);
    for byte in &digest[..CODE_LEN] {
        (held, bits) = (held << 8 | u32::from(*byte), bits + 8);
        while bits >= 5 {
            bits -= 5;
            let letter = ALPHABET[(held >> bits & 31) as usize];
            if code.len() % 5 == 4 {
                code.push('-');
            }
            code.push(char::from(letter));
        }
    }
    code
}

/// Reads a code as somebody typed it; `None` when it is none.
fn parse_code(text: &str) -> Option<[u8; CODE_LEN]> {
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0u32, 0);
    for letter in text.bytes().filter(|letter| !b"- \t".contains(letter)) {
        let letter = match letter.to_ascii_uppercase() {
            b'O' => b'0',
            b'I' | b'L' => b'1',
            other => other,
        };
        let value = ALPHABET.iter().position(|known| *known == letter)?;
        (held, bits) = (held << 5 | u32::try_from(value).ok()?, bits + 5);
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits & 255) as u8);
        }
        if bytes.len() > CODE_LEN {
            return None;
        }
    }
    bytes.try_into().ok().filter(|_| bits == 0)
}

/// Holds what a receipt says; its signature was checked when it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Name of the file, without folders.
    pub file: String,
    /// Digest of its bytes.
    pub sha256: [u8; 32],
    /// Number of its bytes.
    pub size: u64,
    /// Short code of the case.
    pub case_code: String,
    /// Newest event of custody when it was written.
    pub seq: u64,
    /// Digest of that event.
    pub head: [u8; 32],
    /// When, by the wall clock, ISO 8601 UTC.
    pub time: String,
    /// Public key that signed it.
    pub key: [u8; 32],
    /// The signed head of the case.
    checkpoint: String,
}

impl Receipt {
    fn text(&self) -> String {
        let checkpoint: Vec<String> = self.checkpoint.lines().map(|line| format!("  {line}")).collect();
        format!(
            "{FIRST_LINE}\nfile: {}\nsha256: {}\nbytes: {}\ncase: {}\nevent: {}\nhead: {}\ncode: {}\ntime: {}\nkey: {}\ncheckpoint:\n{}\n",
            self.file,
            hex::encode(&self.sha256),
            self.size,
            self.case_code,
            self.seq,
            hex::encode(&self.head),
            head_code(&self.head),
            self.time,
            hex::encode(&self.key),
            checkpoint.join("\n"),
        )
    }

    /// Reads a receipt and checks its signature by the key it names.
    pub fn read(text: &str) -> Result<Self> {
        let text = text.replace("\r\n", "\n");
        let receipt = Self::parse(&text).ok_or_else(|| Error::damaged("this is not a receipt, or not a whole one"))?;
        // What was signed is what these values read as, so nothing can hide between the lines.
        if note::open(&text, &receipt.key) == Some(receipt.text().as_str()) {
            Ok(receipt)
        } else {
            Err(Error::damaged("the receipt is not what was signed"))
        }
    }

    /// Tells whether `file` is the one that the receipt was written for, byte for byte.
    pub fn describes(&self, file: &Path) -> Result<bool> {
        let reading = "reading the file of the receipt";
        let mut file = File::open(file).map_err(Error::io(reading))?;
        let (mut context, mut size) = (Context::new(&SHA256), 0u64);
        let mut buffer = vec![0; 1 << 20];
        loop {
            match file.read(&mut buffer).map_err(Error::io(reading))? {
                0 => break,
                count => {
                    context.update(&buffer[..count]);
                    size += count as u64;
                }
            }
        }
        Ok(size == self.size && context.finish().as_ref() == self.sha256)
    }

    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        if lines.next()? != FIRST_LINE {
            return None;
        }
        let mut value = |name: &str| lines.next()?.strip_prefix(name)?.strip_prefix(": ").map(str::to_owned);
        let file = value("file")?;
        let sha256 = digest(&value("sha256")?)?;
        let size = value("bytes")?.parse().ok()?;
        let case_code = value("case")?;
        let seq = value("event")?.parse().ok()?;
        let head = digest(&value("head")?)?;
        value("code")?;
        let (time, key) = (value("time")?, digest(&value("key")?)?);
        if lines.next()? != "checkpoint:" {
            return None;
        }
        let indented = lines.map_while(|line| line.strip_prefix("  "));
        let checkpoint: String = indented.flat_map(|line| [line, "\n"]).collect();
        Some(Self {
            file,
            sha256,
            size,
            case_code,
            seq,
            head,
            time,
            key,
            checkpoint,
        })
    }
}

fn digest(text: &str) -> Option<[u8; 32]> {
    hex::decode(text)?.try_into().ok()
}

fn case_code(case_id: &[u8]) -> String {
    head_code(&sha256(&[b"fusion case code v1", case_id].concat()))
}

impl Case {
    /// Signs the head of custody and writes the receipt of a file that has just left the case.
    pub fn receipt(&self, file: &str, sha256: &[u8; 32], size: u64, now: Timestamp) -> Result<String> {
        let checkpoint = self.checkpoint()?;
        let (Some(checkpoint), Some(machine)) = (checkpoint, self.machine()) else {
            return Err(Error::Missing {
                what: "key to sign a receipt with",
            });
        };
        let identity = machine.identity()?;
        let connection = self.connection();
        let (seq, head) = custody::head(&connection)?;
        let receipt = Receipt {
            file: file.replace(char::is_control, "?"),
            sha256: *sha256,
            size,
            case_code: case_code(&meta::get(&connection, meta::CASE_ID)?),
            seq,
            head: fixed(&head)?,
            time: now.iso(),
            key: identity.public_key(),
            checkpoint,
        };
        Ok(note::sign(&receipt.text(), &identity))
    }

    /// Holds a receipt against the history of this case.
    pub fn check_receipt(&self, receipt: &Receipt) -> Result<()> {
        let connection = self.connection();
        let case_id: [u8; 16] = fixed(&meta::get(&connection, meta::CASE_ID)?)?;
        if receipt.case_code != case_code(&case_id) {
            return Err(Error::damaged("the receipt speaks of another case"));
        }
        if custody::digest_of(&connection, receipt.seq)? != Some(receipt.head) {
            let what = format!("event {} of custody is not the one the receipt names", receipt.seq);
            return Err(Error::damaged(what));
        }
        let enrolled = checkpoint::signers(&connection)?;
        if !enrolled.iter().any(|(key, _)| *key == receipt.key) {
            return Err(Error::damaged(
                "the key that signed the receipt is not enrolled in this case",
            ));
        }
        let row = checkpoint::find(&connection, receipt.seq)?;
        let said = row.map(|row| Checkpoint {
            case_id,
            size: receipt.seq,
            root: row.root,
            head: receipt.head,
        });
        let text = said.map(|said| said.text());
        if text.is_none() || note::open(&receipt.checkpoint, &receipt.key) != text.as_deref() {
            return Err(Error::damaged("the signed head in the receipt is not one of this case"));
        }
        Ok(())
    }

    /// Finds the event whose digest has this printed code; `None` when the history does not hold it.
    pub fn find_code(&self, code: &str) -> Result<Option<u64>> {
        let prefix = parse_code(code).ok_or_else(|| Error::conflict("a code has four groups of four letters"))?;
        custody::find_prefix(&self.connection(), &prefix)
    }

    /// Returns number and digest of the newest event of custody.
    pub fn head(&self) -> Result<(u64, [u8; 32])> {
        let (seq, digest) = custody::head(&self.connection())?;
        Ok((seq, fixed(&digest)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let digest = sha256(b"head");
        let code = head_code(&digest);
        assert_eq!((code.len(), code.matches('-').count()), (19, 3));
        let expected: [u8; CODE_LEN] = digest[..CODE_LEN].try_into().unwrap_or_default();
        assert_eq!(parse_code(&code), Some(expected));
        assert_eq!(parse_code(&code.to_lowercase().replace('-', " ")), Some(expected));
        assert_eq!(parse_code(&code.replace('0', "o").replace('1', "l")), Some(expected));
        for wrong in ["", "ABCD", &format!("{code}-ABCD"), &code.replace('-', "+"), &code[1..]] {
            assert_eq!(parse_code(wrong), None, "{wrong}");
        }
    }
}
