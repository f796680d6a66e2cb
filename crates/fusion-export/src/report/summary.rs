//! What a reader should know first of one subject: how well it is described, what it is linked to, risk, confidence.

use std::collections::BTreeSet;

use fusion_model::EntityKind;
use fusion_model::derived::{Entity, Snapshot};

use super::notes::Notebook;
use super::{Cited, SubjectSummary, words};

/// Kinds whose members the summary names one by one, as long as there are few.
const NAMED_KINDS: &[EntityKind] = &[
    EntityKind::Account,
    EntityKind::Email,
    EntityKind::Phone,
    EntityKind::Wallet,
    EntityKind::Breach,
    EntityKind::Organization,
    EntityKind::Person,
];

/// Most members of one kind that the summary names.
const MOST_NAMED: usize = 4;

/// Says what a reader should know first of one subject.
pub(super) fn summary(snapshot: &Snapshot, entity: &Entity, notebook: &mut Notebook<'_>) -> SubjectSummary {
    let origins = entity.facts.iter().map(|fact| fact.origins).max().unwrap_or(0);
    let described = format!(
        "Described by {}; the best supported fact stands on {}.",
        words::counted(entity.sources.len(), "source", "sources"),
        words::counted(origins as usize, "independent origin", "independent origins")
    );
    let mut sentences = vec![Cited {
        text: described,
        notes: notebook.cite(entity.facts.iter().flat_map(|fact| &fact.statements)),
    }];
    for group in super::links::groups(snapshot, entity.id, notebook) {
        if !NAMED_KINDS.contains(&group.kind) {
            continue;
        }
        let mut named = BTreeSet::new();
        let firsts: Vec<_> = group
            .links
            .rows
            .iter()
            .filter(|link| named.insert(link.end))
            .take(MOST_NAMED)
            .collect();
        let mut names: Vec<String> = firsts.iter().map(|link| link.other.clone()).collect();
        if group.ends > MOST_NAMED {
            names.push(format!("{} more", group.ends - MOST_NAMED));
        }
        let notes = super::notes::Notes::joined(firsts.iter().map(|link| &link.why.notes));
        let counted = words::counted(group.ends, group.kind.label(), group.kind.plural());
        sentences.push(Cited {
            text: words::ended(format!(
                "Linked by the evidence to {counted}: {}",
                words::joined(&names)
            )),
            notes,
        });
    }
    let supporting = snapshot
        .findings
        .iter()
        .filter(|finding| finding.entity == Some(entity.id))
        .flat_map(|finding| &finding.statements);
    let risk = format!("Risk {} of 100.", entity.risk.score.percent());
    sentences.push(Cited {
        text: risk,
        notes: notebook.cite(supporting),
    });
    let confidence = format!(
        "Confidence in the profile: {} ({}).",
        fusion_model::words::confidence(entity.confidence.score),
        words::figure(&entity.confidence)
    );
    sentences.push(Cited {
        text: confidence,
        ..Cited::default()
    });
    SubjectSummary {
        id: entity.id.to_string(),
        label: entity.label.clone(),
        level: entity.risk.level,
        sentences,
    }
}
