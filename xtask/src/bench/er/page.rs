//! The chapter of the resolver's figures.

use std::fmt::Write as _;

use super::promises::{Figures, Kept, Promise};
use super::sets::Set;

/// Writes the chapter.
pub(super) fn page(machine: &str, promises: &[Promise], sets: &[Set], figures: &Figures) -> String {
    let mut text = format!(
        "Written by `cargo xtask bench er`, never by hand: release builds, one set of rules for all tables, on {machine}.\n\
         Each table is resolved by the program `fusion resolve TABLE -o …` from its start to its end; a resolver of others is measured right after it\n\
         on the same table. Seconds depend on the machine and on what else it does.\n\n\
         `own` tables are invented by the generator in the tree, `synth` by a public one, with the seed at the end of the name.\n\n"
    );
    text.push_str(&promised(promises));
    text.push_str("\n### Table by table\n\nQuality is measured after clustering. Splink clusters no million rows here: its figures are those of its pairs.\n\n");
    text.push_str(&measured(sets, figures));
    text.push_str("\n### Where true pairs are lost\n\nShares of all pairs of rows of one person, in percent.\n\n");
    text.push_str(&losses(sets, figures));
    text
}

/// The promises as a table.
pub(super) fn promised(promises: &[Promise]) -> String {
    let mut text = String::from("| what | figure | promised | held |\n|---|---|---|---|\n");
    for Promise {
        what,
        figure,
        bound,
        kept,
    } in promises
    {
        let held = match kept {
            Kept::Yes => "yes",
            Kept::No => "**no**",
            Kept::NotMeasured => "**not run**",
            Kept::LeftOut => "left out",
        };
        let _ = writeln!(text, "| {what} | {figure} | {bound} | {held} |");
    }
    text
}

fn measured(sets: &[Set], figures: &Figures) -> String {
    let mut text = String::from(
        "| table | resolver | B-cubed F1 | precision | recall | pair F1 | largest (true) | CPU s | wall s | peak MB |\n|---|---|---|---|---|---|---|---|---|---|\n",
    );
    for set in sets {
        for (who, name) in [
            ("ours", "**fusion**"),
            ("splink", "Splink 4"),
            ("ecm", "recordlinkage ECM"),
        ] {
            let of = |what: &str| figures.get(&format!("{}/{who}/{what}", set.name)).copied();
            let shown =
                |value: Option<f64>, places: usize| value.map_or("–".to_owned(), |value| format!("{value:.places$}"));
            if of("cpu").is_none() {
                continue;
            }
            let _ = writeln!(
                text,
                "| {} | {name} | {} | {} | {} | {} | {} ({}) | {} | {} | {} |",
                set.name,
                shown(of("b-cubed"), 4),
                shown(of("precision"), 4),
                shown(of("recall"), 4),
                shown(of("pair-f1"), 4),
                shown(of("largest"), 0),
                shown(of("largest-true"), 0),
                shown(of("cpu"), 2),
                shown(of("wall"), 2),
                shown(of("megabytes"), 0),
            );
        }
    }
    text
}

fn losses(sets: &[Set], figures: &Figures) -> String {
    let mut text = String::from(
        "| table | met no key | compared and rejected | wait for a verdict | linked, but kept apart |\n|---|---|---|---|---|\n",
    );
    for set in sets {
        let of = |what: &str| figures.get(&format!("{}/ours/lost-{what}", set.name)).copied();
        let all = ["unblocked", "rejected", "in-review", "parted"].map(of);
        if let [Some(unblocked), Some(rejected), Some(in_review), Some(parted)] = all {
            let percent = [unblocked, rejected, in_review, parted].map(|share| format!("{:.2}", share * 100.0));
            let _ = writeln!(text, "| {} | {} |", set.name, percent.join(" | "));
        }
    }
    text
}
