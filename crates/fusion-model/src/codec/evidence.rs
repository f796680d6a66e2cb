//! Packed form of evidence: sources, observations, warnings, judgements.

use super::{CodecError, Pack, pack_enum, pack_struct};
use crate::judgement::{Judgement, Verdict};
use crate::kinds::EntityKind;
use crate::observation::{Observation, RawLink, RawRecord, RawStatement, RecordKey};
use crate::property::Property;
use crate::provenance::{
    Credibility, Grade, GradedBy, Locator, Origin, Reliability, Source, SourceKind, Warning, WarningCode,
};
use crate::time::{Precision, TimeSpan, Timestamp};

pack_enum!(
    EntityKind,
    Property,
    SourceKind,
    Reliability,
    Credibility,
    GradedBy,
    WarningCode,
    Verdict,
    Precision
);

pack_struct! {
    Observation { locator, records, links }
    RawRecord { kind, key, statements }
    RawStatement { property, original, qualifier, path }
    RawLink { from, to, kind, credibility, statements }
    Grade { reliability, credibility }
    Source {
        id, name, kind, format, grade, graded, acquired_at, size, origin, subject, rows_read, rows_negative, warnings,
    }
    Warning { code, locator, message }
    Judgement { left, right, verdict, author, at, reason }
    TimeSpan { start, end, precision, zone_known }
}

impl Pack for Timestamp {
    fn pack(&self, out: &mut Vec<u8>) {
        self.0.pack(out);
    }

    fn unpack(input: &mut &[u8]) -> Result<Self, CodecError> {
        i64::unpack(input).map(Self)
    }
}

impl Pack for Origin {
    fn pack(&self, out: &mut Vec<u8>) {
        self.0.pack(out);
    }

    fn unpack(input: &mut &[u8]) -> Result<Self, CodecError> {
        String::unpack(input).map(Self)
    }
}

impl Pack for Locator {
    fn pack(&self, out: &mut Vec<u8>) {
        match self {
            Self::Line(line) => {
                out.push(0);
                line.pack(out);
            }
            Self::Pointer { pointer, line } => {
                out.push(1);
                pointer.pack(out);
                line.pack(out);
            }
            Self::Bytes { start, end } => {
                out.push(2);
                start.pack(out);
                end.pack(out);
            }
            Self::Whole => out.push(3),
        }
    }

    fn unpack(input: &mut &[u8]) -> Result<Self, CodecError> {
        match u8::unpack(input)? {
            0 => Ok(Self::Line(u64::unpack(input)?)),
            1 => Ok(Self::Pointer {
                pointer: String::unpack(input)?,
                line: u64::unpack(input)?,
            }),
            2 => Ok(Self::Bytes {
                start: u64::unpack(input)?,
                end: u64::unpack(input)?,
            }),
            3 => Ok(Self::Whole),
            _ => Err(CodecError::Malformed),
        }
    }
}

impl Pack for RecordKey {
    fn pack(&self, out: &mut Vec<u8>) {
        match self {
            Self::Native { namespace, key } => {
                out.push(0);
                namespace.pack(out);
                key.pack(out);
            }
            Self::RawRow { digest } => {
                out.push(1);
                digest.pack(out);
            }
            Self::Here => out.push(2),
        }
    }

    fn unpack(input: &mut &[u8]) -> Result<Self, CodecError> {
        match u8::unpack(input)? {
            0 => Ok(Self::Native {
                namespace: String::unpack(input)?,
                key: String::unpack(input)?,
            }),
            1 => Ok(Self::RawRow {
                digest: Pack::unpack(input)?,
            }),
            2 => Ok(Self::Here),
            _ => Err(CodecError::Malformed),
        }
    }
}
