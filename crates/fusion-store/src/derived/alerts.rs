//! Reading alerts together with what people have done about them.

use fusion_model::derived::Alert;

use super::filter::Filter;
use crate::case::Case;
use crate::change::AlertState;
use crate::error::Result;

impl Case {
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
