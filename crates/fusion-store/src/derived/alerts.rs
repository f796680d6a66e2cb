//! Reading alerts together with what people have done about them.

use fusion_model::derived::Alert;
use fusion_model::{EntityId, FindingId};

use super::filter::Filter;
use super::find_packed;
use crate::case::Case;
use crate::change::AlertState;
use crate::error::{Error, Result};

impl Case {
    /// Returns the entity that a cached alert is about.
    pub(crate) fn alert_entity(&self, id: FindingId) -> Result<Option<EntityId>> {
        let reader = match self.derived.reader() {
            Err(Error::NotDerived) => return Ok(None),
            other => other?,
        };
        let found: Option<Alert> = find_packed(&reader, "SELECT packed FROM alert WHERE id = ?1", &id.0)?;
        Ok(found.map(|alert| alert.entity))
    }

    /// Lists the alerts, gravest first, each with its state.
    pub fn alerts(&self) -> Result<Vec<(Alert, AlertState)>> {
        let state = self.state()?;
        let page = Filter::default().packed_page(&*self.derived.reader()?, "alert", "position", (0, u64::MAX))?;
        let with_state = |alert: Alert| {
            let state = state.alerts.get(&alert.id).map_or(AlertState::New, |mark| mark.state);
            (alert, state)
        };
        Ok(page.rows.into_iter().map(with_state).collect())
    }
}
