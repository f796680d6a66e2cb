//! What the verdicts of the case say of the rules, and other rules tried out and put in force.

use std::sync::{Arc, PoisonError};

use fusion_engine::clean::clean;
use fusion_engine::resolve::resolve;
use fusion_engine::review::{Effect, effect};
use fusion_engine::rules::Rules;
use fusion_engine::{Cleaned, Resolution};
use fusion_model::Judgement;
use fusion_model::derived::{PairScore, Revision};
use fusion_store::Change;

use super::{OpenCase, rules_in_force, stamp};
use crate::clock;
use crate::error::{ApiError, Code};

/// The kept pairs as they are decided without any verdict, and the state of the evidence they belong to.
#[derive(Debug, Default)]
pub(super) struct Unaided(Option<(Revision, Arc<Vec<PairScore>>)>);

impl OpenCase {
    /// Returns the kept pairs as the engine decides them without any verdict.
    pub fn unaided_pairs(&self) -> Result<Arc<Vec<PairScore>>, ApiError> {
        let rules = self.rules();
        let mut outline = self.store.evidence_outline()?;
        outline.judgements.clear();
        let state = fusion_engine::revision(&outline, &rules, clock::now());
        let mut unaided = self.unaided.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, pairs)) = &unaided.0
            && *known == state
        {
            return Ok(Arc::clone(pairs));
        }
        let Resolution { pairs, .. } = self.with_cleaned(|cleaned, _| resolve(cleaned, &[], &rules))?;
        let pairs = Arc::new(pairs);
        unaided.0 = Some((state, Arc::clone(&pairs)));
        Ok(pairs)
    }

    /// Tells what a fusion under other rules would do to pairs and entities. Nothing is kept of it.
    pub fn effect_of(&self, other: &Rules) -> Result<Effect, ApiError> {
        let rules = self.rules();
        self.with_cleaned(|cleaned, judgements| {
            let now = resolve(cleaned, judgements, &rules);
            let then = resolve(cleaned, judgements, other);
            effect(&now, &then)
        })
    }

    /// Lends the live evidence as it was cleaned, with the live judgements: that of the last fusion where nothing was
    /// imported, withdrawn or corrected since, else read anew.
    fn with_cleaned<T>(&self, ask: impl FnOnce(&Cleaned, &[Judgement]) -> T) -> Result<T, ApiError> {
        let outline = self.store.evidence_outline()?;
        // While a fusion has the footing, nobody who only asks waits for it.
        let footing = self.footing.try_lock();
        let known = footing
            .ok()
            .and_then(|footing| footing.cleaned(&outline).map(Arc::clone));
        if let Some(cleaned) = known {
            return Ok(ask(&cleaned, &outline.judgements));
        }
        let evidence = self.store.evidence()?;
        Ok(ask(&clean(&evidence), &evidence.judgements))
    }

    /// Makes these the rules of the case, by one operation that can be taken back.
    pub fn change_rules(&self, rules: Rules) -> Result<(), ApiError> {
        if std::env::var_os(crate::rules::FILE_VARIABLE).is_some_and(|name| !name.is_empty()) {
            return Err(ApiError::new(
                Code::Usage,
                format!("{} names the rules in force", crate::rules::FILE_VARIABLE),
            )
            .hint("change that file, or start without the variable"));
        }
        let text = fusion_engine::rules::show(&rules);
        self.store.apply(&Change::Rules { text }, &stamp())?;
        self.set_rules(rules)
    }

    /// Goes by the rules that the log has in force now, after one was taken back or made again.
    pub(super) fn follow_rules(&self, change: &Change) -> Result<(), ApiError> {
        if matches!(change, Change::Rules { .. } | Change::Retract { .. }) {
            self.set_rules(rules_in_force(&self.store)?)?;
        }
        Ok(())
    }
}
