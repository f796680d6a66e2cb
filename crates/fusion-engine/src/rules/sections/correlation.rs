//! Section `correlation`: how entities are linked.

use fusion_model::derived::RelationKind;
use fusion_model::{EntityKind, Property, Score};

use crate::rules::schema::section;

section! {
    /// Says how entities are linked.
    Correlation {
        /// Score below which a relation is not drawn.
        min_correlation_score: share = 6_000 / 7_000;
        /// Days within which two dated statements count as near in time.
        time_window_days: count in 1 to 36_500 = 365 / 730;
        /// Steps that path searches and neighbourhood measures go at most.
        max_graph_depth: count in 1 to 12 = 3 / 4;
        /// How much each sort of evidence for a link weighs.
        weights: sub(CorrelationWeights) = built_in;
        /// Entities that share a value above which the value links nobody, with a notice.
        common_value_limit: count in 2 to 100_000 = 25 / 15;
        /// Bits of rarity at which a shared value counts in full.
        full_rarity: bits in 0 to 40_000 = 4_000;
        /// Relations one entity may get from one relationship rule, with a notice when more were found.
        relations_per_entity: count in 1 to 1_000_000 = 500;
        /// Detector of accounts that act together.
        co_active: sub(CoActive) = built_in;
        /// Relations drawn from shared values and nearness, as data.
        relationship_rules: list(RelationshipRule) = shipped_relationship_rules;
    }
}

section! {
    /// Weighs the sorts of evidence for a link.
    CorrelationWeights {
        /// A value that agrees exactly, or a link that the source states.
        exact_match: share = 10_000;
        /// A value that is alike.
        fuzzy_match: share = 8_000;
        /// Nearness in time.
        temporal_proximity: share = 6_000;
        /// Several properties that agree.
        attribute_overlap: share = 7_000;
        /// Being named by the same source.
        shared_source: share = 5_000;
        /// Nearness in the network.
        network_proximity: share = 7_500;
    }
}

section! {
    /// Tunes the leaky integrate-and-fire detector of accounts that act together.
    CoActive {
        /// Whether it runs.
        enabled: flag = true;
        /// Minutes in which a spike decays to half.
        half_life_minutes: count in 1 to 100_000 = 30;
        /// Charge at which a coincidence fires; one spike is 1.
        threshold: milli in 1_001 to 2_000 = 1_500;
        /// Minutes of silence after a coincidence.
        refractory_minutes: count in 0 to 100_000 = 120;
        /// Coincidences needed before a relation is drawn.
        min_coincidences: count in 2 to 10_000 = 3 / 4;
        /// Bits by which the coincidences must exceed chance.
        min_surprise: bits in 0 to 100_000 = 10_000 / 14_000;
        /// Events of an entity that are read at most, with a notice.
        max_events: count in 10 to 1_000_000 = 20_000;
    }
}

section! {
    /// Draws a relation between two entities that share values or stand near each other.
    RelationshipRule {
        /// Name shown as the reason.
        name: text = "";
        /// Whether the rule is used.
        enabled: flag = true;
        /// Relation that is drawn.
        relation: choice(relation_kinds) = "mentioned-with";
        /// Kind of both ends.
        between: choice(entity_kinds) = "person";
        /// Properties of which at least one value must be shared.
        shared: choices(properties) = [];
        /// Properties that must all be shared as well.
        also: choices(properties) = [];
        /// Days within which the statements must lie; 0 asks for no nearness in time.
        within_days: count in 0 to 36_500 = 0;
        /// Metres within which coordinates must lie; 0 asks for no nearness in space.
        within_metres: count in 0 to 10_000_000 = 0;
        /// Score of a relation drawn by a value of full rarity.
        score: share = 8_000;
        /// Score below which this rule draws nothing; 0 leaves it to `min_correlation_score`.
        min_score: share = 0;
    }
}

pub(super) fn relation_kinds() -> Vec<&'static str> {
    RelationKind::ALL.iter().map(|kind| kind.id()).collect()
}

pub(super) fn entity_kinds() -> Vec<&'static str> {
    EntityKind::ALL.iter().map(|kind| kind.id()).collect()
}

pub(super) fn properties() -> Vec<&'static str> {
    Property::ALL.iter().map(|property| property.id()).collect()
}

const SECRETS: &[Property] = &[Property::Password, Property::PasswordHash, Property::AuthToken];

fn shipped_relationship_rules() -> Vec<RelationshipRule> {
    let rule = |name: &str,
                relation: RelationKind,
                between: EntityKind,
                shared: &[Property],
                also: &[Property],
                score: u64| RelationshipRule {
        name: name.to_owned(),
        enabled: true,
        relation: relation.id().to_owned(),
        between: between.id().to_owned(),
        shared: shared.iter().map(|property| property.id().to_owned()).collect(),
        also: also.iter().map(|property| property.id().to_owned()).collect(),
        within_days: 0,
        within_metres: 0,
        score: Score::from_basis_points(score),
        min_score: Score::ZERO,
    };
    let near = |name: &str, between: EntityKind, within_days: u32, within_metres: u32| RelationshipRule {
        within_days,
        within_metres,
        ..rule(
            name,
            RelationKind::CoLocated,
            between,
            &[Property::Coordinates],
            &[],
            7_000,
        )
    };
    vec![
        rule(
            "shared-household",
            RelationKind::SameHousehold,
            EntityKind::Person,
            &[Property::Address, Property::Phone],
            &[],
            8_000,
        ),
        rule(
            "shared-employer",
            RelationKind::OfficerOf,
            EntityKind::Person,
            &[Property::Organization],
            &[],
            6_500,
        ),
        rule(
            "shared-email",
            RelationKind::MentionedWith,
            EntityKind::Person,
            &[Property::Email],
            &[],
            8_500,
        ),
        rule(
            "shared-handle",
            RelationKind::Alias,
            EntityKind::Account,
            &[Property::Handle],
            &[],
            7_000,
        ),
        rule(
            "reused-secret",
            RelationKind::ReusesSecret,
            EntityKind::Person,
            SECRETS,
            &[],
            8_500,
        ),
        rule(
            "reused-secret-of-accounts",
            RelationKind::ReusesSecret,
            EntityKind::Account,
            SECRETS,
            &[],
            8_500,
        ),
        rule(
            "shared-ip",
            RelationKind::MentionedWith,
            EntityKind::Person,
            &[Property::Ip],
            &[],
            6_500,
        ),
        near("near-in-place-and-time", EntityKind::Person, 1, 250),
    ]
}
