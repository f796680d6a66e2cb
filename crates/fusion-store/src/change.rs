//! The changes that people and imports make: the only way the state of a case moves.
//!
//! A change holds ids; what people wrote is kept apart as erasable texts, and the packed change holds a salted
//! commitment to each. Adding a sort of change means one variant here and one arm in each function below.

use std::collections::BTreeSet;

use fusion_model::codec::{self, CodecError, Pack};
use fusion_model::{FindingId, Grade, ObservationId, OperationId, RecordId, SourceId, StatementId, Timestamp, Verdict};

use crate::error::{Error, Result};

/// Says who makes a change, and when by the clock of the host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// Who.
    pub author: String,
    /// When.
    pub at: Timestamp,
}

/// Says how far an alert has been dealt with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AlertState {
    /// Nobody has looked.
    New,
    /// Looked at.
    Seen,
    /// Dealt with.
    Closed,
}

impl AlertState {
    /// All states in their fixed order.
    pub const ALL: [Self; 3] = [Self::New, Self::Seen, Self::Closed];

    /// Returns the stable name.
    pub fn id(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Seen => "seen",
            Self::Closed => "closed",
        }
    }

    /// Finds a state by its stable name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.id() == id)
    }
}

/// Says whether a tag is put on or taken off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TagMark {
    /// Put on.
    On,
    /// Taken off.
    Off,
}

impl TagMark {
    /// All marks in their fixed order.
    pub const ALL: [Self; 2] = [Self::On, Self::Off];

    /// Returns the stable name.
    pub fn id(self) -> &'static str {
        match self {
            Self::On => "on",
            Self::Off => "off",
        }
    }

    /// Finds a mark by its stable name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mark| mark.id() == id)
    }
}

/// Holds how far an alert has been dealt with, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertMark {
    /// How far.
    pub state: AlertState,
    /// Why; empty unless somebody said so.
    pub reason: String,
}

/// Holds one change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A source joins the evidence (first import, revival or new reading of a withdrawn one).
    Import {
        /// Which source.
        source: SourceId,
        /// Digest over its row, the Merkle digest over its observations included.
        digest: [u8; 32],
        /// Number of observations.
        observations: u64,
    },
    /// A source leaves the evidence; its rows stay.
    Withdraw {
        /// Which source.
        source: SourceId,
        /// Why.
        reason: String,
    },
    /// A person decides on two records.
    Judge {
        /// Smaller record.
        left: RecordId,
        /// Larger record.
        right: RecordId,
        /// The decision.
        verdict: Verdict,
        /// Why.
        reason: String,
    },
    /// A person grades a source.
    Grade {
        /// Which source.
        source: SourceId,
        /// The grade.
        grade: Grade,
    },
    /// An alert moves on.
    AlertState {
        /// Which alert.
        alert: FindingId,
        /// To where.
        state: AlertState,
        /// Why; empty unless somebody said so.
        reason: String,
    },
    /// Something was shown or left the case. Cannot be taken back.
    Disclose {
        /// What, e.g. `export gexf` or `reveal line 4`.
        what: String,
        /// Digest of what left, or the source that was read.
        object: [u8; 32],
        /// Why.
        reason: String,
    },
    /// Evidence was erased for good. Cannot be taken back.
    Erase {
        /// Random name of the erasure, the same in every copy of the case.
        erasure: [u8; 16],
        /// Sources that went whole.
        sources: Vec<SourceId>,
        /// Observations that went out of sources that stay.
        observations: Vec<ObservationId>,
        /// Digest of the row of each source that was touched, as it is since.
        rows: Vec<(SourceId, [u8; 32])>,
        /// Why, and on what ground.
        reason: String,
    },
    /// A person writes a note on a record.
    Note {
        /// Which record.
        record: RecordId,
        /// The note.
        text: String,
    },
    /// A person puts a tag on records or takes it off.
    Tag {
        /// Which records.
        records: Vec<RecordId>,
        /// Whether it is put on or taken off.
        mark: TagMark,
        /// The tag.
        tag: String,
    },
    /// A person corrects what one statement says; what the source says stays beside it.
    Edit {
        /// Observation that the statement stands in.
        observation: ObservationId,
        /// Which statement.
        statement: StatementId,
        /// What it should say; empty lets the source speak again.
        text: String,
        /// Why.
        reason: String,
    },
    /// A person parts records from the others that were one thing with them.
    Split {
        /// Records that leave together.
        leaving: Vec<RecordId>,
        /// Records that stay.
        staying: Vec<RecordId>,
        /// Why.
        reason: String,
    },
    /// The case gets its own rules file.
    Rules {
        /// The whole file; empty returns to the shipped rules.
        text: String,
    },
    /// The default region for national phone numbers changes.
    Region {
        /// ISO 3166-1 alpha-2, or empty.
        region: String,
    },
    /// A view is laid out.
    Layout {
        /// Which view.
        view: String,
        /// Its layout, packed by the host; anchors are record ids.
        packed: Vec<u8>,
    },
    /// An operation is taken back; taking back a `Retract` brings the first one back.
    Retract {
        /// Which operation.
        operation: OperationId,
    },
}

impl Change {
    /// Returns the stable name of its sort.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Import { .. } => "import",
            Self::Withdraw { .. } => "withdraw",
            Self::Judge { .. } => "judge",
            Self::Grade { .. } => "grade",
            Self::AlertState { .. } => "alert-state",
            Self::Disclose { .. } => "disclose",
            Self::Erase { .. } => "erase",
            Self::Note { .. } => "note",
            Self::Tag { .. } => "tag",
            Self::Edit { .. } => "edit",
            Self::Split { .. } => "split",
            Self::Rules { .. } => "rule-change",
            Self::Region { .. } => "region",
            Self::Layout { .. } => "layout",
            Self::Retract { .. } => "retract",
        }
    }

    /// Tells whether it can be taken back: what was shown cannot be unseen, what was erased cannot be brought back.
    pub fn can_be_undone(&self) -> bool {
        !matches!(self, Self::Disclose { .. } | Self::Erase { .. })
    }

    /// Returns the records it speaks of, each once.
    pub fn records(&self) -> BTreeSet<RecordId> {
        match self {
            Self::Judge { left, right, .. } => BTreeSet::from([*left, *right]),
            Self::Note { record, .. } => BTreeSet::from([*record]),
            Self::Tag { records, .. } => records.iter().copied().collect(),
            Self::Split { leaving, staying, .. } => leaving.iter().chain(staying).copied().collect(),
            _ => BTreeSet::new(),
        }
    }

    /// Returns the texts that people wrote in it, in slot order.
    pub(crate) fn texts(&self) -> Vec<&str> {
        match self {
            Self::Withdraw { reason, .. }
            | Self::Judge { reason, .. }
            | Self::AlertState { reason, .. }
            | Self::Disclose { reason, .. }
            | Self::Erase { reason, .. }
            | Self::Split { reason, .. } => vec![reason],
            Self::Edit { text, reason, .. } => vec![text, reason],
            Self::Note { text, .. } | Self::Rules { text } => vec![text],
            Self::Tag { tag, .. } => vec![tag],
            _ => Vec::new(),
        }
    }

    /// Packs everything but the texts.
    pub(crate) fn pack_fields(&self, out: &mut Vec<u8>) {
        match self {
            Self::Import {
                source,
                digest,
                observations,
            } => {
                source.pack(out);
                digest.pack(out);
                observations.pack(out);
            }
            Self::Withdraw { source, .. } => source.pack(out),
            Self::Judge {
                left, right, verdict, ..
            } => {
                left.pack(out);
                right.pack(out);
                verdict.pack(out);
            }
            Self::Grade { source, grade } => {
                source.pack(out);
                grade.pack(out);
            }
            Self::Disclose { what, object, .. } => {
                what.pack(out);
                object.pack(out);
            }
            Self::Erase {
                erasure,
                sources,
                observations,
                rows,
                ..
            } => {
                erasure.pack(out);
                sources.pack(out);
                observations.pack(out);
                rows.pack(out);
            }
            Self::AlertState { alert, state, .. } => {
                alert.pack(out);
                state.id().to_owned().pack(out);
            }
            Self::Note { record, .. } => record.pack(out),
            Self::Tag { records, mark, .. } => {
                records.pack(out);
                mark.id().to_owned().pack(out);
            }
            Self::Edit {
                observation, statement, ..
            } => {
                observation.pack(out);
                statement.pack(out);
            }
            Self::Split { leaving, staying, .. } => {
                leaving.pack(out);
                staying.pack(out);
            }
            Self::Rules { .. } => {}
            Self::Region { region } => region.pack(out),
            Self::Layout { view, packed } => {
                view.pack(out);
                out.extend_from_slice(packed);
            }
            Self::Retract { operation } => operation.pack(out),
        }
    }

    /// Reads a change back from its fields and texts.
    pub(crate) fn rebuild(kind: &str, fields: &[u8], texts: Vec<String>) -> Result<Self> {
        let mut texts = texts.into_iter();
        let mut text = || texts.next().ok_or_else(|| Error::damaged("an operation lost a text"));
        Ok(match kind {
            "import" => {
                let (source, (digest, observations)) = codec::from_bytes(fields)?;
                Self::Import {
                    source,
                    digest,
                    observations,
                }
            }
            "withdraw" => Self::Withdraw {
                source: codec::from_bytes(fields)?,
                reason: text()?,
            },
            "judge" => {
                let (left, (right, verdict)) = codec::from_bytes(fields)?;
                Self::Judge {
                    left,
                    right,
                    verdict,
                    reason: text()?,
                }
            }
            "grade" => {
                let (source, grade) = codec::from_bytes(fields)?;
                Self::Grade { source, grade }
            }
            "alert-state" => {
                let (alert, state): (_, String) = codec::from_bytes(fields)?;
                let state = AlertState::from_id(&state).ok_or(CodecError::Malformed)?;
                Self::AlertState {
                    alert,
                    state,
                    reason: text()?,
                }
            }
            "disclose" => {
                let (what, object) = codec::from_bytes(fields)?;
                Self::Disclose {
                    what,
                    object,
                    reason: text()?,
                }
            }
            "erase" => {
                let (erasure, (sources, (observations, rows))) = codec::from_bytes(fields)?;
                Self::Erase {
                    erasure,
                    sources,
                    observations,
                    rows,
                    reason: text()?,
                }
            }
            "note" => Self::Note {
                record: codec::from_bytes(fields)?,
                text: text()?,
            },
            "tag" => {
                let (records, mark): (_, String) = codec::from_bytes(fields)?;
                Self::Tag {
                    records,
                    mark: TagMark::from_id(&mark).ok_or(CodecError::Malformed)?,
                    tag: text()?,
                }
            }
            "edit" => {
                let (observation, statement) = codec::from_bytes(fields)?;
                Self::Edit {
                    observation,
                    statement,
                    text: text()?,
                    reason: text()?,
                }
            }
            "split" => {
                let (leaving, staying) = codec::from_bytes(fields)?;
                Self::Split {
                    leaving,
                    staying,
                    reason: text()?,
                }
            }
            "rule-change" => Self::Rules { text: text()? },
            "region" => Self::Region {
                region: codec::from_bytes(fields)?,
            },
            "layout" => {
                let mut rest = fields;
                let view = String::unpack(&mut rest)?;
                Self::Layout {
                    view,
                    packed: rest.to_vec(),
                }
            }
            "retract" => Self::Retract {
                operation: codec::from_bytes(fields)?,
            },
            _ => return Err(Error::damaged("an operation is of an unknown sort")),
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_sort_of_change_survives_packing() {
        let (left, right) = (RecordId([1; 16]), RecordId([2; 16]));
        let changes = [
            Change::Import {
                source: SourceId([7; 32]),
                digest: [8; 32],
                observations: 300,
            },
            Change::Withdraw {
                source: SourceId([7; 32]),
                reason: "wrong file".to_owned(),
            },
            Change::Judge {
                left,
                right,
                verdict: Verdict::Different,
                reason: "two people".to_owned(),
            },
            Change::Grade {
                source: SourceId([7; 32]),
                grade: Grade::UNKNOWN,
            },
            Change::AlertState {
                alert: FindingId([3; 16]),
                state: AlertState::Closed,
                reason: "explained by the bank".to_owned(),
            },
            Change::Disclose {
                what: "export gexf".to_owned(),
                object: [9; 32],
                reason: "court order".to_owned(),
            },
            Change::Erase {
                erasure: [4; 16],
                sources: vec![SourceId([7; 32])],
                observations: vec![ObservationId([6; 16])],
                rows: vec![(SourceId([7; 32]), [5; 32])],
                reason: "request of the subject".to_owned(),
            },
            Change::Note {
                record: left,
                text: "asked again".to_owned(),
            },
            Change::Tag {
                records: vec![left, right],
                mark: TagMark::Off,
                tag: "witness".to_owned(),
            },
            Change::Edit {
                observation: ObservationId([6; 16]),
                statement: StatementId([5; 16]),
                text: "Astrid Quill".to_owned(),
                reason: "misspelt".to_owned(),
            },
            Change::Split {
                leaving: vec![left],
                staying: vec![right, RecordId([4; 16])],
                reason: "two people".to_owned(),
            },
            Change::Rules {
                text: "risk: {}".to_owned(),
            },
            Change::Region {
                region: "SE".to_owned(),
            },
            Change::Layout {
                view: "graph".to_owned(),
                packed: vec![0, 255, 3],
            },
            Change::Retract {
                operation: OperationId {
                    instance: u64::MAX,
                    counter: 9,
                },
            },
        ];
        for change in changes {
            let mut fields = Vec::new();
            change.pack_fields(&mut fields);
            let texts = change.texts().into_iter().map(str::to_owned).collect();
            assert_eq!(Change::rebuild(change.kind(), &fields, texts).unwrap(), change);
        }
    }
}
