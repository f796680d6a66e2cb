//! Something genuine, but old, put back: a page, the database, the key file, the whole case (R5).
//!
//! Each of these passes every check that encryption can make. Only what the computer remembers outside of the case
//! tells; a computer that has never seen the case has nothing to tell by, and says so.

use std::fs;

use crate::chance::Chance;
use crate::invented;
use crate::stage::{CASE, Stage, copy_tree, tree};
use crate::tally::{Held, Tally, hold, in_full};

const PAGE: usize = 4096;

/// A case at two states; the older one is kept in the folder `former`.
fn two_states() -> Option<Stage> {
    let stage = Stage::with_case()?;
    invented::tables(&stage.path("evidence"), &[60, 200]);
    let import = |part: &str| stage.ends(&["import", CASE, part], 0).map(drop);
    import("evidence/part-0.csv").unwrap();
    stage.ends(&["fuse", CASE], 0).unwrap();
    copy_tree(&stage.path(CASE), &stage.path("former"));
    import("evidence/part-1.csv").unwrap();
    stage
        .ends(
            &["withdraw", CASE, &first_source(&stage), "--reason", "a wrong file"],
            0,
        )
        .unwrap();
    stage.is_sound(CASE).unwrap();
    Some(stage)
}

fn first_source(stage: &Stage) -> String {
    stage.evidence(CASE).unwrap().sources[0].id.to_string()
}

/// Demands that `fusion verify` ends with the code, names something, and that nothing can be written any more.
fn is_told(stage: &Stage, code: i32) -> Held {
    let verified = stage.run(&["verify", CASE]);
    hold(verified.code == code, || {
        format!(
            "verify ended with {} instead of {code}: {}{}",
            verified.code, verified.out, verified.err
        )
    })?;
    let undone = stage.run(&["undo", CASE]);
    hold(undone.code == code, || {
        format!("undo ended with {} instead of {code}: {}", undone.code, undone.err)
    })
}

#[test]
fn an_old_page_put_back_ends_verify_with_5() {
    let Some(stage) = two_states() else { return };
    let (mut tally, mut chance) = (Tally::new("an old page put back"), Chance::new("old pages"));
    let file = stage.path(CASE).join("evidence.db");
    let (new, old) = (
        fs::read(&file).unwrap(),
        fs::read(stage.path("former/evidence.db")).unwrap(),
    );
    let changed: Vec<usize> = (0..old.len().min(new.len()) / PAGE)
        .filter(|page| old[page * PAGE..][..PAGE] != new[page * PAGE..][..PAGE])
        .collect();
    assert!(changed.len() > 5, "{} pages changed", changed.len());
    for page in chance.some_of(&changed, if in_full() { changed.len() } else { 6 }) {
        let mut mixed = new.clone();
        mixed[page * PAGE..][..PAGE].copy_from_slice(&old[page * PAGE..][..PAGE]);
        fs::write(&file, mixed).unwrap();
        let verified = stage.run(&["verify", CASE]);
        tally.round(
            format!("page {} of {}", page + 1, new.len() / PAGE),
            hold(verified.code == 5, || {
                format!("verify ended with {}: {}{}", verified.code, verified.out, verified.err)
            }),
        );
        fs::write(&file, &new).unwrap();
    }
    tally.round("mended", stage.is_sound(CASE));
    tally.figure(format!("{} pages changed between the two states", changed.len()));
    tally.finish();
}

#[test]
fn whatever_is_put_back_is_told_from_what_merely_travelled() {
    let Some(stage) = two_states() else { return };
    let mut tally = Tally::new("old database, old case, fork, second computer");

    let copy = stage.copy();
    fs::copy(copy.path("former/evidence.db"), copy.path(CASE).join("evidence.db")).unwrap();
    tally.round("the old database put back", is_told(&copy, 7));

    let copy = stage.copy();
    fs::remove_dir_all(copy.path(CASE)).unwrap();
    copy_tree(&copy.path("former"), &copy.path(CASE));
    let before = tree(&copy.path(CASE));
    tally.round("the old case put back", is_told(&copy, 7));
    tally.round(
        "the old case is left as it is",
        hold(
            tree(&copy.path(CASE)).get("evidence.db") == before.get("evidence.db"),
            || "the evidence was written to".to_owned(),
        ),
    );

    // Worked on elsewhere from the old state, then brought back: two histories.
    let elsewhere = stage.copy();
    fs::remove_dir_all(elsewhere.path("home")).unwrap();
    fs::remove_dir_all(elsewhere.path(CASE)).unwrap();
    copy_tree(&elsewhere.path("former"), &elsewhere.path(CASE));
    tally.round("an unknown computer reads", elsewhere.is_sound(CASE));
    tally.round(
        "an unknown computer writes",
        elsewhere.ends(&["undo", CASE], 0).map(drop),
    );
    tally.round("and knows it from then on", elsewhere.is_sound(CASE));
    let copy = stage.copy();
    fs::remove_dir_all(copy.path(CASE)).unwrap();
    copy_tree(&elsewhere.path(CASE), &copy.path(CASE));
    tally.round("a fork put back", is_told(&copy, 5));

    // The same case on a second computer, and with a memory that was lost, is no tampering.
    let copy = stage.copy();
    fs::remove_dir_all(copy.path("home")).unwrap();
    tally.round("a lost memory", copy.is_sound(CASE));
    tally.round("a lost memory, writing", copy.ends(&["undo", CASE], 0).map(drop));
    tally.round("a lost memory, afterwards", copy.is_sound(CASE));
    tally.finish();
}

#[test]
fn an_old_key_file_put_back_opens_nothing() {
    let Some(stage) = two_states() else { return };
    let mut tally = Tally::new("an old key file put back after a change of passphrase");
    let former = fs::read(stage.path(CASE).join("case.keys")).unwrap();
    if !stage.knows("keys") {
        return;
    }
    let change = [
        "keys",
        CASE,
        "change-passphrase",
        "--new-passphrase-file",
        "new-passphrase",
    ];
    stage.ends(&change, 0).unwrap();
    let by_new = stage.run_with_key("new-passphrase", &["undo", CASE]);
    tally.round("the new passphrase opens", hold(by_new.code == 0, || by_new.err));
    for name in ["case.keys", "case.keys.previous"] {
        let copy = stage.copy();
        fs::write(copy.path(CASE).join(name), &former).unwrap();
        let opened = copy.run(&["verify", CASE]);
        tally.round(
            format!("as {name}"),
            hold(matches!(opened.code, 4 | 5), || {
                format!("the old passphrase ends verify with {}: {}", opened.code, opened.out)
            }),
        );
    }
    tally.finish();
}
