//! Alerts and their state.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::view::EntityRefView;

/// Asks for alerts.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AlertsListRequest {}

/// Shows alerts, gravest first.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AlertsListView {
    /// The alerts.
    pub alerts: Vec<AlertView>,
}

/// Shows an alert.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AlertView {
    /// Alert id.
    pub id: String,
    /// Rule.
    pub rule: String,
    /// `MINIMAL` … `CRITICAL`.
    pub severity: String,
    /// `new`, `seen` or `closed`.
    pub state: String,
    /// Why it was closed; empty otherwise.
    pub reason: String,
    /// The entity it is about.
    pub entity: EntityRefView,
    /// What came true.
    pub text: String,
    /// Supporting statements.
    pub statements: Vec<String>,
}

/// Changes the state of an alert.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AlertSetRequest {
    /// Alert id.
    pub id: String,
    /// `new`, `seen` or `closed`.
    pub state: String,
    /// Why; needed to close.
    pub reason: String,
}
