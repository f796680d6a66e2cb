//! Words that stand for one of a few things.

/// What can be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Listed {
    Sources,
    Entities,
    Relations,
    Events,
    Findings,
    Alerts,
    Judgements,
    Statements,
}

/// Which number to prove.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Number {
    Confidence,
    Risk,
}

/// A verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum VerdictArgument {
    Same,
    Different,
    Unsure,
}

/// What to ask of the graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum GraphQuestion {
    Metrics,
    Communities,
    Ego,
}

/// What to do with rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum RulesQuestion {
    Check,
    Show,
    Diff,
}
