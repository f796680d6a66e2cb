//! The one packed form of evidence and derived rows: small, exact, versioned by the schema of the store.
//!
//! Integers are variable-length (zig-zag where signed), text and lists carry their length, enumerations their
//! stable name's index. Reading never panics and never allocates more than the input could hold.

mod derived;
mod evidence;
mod primitive;

/// Says why packed bytes could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodecError {
    /// The bytes end too early.
    #[error("packed row ends too early")]
    Short,
    /// A length, tag or text is not valid.
    #[error("packed row is malformed")]
    Malformed,
    /// Bytes are left over.
    #[error("packed row has bytes left over")]
    Trailing,
}

/// Packs itself into bytes and reads itself back.
pub trait Pack: Sized {
    /// Appends the packed form.
    fn pack(&self, out: &mut Vec<u8>);

    /// Reads one value from the front of `input` and moves `input` past it.
    fn unpack(input: &mut &[u8]) -> Result<Self, CodecError>;
}

/// Packs one value.
pub fn to_bytes<T: Pack>(value: &T) -> Vec<u8> {
    // Most rows fit; growing step by step would cost more than packing them.
    let mut out = Vec::with_capacity(256);
    value.pack(&mut out);
    out
}

/// Reads one value that fills `bytes` exactly.
pub fn from_bytes<T: Pack>(mut bytes: &[u8]) -> Result<T, CodecError> {
    let value = T::unpack(&mut bytes)?;
    if bytes.is_empty() {
        Ok(value)
    } else {
        Err(CodecError::Trailing)
    }
}

/// Implements [`Pack`] for structs, field by field in the given order.
macro_rules! pack_struct {
    ($($name:ty { $($field:ident),+ $(,)? })+) => {
        $(impl crate::codec::Pack for $name {
            fn pack(&self, out: &mut Vec<u8>) {
                $(crate::codec::Pack::pack(&self.$field, out);)+
            }

            fn unpack(input: &mut &[u8]) -> Result<Self, crate::codec::CodecError> {
                Ok(Self { $($field: crate::codec::Pack::unpack(input)?),+ })
            }
        })+
    };
}

/// Implements [`Pack`] for enumerations with a fixed `ALL` list, by index.
macro_rules! pack_enum {
    ($($name:ty),+ $(,)?) => {
        $(impl crate::codec::Pack for $name {
            fn pack(&self, out: &mut Vec<u8>) {
                let index = Self::ALL.iter().position(|variant| variant == self).unwrap_or_default();
                crate::codec::Pack::pack(&(index as u64), out);
            }

            fn unpack(input: &mut &[u8]) -> Result<Self, crate::codec::CodecError> {
                let index = <u64 as crate::codec::Pack>::unpack(input)?;
                usize::try_from(index).ok().and_then(|index| Self::ALL.get(index)).copied().ok_or(crate::codec::CodecError::Malformed)
            }
        })+
    };
}

pub(crate) use {pack_enum, pack_struct};
