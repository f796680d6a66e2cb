//! The rules: every number and list that results depend on, typed, checked and explained.
//!
//! A rules file overrides the built-in values key by key; what it does not name keeps the value of its preset. The
//! file is checked against one schema, and everything wrong in it is reported at once with line and column. This
//! module must not know which stage reads which key, and it reads no file: text in, rules or problems out.

mod check;
mod compare;
mod decimal;
mod problem;
mod read;
mod schema;
mod sections;
mod show;

pub use compare::{KeyDescription, RulesChange, describe, diff};
pub use problem::RulesProblem;
pub use read::{load, load_kept};
pub use schema::Preset;
use schema::section;
pub use sections::{
    AlertCondition, Alerts, Bursts, CoActive, ComparatorWeights, Completeness, Confidence, ConfidenceWeights,
    Correlation, CorrelationWeights, CredibilityGrades, EntityResolution, Export, FreshnessDecayDays, Graph,
    GraphMeasures, HubLimits, Indicators, InfluenceWeights, KeyCaps, Logging, Performance, RarityCaps,
    RelationshipRule, ReliabilityGrades, Retention, Risk, RiskRules, RiskSwitch, RiskThresholds, RiskWeights,
    SourceWeights, Timeline, Worlds,
};
pub use show::show;

section! {
    /// Holds a whole rule set.
    Rules {
        /// Built-in values that fill what a file leaves out.
        preset: preset = built_in;
        /// Which records are one entity.
        entity_resolution: sub(EntityResolution) = built_in;
        /// How entities are linked.
        correlation: sub(Correlation) = built_in;
        /// How sure a value, a relation or an entity is.
        confidence: sub(Confidence) = built_in;
        /// How dangerous an entity is.
        risk: sub(Risk) = built_in;
        /// Patterns in time.
        timeline: sub(Timeline) = built_in;
        /// Measures of the graph.
        graph: sub(Graph) = built_in;
        /// What calls for attention.
        alerts: sub(Alerts) = built_in;
        /// How long material may be held. The keys from here on change no result.
        retention: sub(Retention) = built_in;
        /// Defaults of exports and reports.
        export: sub(Export) = built_in;
        /// How much of the machine is used.
        performance: sub(Performance) = built_in;
        /// What is written to the log.
        logging: sub(Logging) = built_in;
    }
}

impl Rules {
    /// Returns the built-in values of `preset`.
    pub fn built_in(preset: Preset) -> Self {
        <Self as schema::Section>::built_in(preset)
    }

    /// Returns the shipped rules: the standard preset.
    pub fn shipped() -> Self {
        Self::built_in(Preset::Standard)
    }
}

impl Default for Rules {
    fn default() -> Self {
        Self::shipped()
    }
}

/// The shipped rules file, as it stands at the root of the project.
pub const SHIPPED: &str = include_str!("../../../../fusion_rules.yaml");

#[cfg(test)]
mod tests;
