//! Alerts and their state.

use std::sync::Arc;

use fusion_model::FindingId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::bench::Workbench;
use crate::error::ApiError;
use crate::router::{Command, command};
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

/// States an alert can be in.
const STATES: [&str; 3] = ["new", "seen", "closed"];

pub(crate) const COMMANDS: &[Command] = &[
    command!("alert.list", Read, "Alerts, gravest first.", AlertsListRequest => AlertsListView, list),
    command!("alert.set", Write, "Changes the state of an alert.", AlertSetRequest => AlertsListView, set),
];

/// Returns alerts, gravest first.
pub fn list(bench: &Arc<Workbench>, _request: AlertsListRequest) -> Result<AlertsListView, ApiError> {
    let case = bench.case()?;
    let picture = case.picture()?;
    let states = case.alert_states()?;
    let alerts = picture
        .snapshot
        .alerts
        .iter()
        .map(|alert| {
            let (state, reason) = states
                .get(&alert.id)
                .cloned()
                .unwrap_or_else(|| ("new".to_owned(), String::new()));
            AlertView {
                id: alert.id.to_string(),
                rule: alert.rule.clone(),
                severity: alert.severity.id().to_owned(),
                state,
                reason,
                entity: picture.entity_ref(alert.entity),
                text: alert.text.clone(),
                statements: alert.statements.iter().map(ToString::to_string).collect(),
            }
        })
        .collect();
    Ok(AlertsListView { alerts })
}

/// Changes the state of an alert.
pub fn set(bench: &Arc<Workbench>, request: AlertSetRequest) -> Result<AlertsListView, ApiError> {
    if !STATES.contains(&request.state.as_str()) {
        return Err(ApiError::usage(format!("unknown state: {}", request.state)).hint("one of new, seen, closed"));
    }
    if request.state == "closed" && request.reason.trim().is_empty() {
        return Err(ApiError::usage("closing an alert needs a reason"));
    }
    let id = FindingId::parse(&request.id)?;
    let case = bench.case()?;
    if !case.picture()?.snapshot.alerts.iter().any(|alert| alert.id == id) {
        return Err(ApiError::not_found(format!("alert: {id}")));
    }
    case.set_alert(id, &request.state, request.reason.trim())?;
    list(bench, AlertsListRequest {})
}
