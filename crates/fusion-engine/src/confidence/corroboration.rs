//! Part three: independent origins that agree.
//!
//! One voice is worth half; each further *independent* origin adds the bonus of the rules. Copies of one origin
//! (the same run in two formats, three look-ups of one leak) count once.

use std::borrow::Cow;
use std::collections::BTreeSet;

use fusion_model::Score;

use super::{Part, counted, points};
use crate::lookup::Lookup;
use crate::rules::Rules;

const ONE_VOICE: u64 = 5_000;

/// Rates by the number of independent origins behind the statements.
pub(super) fn of(lookup: &Lookup<'_>, rules: &Rules, positions: &[usize]) -> Part {
    let mut met: BTreeSet<Cow<'_, str>> = BTreeSet::new();
    let mut firsts = Vec::new();
    for at in positions {
        let Some(statement) = lookup.statement(*at) else {
            continue;
        };
        if met.insert(lookup.origin_of(statement.observation, statement.source)) {
            firsts.push(*at);
        }
    }
    let score = match met.len() as u64 {
        0 => Score::ZERO,
        origins => Score::from_basis_points(ONE_VOICE + (origins - 1) * points(rules.confidence.corroboration_bonus)),
    };
    let why = match met.len() {
        1 => "1 independent origin: nobody else says it".to_owned(),
        origins => format!(
            "{} from {}",
            counted(positions.len(), "statement"),
            counted(origins, "independent origin")
        ),
    };
    Part {
        score,
        why,
        rests_on: firsts,
    }
}
