//! Correlate: how entities are linked, why, and how strongly.
//!
//! Links that sources state (and links that a plain value implies) are lifted from records to entities and merged per
//! ends and kind. On top come derived relations, one file per family: shared values ([`shared`]), nearness in place
//! and time ([`located`]), the same text ([`mentioned`]), names ([`alias`], [`member`]), what an owned account lends
//! ([`through`]) and acting together ([`co_active`]).
//!
//! A stated link is evidence and always stays, however doubtful; its grade says so. A derived one must reach the
//! minimum score of the rules. Values too common to tell anything relate nobody, pairs that wait in the review queue
//! are not related by what would make them one, and every cap is announced as a note. The stage must not know clocks,
//! screens or the order of its input, and it cannot fail.

mod alias;
mod amounts;
mod co_active;
mod located;
mod member;
mod mentioned;
mod merge;
mod rarity;
mod shared;
mod stated;
mod through;
mod values;

use fusion_model::Timestamp;
use fusion_model::derived::{Relation, StageNote};

use crate::cleaned::Cleaned;
use crate::lookup::Lookup;
use crate::resolution::Resolution;
use crate::rules::Rules;

const STAGE: &str = "correlate";

/// Holds the relations of a case and what the stage has to say about its caps.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Correlation {
    /// Relations by id.
    pub relations: Vec<Relation>,
    /// Caps and values that were left out, in words.
    pub notes: Vec<StageNote>,
}

/// Draws every relation of the partition.
pub fn correlate(cleaned: &Cleaned, resolution: &Resolution, rules: &Rules, now: Timestamp) -> Correlation {
    correlate_in(&Lookup::new(cleaned, resolution), rules, now)
}

/// Draws every relation of the partition that was looked up.
pub(crate) fn correlate_in(lookup: &Lookup<'_>, rules: &Rules, now: Timestamp) -> Correlation {
    let ground = Ground {
        lookup,
        rules,
        values: values::Values::new(lookup),
        pairs: rarity::Pairs::new(lookup),
    };
    let mut ties = merge::Ties::default();
    stated::draw(&ground, &mut ties);
    through::draw(&ground, &mut ties);
    shared::draw(&ground, &mut ties);
    located::draw(&ground, &mut ties);
    alias::draw(&ground, &mut ties);
    member::draw(&ground, &mut ties);
    mentioned::draw(&ground, &mut ties);
    co_active::draw(&ground, &mut ties);
    ties.finish(&ground, now)
}

/// Holds what every family of relations reads.
struct Ground<'g> {
    lookup: &'g Lookup<'g>,
    rules: &'g Rules,
    values: values::Values<'g>,
    pairs: rarity::Pairs,
}

fn note(text: String) -> StageNote {
    StageNote {
        stage: STAGE.to_owned(),
        text,
    }
}

#[cfg(test)]
mod tests;
