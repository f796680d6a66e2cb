#![allow(clippy::unwrap_used)]

use fusion_model::derived::PairDecision;
use fusion_model::{EntityId, EntityKind, Property, RecordId, SourceId, Verdict};

use super::{ExplainError, Subject, Unmerge, explain};
use crate::fixture::{Case, id, person, record};
use crate::rules::Rules;

/// Three records of one person: `a` and `b` share an e-mail, `b` and `c` a wallet; `d` is another.
fn chain() -> Case {
    let wallet = (Property::Wallet, "0x52908400098527886E0F7030069857D2E4169EE7");
    let mail = (Property::Email, "m@a.example");
    Case::default()
        .file(
            "first",
            vec![vec![person("a", &[(Property::Name, "Mara Ellison"), mail])]],
        )
        .file("second", vec![vec![person("b", &[mail])]])
        .file("second half", vec![vec![person("b", &[wallet])]])
        .file("third", vec![vec![person("c", &[wallet])]])
        .file("fourth", vec![vec![person("d", &[(Property::Name, "Piet van Dijk")])]])
}

#[test]
fn a_merge_path_leads_from_one_record_to_the_other() {
    let found = explain(&chain().evidence, &Rules::shipped(), id("a"), id("c")).unwrap();
    assert_eq!(found.left, found.right);
    assert_eq!(found.path.len(), 2, "{:?}", found.path);
    let ends = |at: usize| [found.path[at].left, found.path[at].right];
    let (from, to) = (id("a").min(id("c")), id("a").max(id("c")));
    assert!(ends(0).contains(&from) && ends(1).contains(&to));
    assert!(ends(0).contains(&id("b")) && ends(1).contains(&id("b")));
    assert!(found.path.iter().all(|step| step.decision == PairDecision::Linked));
}

#[test]
fn what_would_part_two_records_is_tried_and_true() {
    let case = chain();
    let found = explain(&case.evidence, &Rules::shipped(), id("a"), id("c")).unwrap();
    let (left, right) = (id("a").min(id("c")), id("a").max(id("c")));
    assert_eq!(found.unmerge[0], Unmerge::Judge { left, right });
    for name in ["second", "second half"] {
        assert!(
            found
                .unmerge
                .contains(&Unmerge::WithdrawSource(SourceId::of_content(name.as_bytes()))),
            "{name}"
        );
    }
    assert_eq!(
        found.unmerge.len(),
        3,
        "withdrawing the others removes a record, it parts nothing"
    );
    let parted = case.judged(id("a"), id("c"), Verdict::Different);
    let after = explain(&parted.evidence, &Rules::shipped(), id("a"), id("c")).unwrap();
    assert_ne!(after.left, after.right);
    assert_eq!(after.pair.decision, PairDecision::JudgedDifferent);
}

#[test]
fn a_verdict_that_joins_can_be_withdrawn() {
    let case = chain().judged(id("c"), id("d"), Verdict::Same);
    let found = explain(&case.evidence, &Rules::shipped(), id("c"), id("d")).unwrap();
    let (left, right) = (id("c").min(id("d")), id("c").max(id("d")));
    assert_eq!(found.pair.decision, PairDecision::JudgedSame);
    assert!(
        found.unmerge.contains(&Unmerge::WithdrawVerdict { left, right }),
        "{:?}",
        found.unmerge
    );
}

#[test]
fn records_that_nothing_brought_together_are_compared_on_demand() {
    let found = explain(&chain().evidence, &Rules::shipped(), id("a"), id("d")).unwrap();
    assert_eq!(found.pair.decision, PairDecision::Rejected);
    assert!(found.pair.why.contains("Against it: name"), "{}", found.pair.why);
    assert!(found.path.is_empty() && found.unmerge.is_empty());
}

#[test]
fn entities_stand_by_their_best_pair() {
    let case = chain();
    let smallest = [id("a"), id("b"), id("c")].into_iter().min().unwrap();
    let found = explain(
        &case.evidence,
        &Rules::shipped(),
        EntityId::from(smallest),
        EntityId::from(id("d")),
    )
    .unwrap();
    assert_eq!(found.pair.decision, PairDecision::Rejected);
    assert_ne!(found.left, found.right);
}

#[test]
fn things_that_cannot_be_one_say_so() {
    let case = chain().file(
        "fifth",
        vec![vec![record(
            EntityKind::Email,
            "x",
            &[(Property::Email, "n@a.example")],
        )]],
    );
    let mail = |address: &str| RecordId::of_value("email", address);
    let rules = Rules::shipped();
    let two_mails = explain(&case.evidence, &rules, mail("m@a.example"), mail("n@a.example")).unwrap();
    assert!(
        two_mails.pair.why.contains("two values are two things"),
        "{}",
        two_mails.pair.why
    );
    let mixed = explain(&case.evidence, &rules, mail("m@a.example"), id("a")).unwrap();
    assert!(mixed.pair.why.contains("not one"), "{}", mixed.pair.why);
    assert_eq!(
        explain(&case.evidence, &rules, id("a"), id("a")),
        Err(ExplainError::Same)
    );
    let unknown = Subject::Record(id("nobody"));
    assert_eq!(
        explain(&case.evidence, &rules, id("nobody"), id("a")),
        Err(ExplainError::Unknown(unknown))
    );
}
