#![allow(clippy::unwrap_used)]

use fusion_model::derived::RelationKind;
use fusion_model::{Credibility, EntityKind, Property, SourceKind};

use crate::staged::{Case, graded, person, record};

fn account(site: &str, user: &str, name: &str) -> fusion_model::RawRecord {
    record(
        EntityKind::Account,
        user,
        &[(Property::Account, user, site), (Property::Name, name, "")],
    )
}

#[test]
fn the_label_prefers_a_full_name_and_keeps_the_rest_as_aliases() {
    let mut case = Case::default();
    let one = case.osint("one");
    let two = case.osint("two");
    case.row(
        one,
        vec![person(
            "mara",
            &[(Property::Handle, "nightjar_77", ""), (Property::Name, "Mara", "")],
        )],
        vec![],
    );
    case.row(
        two,
        vec![person(
            "mara",
            &[
                (Property::Handle, "nightjar_77", ""),
                (Property::Name, "Mara Ellison", ""),
            ],
        )],
        vec![],
    );
    let fused = case.fuse();
    let mara = fused.entity("Mara Ellison");
    let aliases: Vec<(&str, Property)> = mara
        .aliases
        .iter()
        .map(|alias| (alias.name.as_str(), alias.property))
        .collect();
    assert_eq!(aliases, [("nightjar_77", Property::Handle), ("Mara", Property::Name)]);
    let handle = mara
        .facts
        .iter()
        .find(|fact| fact.property == Property::Handle)
        .unwrap();
    assert_eq!((handle.origins, handle.statements.len()), (2, 2));
    assert_eq!(mara.sources.len(), 2);
}

#[test]
fn an_owned_account_lends_its_name_unless_the_link_is_doubtful() {
    for (credibility, label) in [
        (Credibility::ProbablyTrue, "Mara Ellison"),
        (Credibility::PossiblyTrue, "Mara Ellison"),
        (Credibility::CannotBeJudged, "Mara Ellison"),
        (Credibility::Doubtful, "nightjar_77"),
        (Credibility::Improbable, "nightjar_77"),
    ] {
        let mut case = Case::default();
        let hunt = case.source("hunt", SourceKind::Sherlock, "hunt");
        let records = vec![
            person("subject", &[(Property::Handle, "nightjar_77", "")]),
            account("github.com", "nightjar_77", "Mara Ellison"),
        ];
        case.row(hunt, records, vec![graded(0, 1, RelationKind::Owns, credibility)]);
        let fused = case.fuse();
        let subject = fused
            .drafts
            .iter()
            .find(|draft| draft.kind == EntityKind::Person)
            .unwrap();
        assert_eq!(subject.label, label, "{credibility:?}");
        let of_account = fused
            .drafts
            .iter()
            .find(|draft| draft.kind == EntityKind::Account)
            .unwrap();
        assert!(
            of_account.facts.iter().any(|fact| fact.property == Property::Name),
            "the account keeps its own facts"
        );
    }
}

#[test]
fn one_leak_told_by_three_look_ups_is_one_origin() {
    let mut case = Case::default();
    for name in ["first", "second", "third"] {
        let source = case.source(name, SourceKind::Breach, name);
        let records = vec![
            person("mara", &[(Property::Email, "mara@mail.example", "")]),
            record(EntityKind::Breach, "b", &[(Property::BreachName, "Example Breach", "")]),
        ];
        case.row(
            source,
            records,
            vec![graded(0, 1, RelationKind::ExposedIn, Credibility::CannotBeJudged)],
        );
    }
    let fused = case.fuse();
    let mara = fused
        .drafts
        .iter()
        .find(|draft| draft.kind == EntityKind::Person)
        .unwrap();
    assert_eq!(
        (
            mara.facts[0].origins,
            mara.facts[0].statements.len(),
            mara.sources.len()
        ),
        (1, 3, 3)
    );
}

#[test]
fn what_cannot_be_cleaned_stays_a_fact_by_its_original_text() {
    let mut case = Case::default();
    let source = case.osint("one");
    case.row(
        source,
        vec![person("p", &[(Property::Email, "not an address", "")])],
        vec![],
    );
    let fused = case.fuse();
    let draft = &fused.drafts[0];
    assert_eq!(
        (draft.facts[0].value.as_str(), draft.kind),
        ("not an address", EntityKind::Person)
    );
}

#[test]
fn secrets_show_their_group_and_never_a_fingerprint() {
    let sealed = "sealed:00112233445566778899aabbccddeeff";
    let mut case = Case::default();
    let source = case.osint("one");
    case.row(
        source,
        vec![person(
            "a",
            &[(Property::Name, "Ada North", ""), (Property::Password, sealed, "")],
        )],
        vec![],
    );
    case.row(
        source,
        vec![person(
            "b",
            &[
                (Property::Name, "Bo South", ""),
                (Property::Password, "sealed:weak", ""),
            ],
        )],
        vec![],
    );
    let fused = case.fuse();
    let value = |name: &str| {
        fused
            .entity(name)
            .facts
            .iter()
            .find(|fact| fact.property == Property::Password)
            .unwrap()
            .value
            .clone()
    };
    assert_eq!(
        (value("Ada North").as_str(), value("Bo South").as_str()),
        ("secret 1", "weak secret")
    );
    assert!(!format!("{:?}", fused.drafts).contains("0011223344"));
}

#[test]
fn a_birth_is_no_sighting() {
    let mut case = Case::default();
    let source = case.osint("one");
    let said = [
        (Property::Name, "Ada North", ""),
        (Property::BirthDate, "1984-05-03", ""),
        (Property::LastSeenAt, "2024-02-01", ""),
    ];
    case.row(source, vec![person("a", &said)], vec![]);
    let fused = case.fuse();
    let seen = fused.entity("Ada North").seen.unwrap();
    assert_eq!(seen.end.0 - seen.start.0, fusion_model::Timestamp::DAY_MS);
}

#[test]
fn a_thing_without_a_name_is_called_by_what_it_owns_and_is_as_sure_as_its_links() {
    let mut case = Case::default();
    let chat = case.source("chat", SourceKind::Sigint, "chat");
    let author = record(
        EntityKind::Account,
        "a",
        &[(Property::Account, "user700000099", "telegram.org#id")],
    );
    case.row(
        chat,
        vec![person("u", &[]), author],
        vec![graded(0, 1, RelationKind::Owns, Credibility::CannotBeJudged)],
    );
    let fused = case.fuse();
    let holder = fused.entity("holder of user700000099 (telegram.org)");
    assert_eq!(holder.kind, EntityKind::Person);
    assert!(holder.facts.is_empty() && holder.confidence.parts[0].score.basis_points() == 9_000);
}
