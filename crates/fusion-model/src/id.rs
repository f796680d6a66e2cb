//! Identifiers made of content: the same evidence has the same ids in every case and on every machine.
//!
//! A source is named by the hash of its bytes; everything below it by a 128-bit hash of where it stands. As text
//! an id is lower-case hexadecimal. Nothing here is random or counted.

use std::fmt;

use crate::hash::ContentHasher;
use crate::observation::RecordKey;
use crate::provenance::Locator;

/// Reports text that is not an identifier of the expected width.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an id of {expected} hexadecimal digits")]
pub struct ParseIdError {
    /// Number of hexadecimal digits the id has.
    pub expected: usize,
}

macro_rules! content_id {
    ($(#[$doc:meta])* $name:ident, $width:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; $width]);

        impl $name {
            /// Reads the hexadecimal form.
            pub fn parse(text: &str) -> Result<Self, ParseIdError> {
                let wrong = ParseIdError { expected: $width * 2 };
                let digits = text.as_bytes();
                if digits.len() != $width * 2 {
                    return Err(wrong);
                }
                let mut bytes = [0u8; $width];
                for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
                    let (Some(high), Some(low)) = (nibble(pair[0]), nibble(pair[1])) else {
                        return Err(wrong);
                    };
                    *byte = high << 4 | low;
                }
                Ok(Self(bytes))
            }

            /// Returns the first eight hexadecimal digits, enough for a person to tell ids apart on a screen.
            pub fn short(&self) -> String {
                let mut text = self.to_string();
                text.truncate(8);
                text
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }
    };
}

content_id!(
    /// Names a source by the SHA-256 of its bytes.
    SourceId,
    32
);
content_id!(
    /// Names an observation by its source and its locator.
    ObservationId,
    16
);
content_id!(
    /// Names a statement by its observation, raw path and index.
    StatementId,
    16
);
content_id!(
    /// Names a record by its native key, or by the digest of its raw row.
    RecordId,
    16
);
content_id!(
    /// Names an entity: the smallest record of its cluster.
    EntityId,
    16
);
content_id!(
    /// Names a relation by its ends, kind and date-free identity.
    RelationId,
    16
);
content_id!(
    /// Names a finding, event or alert by the rule and the statements that support it.
    FindingId,
    16
);

/// Names an operation: which instance of the case made it, and its number there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OperationId {
    /// Instance of the case (random at creation of the copy; never reaches a result).
    pub instance: u64,
    /// Counter within the instance, from 1.
    pub counter: u64,
}

impl fmt::Display for OperationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}-{}", self.instance, self.counter)
    }
}

fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

impl SourceId {
    /// Names the source whose whole content is `bytes`.
    pub fn of_content(bytes: &[u8]) -> Self {
        Self(crate::hash::sha256(bytes))
    }
}

impl ObservationId {
    /// Names the observation at `locator` of `source`.
    pub fn new(source: SourceId, locator: &Locator) -> Self {
        let mut hasher = ContentHasher::new("observation");
        hasher.part(&source.0);
        locator.hash_into(&mut hasher);
        Self(hasher.finish_short())
    }
}

impl StatementId {
    /// Names the `index`-th statement (in path order) that stands at `path` of `observation`, said of record or link number `slot`.
    pub fn new(observation: ObservationId, slot: u32, path: &str, index: u32) -> Self {
        let mut hasher = ContentHasher::new("statement");
        hasher
            .part(&observation.0)
            .number(slot.into())
            .text(path)
            .number(index.into());
        Self(hasher.finish_short())
    }
}

impl RecordId {
    /// Names the record with `key` inside `namespace`.
    pub fn new(key: &RecordKey, observation: ObservationId, slot: u32) -> Self {
        let mut hasher = ContentHasher::new("record");
        match key {
            RecordKey::Native { namespace, key } => hasher.text("native").text(namespace).text(key),
            RecordKey::RawRow { digest } => hasher.text("row").part(digest).number(slot.into()),
            RecordKey::Here => hasher.text("here").part(&observation.0).number(slot.into()),
        };
        Self(hasher.finish_short())
    }

    /// Names the record that an identifier value stands for by itself.
    pub fn of_value(value_type: &str, canonical: &str) -> Self {
        let mut hasher = ContentHasher::new("value");
        hasher.text(value_type).text(canonical);
        Self(hasher.finish_short())
    }
}

impl From<RecordId> for EntityId {
    fn from(record: RecordId) -> Self {
        Self(record.0)
    }
}
