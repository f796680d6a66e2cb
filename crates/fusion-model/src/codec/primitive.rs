//! Numbers, text, lists, options and fixed-width ids.

use super::{CodecError, Pack};
use crate::id::{EntityId, FindingId, ObservationId, OperationId, RecordId, RelationId, SourceId, StatementId};

fn take<'a>(input: &mut &'a [u8], count: usize) -> Result<&'a [u8], CodecError> {
    let (head, tail) = input.split_at_checked(count).ok_or(CodecError::Short)?;
    *input = tail;
    Ok(head)
}

impl Pack for u64 {
    fn pack(&self, out: &mut Vec<u8>) {
        let mut rest = *self;
        while rest >= 0x80 {
            out.push(rest as u8 | 0x80);
            rest >>= 7;
        }
        out.push(rest as u8);
    }

    fn unpack(input: &mut &[u8]) -> Result<Self, CodecError> {
        let mut value = 0u64;
        for shift in (0..70).step_by(7) {
            let byte = take(input, 1)?[0];
            if shift == 63 && byte > 1 {
                return Err(CodecError::Malformed);
            }
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(CodecError::Malformed)
    }
}

impl Pack for i64 {
    fn pack(&self, out: &mut Vec<u8>) {
        (((self << 1) ^ (self >> 63)) as u64).pack(out);
    }

    fn unpack(input: &mut &[u8]) -> Result<Self, CodecError> {
        let coded = u64::unpack(input)?;
        Ok((coded >> 1) as i64 ^ -((coded & 1) as i64))
    }
}

macro_rules! pack_narrow {
    ($($narrow:ty as $wide:ty),+ $(,)?) => {
        $(impl Pack for $narrow {
            fn pack(&self, out: &mut Vec<u8>) {
                <$wide>::from(*self).pack(out);
            }

            fn unpack(input: &mut &[u8]) -> Result<Self, CodecError> {
                <$narrow>::try_from(<$wide>::unpack(input)?).map_err(|_| CodecError::Malformed)
            }
        })+
    };
}

pack_narrow!(u8 as u64, u16 as u64, u32 as u64, i32 as i64);

impl Pack for bool {
    fn pack(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }

    fn unpack(input: &mut &[u8]) -> Result<Self, CodecError> {
        match take(input, 1)?[0] {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(CodecError::Malformed),
        }
    }
}

impl Pack for String {
    fn pack(&self, out: &mut Vec<u8>) {
        (self.len() as u64).pack(out);
        out.extend_from_slice(self.as_bytes());
    }

    fn unpack(input: &mut &[u8]) -> Result<Self, CodecError> {
        let length = usize::try_from(u64::unpack(input)?).map_err(|_| CodecError::Malformed)?;
        let bytes = take(input, length)?;
        std::str::from_utf8(bytes)
            .map(str::to_owned)
            .map_err(|_| CodecError::Malformed)
    }
}

impl<T: Pack> Pack for Vec<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        (self.len() as u64).pack(out);
        self.iter().for_each(|item| item.pack(out));
    }

    fn unpack(input: &mut &[u8]) -> Result<Self, CodecError> {
        let count = usize::try_from(u64::unpack(input)?).map_err(|_| CodecError::Malformed)?;
        let mut items = Self::with_capacity(count.min(input.len()));
        for _ in 0..count {
            items.push(T::unpack(input)?);
        }
        Ok(items)
    }
}

impl<T: Pack> Pack for Option<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        self.is_some().pack(out);
        self.iter().for_each(|item| item.pack(out));
    }

    fn unpack(input: &mut &[u8]) -> Result<Self, CodecError> {
        if bool::unpack(input)? {
            T::unpack(input).map(Some)
        } else {
            Ok(None)
        }
    }
}

impl<A: Pack, B: Pack> Pack for (A, B) {
    fn pack(&self, out: &mut Vec<u8>) {
        self.0.pack(out);
        self.1.pack(out);
    }

    fn unpack(input: &mut &[u8]) -> Result<Self, CodecError> {
        Ok((A::unpack(input)?, B::unpack(input)?))
    }
}

impl<const N: usize> Pack for [u8; N] {
    fn pack(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self);
    }

    fn unpack(input: &mut &[u8]) -> Result<Self, CodecError> {
        take(input, N)?.try_into().map_err(|_| CodecError::Short)
    }
}

macro_rules! pack_id {
    ($($name:ident),+ $(,)?) => {
        $(impl Pack for $name {
            fn pack(&self, out: &mut Vec<u8>) {
                self.0.pack(out);
            }

            fn unpack(input: &mut &[u8]) -> Result<Self, CodecError> {
                Pack::unpack(input).map(Self)
            }
        })+
    };
}

pack_id!(
    SourceId,
    ObservationId,
    StatementId,
    RecordId,
    EntityId,
    RelationId,
    FindingId
);
super::pack_struct!(OperationId { instance, counter });
