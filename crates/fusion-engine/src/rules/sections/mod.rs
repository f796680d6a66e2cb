//! The sections of the rules file, one file each, in the order of the file.

mod alerts;
mod confidence;
mod correlation;
mod entity_resolution;
mod graph;
mod practice;
mod risk;
mod timeline;

pub use alerts::{AlertCondition, Alerts};
pub use confidence::{
    Completeness, Confidence, ConfidenceWeights, CredibilityGrades, FreshnessDecayDays, ReliabilityGrades,
    SourceWeights,
};
pub use correlation::{CoActive, Correlation, CorrelationWeights, RelationshipRule};
pub use entity_resolution::{ComparatorWeights, EntityResolution, HubLimits, KeyCaps, RarityCaps, Worlds};
pub use graph::{Graph, GraphMeasures, InfluenceWeights};
pub use practice::{Export, Logging, Performance, Retention};
pub use risk::{Indicators, Risk, RiskRules, RiskSwitch, RiskThresholds, RiskWeights};
pub use timeline::{Bursts, Timeline};
