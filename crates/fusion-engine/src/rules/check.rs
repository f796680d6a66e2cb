//! Conditions between keys that no single range can state.

use fusion_model::Score;

use super::Rules;

/// Names a key and why its value does not go with others.
pub(super) struct Fault {
    pub(super) key: &'static str,
    pub(super) message: String,
}

/// Finds every broken condition.
pub(super) fn faults(rules: &Rules) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut fault = |key: &'static str, message: String| faults.push(Fault { key, message });

    let confidence = &rules.confidence.weights;
    let risk = &rules.risk.weights;
    let influence = &rules.graph.influence_weights;
    let blends: [(&'static str, Vec<Score>); 3] = [
        (
            "confidence.weights",
            vec![
                confidence.source_reliability,
                confidence.freshness,
                confidence.corroboration,
                confidence.completeness,
                confidence.conflict,
            ],
        ),
        (
            "risk.weights",
            vec![
                risk.breach_exposure,
                risk.behavioral_patterns,
                risk.network,
                risk.geographic,
                risk.temporal,
                risk.known_indicators,
            ],
        ),
        (
            "graph.influence_weights",
            vec![
                influence.degree,
                influence.betweenness,
                influence.closeness,
                influence.eigenvector,
                influence.pagerank,
            ],
        ),
    ];
    for (key, weights) in blends {
        let sum: u32 = weights.iter().map(|weight| u32::from(weight.basis_points())).sum();
        if sum != 10_000 {
            fault(
                key,
                format!(
                    "the weights of `{key}` add up to {}, not to 1",
                    super::decimal::show(sum.into(), 4)
                ),
            );
        }
    }

    let bands = &rules.risk.thresholds;
    let ladder = [bands.critical, bands.high, bands.medium, bands.low];
    if !ladder.windows(2).all(|pair| pair[0] > pair[1]) {
        fault(
            "risk.thresholds",
            "`risk.thresholds` must fall from critical to high, medium and low".to_owned(),
        );
    }

    let resolution = &rules.entity_resolution;
    if resolution.review_confidence_threshold > resolution.merge_confidence_threshold {
        fault(
            "entity_resolution.review_confidence_threshold",
            "`review_confidence_threshold` must not exceed `merge_confidence_threshold`".to_owned(),
        );
    }

    let names = |names: Vec<&str>| -> Option<String> {
        let mut sorted = names.clone();
        sorted.sort_unstable();
        let twice = sorted
            .windows(2)
            .find(|pair| pair[0] == pair[1])
            .map(|pair| format!("`{}` names two entries", pair[0]));
        if names.contains(&"") {
            Some("an entry has no `name`".to_owned())
        } else {
            twice
        }
    };
    if let Some(message) = names(
        rules
            .correlation
            .relationship_rules
            .iter()
            .map(|rule| rule.name.as_str())
            .collect(),
    ) {
        fault(
            "correlation.relationship_rules",
            format!("in `correlation.relationship_rules`, {message}"),
        );
    }
    if let Some(message) = names(
        rules
            .alerts
            .conditions
            .iter()
            .map(|condition| condition.name.as_str())
            .collect(),
    ) {
        fault("alerts.conditions", format!("in `alerts.conditions`, {message}"));
    }
    faults
}
