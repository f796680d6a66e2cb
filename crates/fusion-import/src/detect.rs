//! Which format a file is in, by its content.
//!
//! A signature of one of our formats wins; then a signature of a format that is known but has no importer yet,
//! which is named as such and never read by a generic importer, since it would come out as nonsense; then the
//! best guess. The file ending plays no part.

use std::borrow::Cow;

use crate::foreign;
use crate::importer::{Importer, Likelihood, Probe};
use crate::importers::IMPORTERS;
use crate::outline::Matter;

/// Is one importer that could read a file.
#[derive(Clone)]
pub struct Candidate {
    /// The importer.
    pub importer: &'static dyn Importer,
    /// 1 to 100; 100 is a signature.
    pub score: u8,
    /// What was seen, as a fragment.
    pub reason: Cow<'static, str>,
}

impl std::fmt::Debug for Candidate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({}, {})", self.importer.id(), self.score, self.reason)
    }
}

/// Says what a file is.
#[derive(Debug, Clone)]
pub enum Detection {
    /// Importers that can read it, best first; never empty.
    Candidates(Vec<Candidate>),
    /// A known format that no importer reads yet.
    Foreign {
        /// Name of the format.
        label: &'static str,
        /// What was seen, as a fragment.
        reason: String,
    },
    /// Nothing can be made of it.
    Unreadable {
        /// Why, as a fragment.
        reason: String,
    },
}

/// Judges a file by its head.
pub fn detect(probe: &Probe<'_>) -> Detection {
    let mut candidates: Vec<Candidate> = IMPORTERS
        .iter()
        .filter_map(|importer| match importer.probe(probe) {
            Likelihood::No => None,
            Likelihood::Possible { score, reason } => Some(Candidate {
                importer: *importer,
                score: score.min(99),
                reason,
            }),
            Likelihood::Certain { reason } => Some(Candidate {
                importer: *importer,
                score: 100,
                reason,
            }),
        })
        .collect();
    // The sort is stable: among equals the order of the catalogue stands.
    candidates.sort_by_key(|candidate| std::cmp::Reverse(candidate.score));
    if candidates.first().is_some_and(|best| best.score == 100) {
        return Detection::Candidates(candidates);
    }
    let outline = probe.outline();
    if outline.matter == Matter::Empty
        || (outline.is_whole && outline.matter == Matter::Text && outline.text.trim().is_empty())
    {
        return Detection::Unreadable {
            reason: "the file is empty".to_owned(),
        };
    }
    if let Some((format, reason)) = foreign::recognise(&outline) {
        return Detection::Foreign {
            label: format.label,
            reason,
        };
    }
    if !candidates.is_empty() {
        return Detection::Candidates(candidates);
    }
    let reason = match outline.matter {
        Matter::Text => "the text is neither JSON nor a table, and no known format".to_owned(),
        _ => "the file is binary and in no known format".to_owned(),
    };
    Detection::Unreadable { reason }
}
