//! The method annex: how the figures came about, and what the words mean.

use fusion_model::derived::Snapshot;

use super::{ErrorRate, MOST_NOTES, Method};

/// Writes the annex.
pub(super) fn method(snapshot: &Snapshot, error_rate: &ErrorRate) -> Method {
    let bands = |bands: &[fusion_model::words::Band]| {
        let ends = bands.iter().skip(1).map(|band| band.from).chain([10_000]);
        bands
            .iter()
            .zip(ends)
            .map(|(band, end)| (format!("{}–{} %", band.from / 100, end / 100), band.word))
            .collect()
    };
    Method {
        paragraphs: vec![
            format!(
                "The figures of this report were computed by {} from the evidence listed under Sources, the recorded judgements and one set of rules, as of {}. The revision (it begins with {} and stands in full in the title block) is a hash over all of these: the same revision gives the same report, byte for byte.",
                snapshot.engine,
                snapshot.as_of.iso_day(),
                snapshot.revision.to_string().get(..16).unwrap_or_default()
            ),
            "Records are joined into one entity by exact identifiers or by weighed agreement of independent kinds of evidence; a display name alone is never enough. Statements of one origin count once, however often they were copied.".to_owned(),
            error_rate.paragraph(),
            "Confidence (0 to 100) says how good the ground of a statement is: reliability of sources, freshness, independent corroboration, completeness and conflict. The interval beside it shows how far it may move. Risk (0 to 100) weighs findings; each finding names its innocent explanations. Neither is a finding of guilt.".to_owned(),
            format!(
                "Each figure lists at most {MOST_NOTES} places that support it, one of each source first; further places are counted. The JSON export of the same revision holds all of them."
            ),
        ],
        likelihood: bands(&fusion_model::words::LIKELIHOOD),
        confidence: bands(&fusion_model::words::CONFIDENCE),
        stages: snapshot.notes.iter().map(|note| format!("{}: {}", note.stage, note.text)).collect(),
    }
}
