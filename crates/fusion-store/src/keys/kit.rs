//! The printed recovery kit: the master key wrapped by the recovery code, on paper, for when `case.keys` is lost.
//!
//! The kit without the code opens nothing, and neither does the code without kit or key file. Each line of the block
//! ends in a check of its own, so that a typing error is named by its line.
//!
//! ```text
//! magic 8 "FUSNRKIT", version 2, case id 16, epoch 8, salt 16, fingerprint key 60, wrapped master key 60
//! ```

use fusion_model::sha256;
use zeroize::Zeroizing;

use super::header::Header;
use super::recovery::RecoveryCode;
use super::wrap::{WRAPPED_LEN, Wrapped};
use crate::error::{Error, Result};
use crate::hex;
use crate::secret::{Key, Passphrase, random};

const MAGIC: &[u8; 8] = b"FUSNRKIT";
const VERSION: u16 = 1;
const BOUND_LEN: usize = 8 + 2 + 16 + 8 + 16 + WRAPPED_LEN;
const LEN: usize = BOUND_LEN + WRAPPED_LEN;
const LINE_BYTES: usize = 17;
const FIRST_LINE: &str = "----- BEGIN FUSION RECOVERY KIT -----";
const LAST_LINE: &str = "----- END FUSION RECOVERY KIT -----";
const LABEL: &str = "fusion recovery kit v1";

/// Holds what a kit says.
pub(crate) struct Kit {
    pub(crate) case_id: [u8; 16],
    pub(crate) epoch: u64,
    pub(crate) fingerprint: Wrapped,
    salt: [u8; 16],
    wrapped: Wrapped,
}

impl Kit {
    /// Wraps the master key for paper.
    pub(super) fn make(header: &Header, master: &Key, code: &RecoveryCode) -> Result<Self> {
        let salt = random()?;
        let mut kit = Self {
            case_id: header.case_id,
            epoch: header.epoch,
            fingerprint: header.fingerprint.clone(),
            salt,
            wrapped: header.fingerprint.clone(),
        };
        kit.wrapped = Wrapped::seal(master, &code.wrapping_key(&salt, LABEL)?, &kit.bound())?;
        Ok(kit)
    }

    /// Unwraps the master key; `None` when the code belongs to another kit.
    pub(super) fn open(&self, code: &RecoveryCode) -> Result<Option<Key>> {
        self.wrapped.open(&code.wrapping_key(&self.salt, LABEL)?, &self.bound())
    }

    fn bound(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(LEN);
        out.extend_from_slice(MAGIC);
        out.extend_from_slice(&VERSION.to_le_bytes());
        out.extend_from_slice(&self.case_id);
        out.extend_from_slice(&self.epoch.to_le_bytes());
        out.extend_from_slice(&self.salt);
        out.extend_from_slice(&self.fingerprint.to_bytes());
        out
    }

    /// Returns the block as it is printed.
    pub(super) fn block(&self) -> String {
        let mut bytes = self.bound();
        bytes.extend_from_slice(&self.wrapped.to_bytes());
        let mut text = format!("{FIRST_LINE}\n");
        for (index, chunk) in bytes.chunks(LINE_BYTES).enumerate() {
            let digits = hex::encode(chunk);
            text.push_str(&format!("{:02} ", index + 1));
            for (at, digit) in digits.char_indices() {
                if at > 0 && at % 8 == 0 {
                    text.push(' ');
                }
                text.push(digit);
            }
            text.push_str(&format!("  {}\n", line_check(index, chunk)));
        }
        text.push_str(LAST_LINE);
        text.push('\n');
        text
    }

    /// Reads a kit out of a file or of what was typed from paper; text around the block is passed over.
    pub(crate) fn parse(text: &Passphrase) -> Result<Self> {
        let text = String::from_utf8_lossy(text.bytes());
        let lines: Vec<&str> = text
            .lines()
            .map(str::trim)
            .skip_while(|line| *line != FIRST_LINE)
            .skip(1)
            .take_while(|line| *line != LAST_LINE)
            .filter(|line| !line.is_empty())
            .take(LEN)
            .collect();
        if lines.is_empty() {
            return Err(Error::conflict("there is no recovery kit in this file"));
        }
        let mut bytes = Zeroizing::new(Vec::with_capacity(LEN));
        for (index, line) in lines.iter().enumerate() {
            let wrong = || Error::conflict(format!("the recovery kit has a typing error in line {}", index + 1));
            let (number, digits) = line.split_once(' ').ok_or_else(wrong)?;
            let digits: String = digits.chars().filter(|digit| !digit.is_whitespace()).collect();
            let (digits, check) = digits
                .len()
                .checked_sub(4)
                .and_then(|at| digits.split_at_checked(at))
                .ok_or_else(wrong)?;
            let chunk = hex::decode(&digits.to_ascii_lowercase()).ok_or_else(wrong)?;
            let fits = number.parse() == Ok(index + 1) && line_check(index, &chunk) == check.to_ascii_lowercase();
            if !fits {
                return Err(wrong());
            }
            bytes.extend_from_slice(&chunk);
        }
        Self::read(&bytes).ok_or_else(|| Error::conflict("the recovery kit is incomplete"))
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let (bound, wrapped) = bytes.split_at_checked(BOUND_LEN)?;
        let (head, fingerprint) = bound.split_at_checked(BOUND_LEN - WRAPPED_LEN)?;
        let head = head.strip_prefix(MAGIC)?.strip_prefix(&VERSION.to_le_bytes())?;
        let (case_id, rest) = head.split_first_chunk::<16>()?;
        let (epoch, salt) = rest.split_first_chunk::<8>()?;
        (wrapped.len() == WRAPPED_LEN).then_some(())?;
        Some(Self {
            case_id: *case_id,
            epoch: u64::from_le_bytes(*epoch),
            fingerprint: Wrapped::from_bytes(fingerprint)?,
            salt: salt.try_into().ok()?,
            wrapped: Wrapped::from_bytes(wrapped)?,
        })
    }
}

fn line_check(index: usize, chunk: &[u8]) -> String {
    let mut line = vec![u8::try_from(index).unwrap_or(u8::MAX)];
    line.extend_from_slice(chunk);
    let mut check = hex::encode(&sha256(&line));
    check.truncate(4);
    check
}
