//! The tests that a condition can make, one small function each.

use std::collections::{BTreeMap, BTreeSet};

use fusion_model::derived::{Entity, RelationKind};
use fusion_model::{Property, Score, StatementId, ValueType};

use super::scene::{Scene, key, words};
use super::{Truth, level};
use crate::rules::{AlertCondition, Rules};

/// Statements that an alert names at most; the alert's text gives the full number.
const SHOWN: usize = 200;

/// Holds a condition prepared for many entities.
pub(super) struct Test<'r> {
    condition: &'r AlertCondition,
    /// Words or entries looked for: as written, and folded.
    wanted: Vec<(String, Vec<String>)>,
    watched: BTreeMap<String, String>,
}

/// Prepares a condition.
pub(super) fn test<'r>(condition: &'r AlertCondition, rules: &'r Rules) -> Test<'r> {
    let indicators = &rules.risk.indicators;
    let keywords = if condition.words.is_empty() {
        &indicators.keywords
    } else {
        &condition.words
    };
    let entries = indicators.watch_list.iter().chain(&condition.words);
    let mut test = Test {
        condition,
        wanted: Vec::new(),
        watched: BTreeMap::new(),
    };
    match condition.when.as_str() {
        "keyword" => test.wanted = keywords.iter().map(|word| (word.clone(), words(word))).collect(),
        "watch-list" => {
            test.watched = entries
                .map(|entry| (key(entry), entry.clone()))
                .filter(|(key, _)| !key.is_empty())
                .collect();
        }
        _ => {}
    }
    test
}

impl Test<'_> {
    /// Tells whether the condition holds for an entity, and why.
    pub(super) fn holds(&self, entity: &Entity, scene: &Scene<'_>) -> Option<Truth> {
        match self.condition.when.as_str() {
            "risk-level" => self.risk_level(entity, scene),
            "breaches" => self.breaches(entity, scene),
            "relations" => self.relations(entity, scene),
            "findings" => self.findings(entity, scene),
            "keyword" => self.keyword(entity, scene),
            "watch-list" => self.watch_list(entity),
            "measure" => self.measure(entity, scene),
            "confidence" => self.confidence(entity),
            "burst" => self.burst(entity, scene),
            "contradictions" => self.contradictions(entity, scene),
            // The schema allows no other test.
            _ => None,
        }
    }

    fn risk_level(&self, entity: &Entity, scene: &Scene<'_>) -> Option<Truth> {
        let least = level(&self.condition.level);
        if entity.risk.level < least {
            return None;
        }
        let behind: BTreeSet<_> = entity
            .risk
            .factors
            .iter()
            .flat_map(|factor| factor.findings.iter().copied())
            .collect();
        let findings = scene
            .findings
            .get(&entity.id)
            .into_iter()
            .flatten()
            .filter(|finding| behind.contains(&finding.id));
        Some(Truth {
            text: format!(
                "the risk is {} ({} of 100)",
                entity.risk.level.id(),
                entity.risk.score.percent()
            ),
            statements: some(findings.flat_map(|finding| finding.statements.iter().copied())),
        })
    }

    fn breaches(&self, entity: &Entity, scene: &Scene<'_>) -> Option<Truth> {
        let exposed = scene.relations.get(&entity.id).into_iter().flatten();
        let exposed: Vec<_> = exposed
            .filter(|relation| relation.kind == RelationKind::ExposedIn && relation.from == entity.id)
            .collect();
        let breaches: BTreeSet<_> = exposed.iter().map(|relation| relation.to).collect();
        self.reached(breaches.len()).then(|| Truth {
            text: format!("its data stands in {} breaches", breaches.len()),
            statements: some(exposed.iter().flat_map(|relation| relation.statements.iter().copied())),
        })
    }

    fn relations(&self, entity: &Entity, scene: &Scene<'_>) -> Option<Truth> {
        let relations = scene.relations.get(&entity.id).map(Vec::as_slice).unwrap_or_default();
        self.reached(relations.len()).then(|| Truth {
            text: format!("it has {} relations", relations.len()),
            statements: some(
                relations
                    .iter()
                    .flat_map(|relation| relation.statements.iter().copied()),
            ),
        })
    }

    fn findings(&self, entity: &Entity, scene: &Scene<'_>) -> Option<Truth> {
        let rules = &self.condition.rules;
        let found = scene.findings.get(&entity.id).into_iter().flatten();
        let found: Vec<_> = found
            .filter(|finding| rules.is_empty() || rules.contains(&finding.rule))
            .collect();
        let named: BTreeSet<&str> = found.iter().map(|finding| finding.rule.as_str()).collect();
        self.reached(found.len()).then(|| Truth {
            text: format!(
                "{} findings: {}",
                found.len(),
                named.into_iter().collect::<Vec<_>>().join(", ")
            ),
            statements: some(found.iter().flat_map(|finding| finding.statements.iter().copied())),
        })
    }

    fn keyword(&self, entity: &Entity, scene: &Scene<'_>) -> Option<Truth> {
        let hits: Vec<(&str, BTreeSet<StatementId>)> = self
            .wanted
            .iter()
            .map(|(word, folded)| {
                (
                    word.as_str(),
                    scene
                        .texts_with(entity.id, folded)
                        .into_iter()
                        .map(|statement| statement.id)
                        .collect(),
                )
            })
            .filter(|(_, statements): &(&str, BTreeSet<_>)| !statements.is_empty())
            .collect();
        let statements: BTreeSet<StatementId> = hits
            .iter()
            .flat_map(|(_, statements)| statements.iter().copied())
            .collect();
        (!hits.is_empty() && self.reached(statements.len())).then(|| Truth {
            text: format!(
                "its texts hold {}",
                hits.iter()
                    .map(|(word, _)| format!("“{word}”"))
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
            statements: some(statements),
        })
    }

    fn watch_list(&self, entity: &Entity) -> Option<Truth> {
        let mut hits: BTreeSet<&str> = BTreeSet::new();
        let mut statements = BTreeSet::new();
        for fact in entity.facts.iter().filter(|fact| names(fact.property)) {
            let found = [&fact.canonical, &fact.value]
                .into_iter()
                .find_map(|text| self.watched.get(&key(text)));
            if let Some(entry) = found {
                hits.insert(entry);
                statements.extend(fact.statements.iter().copied());
            }
        }
        (!hits.is_empty()).then(|| Truth {
            text: format!(
                "it agrees with the watch list: {}",
                hits.into_iter()
                    .map(|entry| format!("“{entry}”"))
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
            statements: some(statements),
        })
    }

    fn measure(&self, entity: &Entity, scene: &Scene<'_>) -> Option<Truth> {
        let network = &entity.network;
        let share = match self.condition.measure.as_str() {
            "betweenness" => Score::ratio(network.betweenness.into(), 1_000_000),
            "closeness" => Score::ratio(network.closeness.into(), 1_000_000),
            "eigenvector" => Score::ratio(network.eigenvector.into(), 1_000_000),
            "pagerank" => Score::ratio(network.pagerank.into(), 1_000_000),
            _ => network.influence,
        };
        let relations = scene.relations.get(&entity.id).map(Vec::as_slice).unwrap_or_default();
        (share >= self.condition.share && !relations.is_empty()).then(|| Truth {
            text: format!(
                "its {} in the network is {} of 100",
                self.condition.measure,
                share.percent()
            ),
            statements: some(
                relations
                    .iter()
                    .flat_map(|relation| relation.statements.iter().copied()),
            ),
        })
    }

    fn confidence(&self, entity: &Entity) -> Option<Truth> {
        let score = entity.confidence.score;
        (score >= self.condition.share).then(|| Truth {
            text: format!("the confidence is {} of 100", score.percent()),
            statements: some(entity.facts.iter().flat_map(|fact| fact.statements.iter().copied())),
        })
    }

    fn burst(&self, entity: &Entity, scene: &Scene<'_>) -> Option<Truth> {
        let bursts = scene.bursts.get(&entity.id).map(Vec::as_slice).unwrap_or_default();
        let events = || bursts.iter().flat_map(|burst| burst.events.iter().copied());
        (!bursts.is_empty() && self.reached(bursts.len())).then(|| Truth {
            text: match bursts {
                [_] => format!("{} events come in one burst", events().count()),
                _ => format!("{} events come in {} bursts", events().count(), bursts.len()),
            },
            statements: some(
                events()
                    .filter_map(|id| scene.event(id))
                    .flat_map(|event| event.statements.iter().copied()),
            ),
        })
    }

    fn contradictions(&self, entity: &Entity, scene: &Scene<'_>) -> Option<Truth> {
        let found: Vec<_> = scene.contradictions(entity.id).collect();
        let first = found.first()?;
        self.reached(found.len()).then(|| Truth {
            text: match found.len() {
                1 => first.text.clone(),
                count => format!("{count} contradictions, the first: {}", first.text),
            },
            statements: some(found.iter().flat_map(|finding| finding.statements.iter().copied())),
        })
    }

    fn reached(&self, count: usize) -> bool {
        count > 0 && count >= self.condition.count as usize
    }
}

fn some(statements: impl IntoIterator<Item = StatementId>) -> BTreeSet<StatementId> {
    let all: BTreeSet<StatementId> = statements.into_iter().collect();
    all.into_iter().take(SHOWN).collect()
}

/// Tells whether a property can stand on a watch list.
fn names(property: Property) -> bool {
    // A firm that somebody belongs to is a name too, but not theirs.
    let is_own = property != Property::Organization;
    let by_type = matches!(
        property.value_type(),
        ValueType::Name
            | ValueType::Handle
            | ValueType::Account
            | ValueType::Email
            | ValueType::Phone
            | ValueType::Wallet
            | ValueType::Domain
            | ValueType::Ip
            | ValueType::Url
            | ValueType::Iban
            | ValueType::FileHash
    );
    let by_key = matches!(
        property,
        Property::OfficialNumber | Property::CompanyNumber | Property::ExternalId | Property::BreachName
    );
    is_own && by_type || by_key
}
