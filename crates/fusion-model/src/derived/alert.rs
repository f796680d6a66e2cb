//! Alerts: conditions of the rules file that came true.

use crate::id::{EntityId, FindingId, StatementId};
use crate::score::Level;

/// Holds one alert. Its state (new, seen, closed) is an operation of the case, not derived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// Content id: rule and entity.
    pub id: FindingId,
    /// Rule of the `alerts` section.
    pub rule: String,
    /// How grave.
    pub severity: Level,
    /// The entity it is about.
    pub entity: EntityId,
    /// What came true, in words.
    pub text: String,
    /// Supporting statements, ascending.
    pub statements: Vec<StatementId>,
}
