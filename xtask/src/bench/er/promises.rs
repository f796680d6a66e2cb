//! What is promised of the resolver, and whether the figures of this run hold it.

use std::collections::BTreeMap;

use super::extras::EXTRAS;
use super::peers::{Peer, SPLINK};
use super::sets::Set;
use crate::options::Peers;

/// Figures by `set/who/what`.
pub(super) type Figures = BTreeMap<String, f64>;

/// What a figure must be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Bound {
    AtLeast(f64),
    AtMost(f64),
    Below(f64),
    /// Anything; it is only told.
    Told,
}

impl Bound {
    fn holds(self, value: f64) -> bool {
        match self {
            Self::AtLeast(least) => value >= least,
            Self::AtMost(most) => value <= most,
            Self::Below(most) => value < most,
            Self::Told => true,
        }
    }

    fn words(self) -> String {
        match self {
            Self::AtLeast(least) => format!("at least {least}"),
            Self::AtMost(most) => format!("at most {most}"),
            Self::Below(most) => format!("below {most}"),
            Self::Told => "–".to_owned(),
        }
    }
}

/// What became of a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    Yes,
    No,
    /// Its figure was not measured in this run.
    NotMeasured,
    /// It was left out on purpose, or its table cannot be had here.
    LeftOut,
}

/// One line of the table.
#[derive(Debug, Clone)]
pub(super) struct Promise {
    pub(super) what: String,
    pub(super) figure: String,
    pub(super) bound: String,
    pub(super) kept: Kept,
}

/// Why a promise whose figure is missing need not be kept.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scope<'a> {
    /// Tables that cannot be had here.
    pub(super) missing: &'a [String],
    pub(super) peers: Peers,
}

/// Judges all promises.
pub(super) fn judged(sets: &[Set], figures: &Figures, scope: Scope<'_>) -> Vec<Promise> {
    let mut promises = Vec::new();
    let value = |set: &str, what: &str| figures.get(&format!("{set}/ours/{what}")).copied();
    for set in sets {
        let is_missing = scope.missing.contains(&set.name);
        let mut add = |what: String, unit: &str, value: Option<f64>, bound: Bound| {
            promises.push(promise(format!("{}: {what}", set.name), unit, value, bound, is_missing));
        };
        let of = |what: &str| value(&set.name, what);
        add("B-cubed F1".to_owned(), "", of("b-cubed"), Bound::AtLeast(set.floor));
        let grown = of("largest")
            .zip(of("largest-true"))
            .map(|(largest, person)| largest / person);
        add(
            "largest entity beside the person with most rows".to_owned(),
            "×",
            grown,
            Bound::AtMost(1.5),
        );
        if set.rows == 10_000 {
            add(
                "seconds of processors, from the start of the program".to_owned(),
                "s",
                of("cpu"),
                Bound::Below(0.5),
            );
        }
        if set.rows == 1_000_000 {
            add(
                "seconds of processors, table in, entities out".to_owned(),
                "s",
                of("cpu"),
                Bound::AtMost(25.0),
            );
            add("seconds by the clock".to_owned(), "s", of("wall"), Bound::AtMost(15.0));
            add(
                "most memory held".to_owned(),
                "MB",
                of("megabytes"),
                Bound::AtMost(1_200.0),
            );
            let small = set.name.replace("-1m-", "-10k-");
            let fall = value(&small, "precision")
                .zip(of("precision"))
                .map(|(small, large)| (small - large) * 100.0);
            add(
                "fall of precision from 10,000 rows".to_owned(),
                "points",
                fall,
                Bound::AtMost(0.5),
            );
        }
    }
    promises.extend(beside_peers(sets, figures, scope));
    for extra in EXTRAS {
        for (name, what, unit, bound) in extra.promises {
            let value = figures.get(&format!("{}/ours/{name}", extra.name)).copied();
            promises.push(promise((*what).to_owned(), unit, value, *bound, false));
        }
    }
    promises
}

/// What is promised beside the resolvers of others, in the same run.
fn beside_peers(sets: &[Set], figures: &Figures, scope: Scope<'_>) -> Vec<Promise> {
    let left_out = scope.peers == Peers::LeftOut;
    let times = |set: &Set, peer: Peer, what: &str| {
        let of = |who: &str| figures.get(&format!("{}/{who}/{what}", set.name)).copied();
        of(peer.name).zip(of("ours")).map(|(theirs, ours)| theirs / ours)
    };
    let million = sets.iter().filter(|set| set.rows == 1_000_000 && set.has_peers());
    let row = |set: &Set| {
        let what = format!(
            "{}: processor time of Splink, which does not cluster here, beside ours",
            set.name
        );
        let is_missing = left_out || scope.missing.contains(&set.name);
        promise(what, "×", times(set, SPLINK, "cpu"), Bound::AtLeast(5.0), is_missing)
    };
    million.map(row).collect()
}

fn promise(what: String, unit: &str, value: Option<f64>, bound: Bound, may_be_missing: bool) -> Promise {
    let kept = match value {
        Some(value) if bound.holds(value) => Kept::Yes,
        Some(_) => Kept::No,
        None if may_be_missing => Kept::LeftOut,
        None => Kept::NotMeasured,
    };
    let figure = match value {
        Some(value) if unit.is_empty() => format!("{value:.4}"),
        Some(value) => format!("{value:.2} {unit}"),
        None => "not run".to_owned(),
    };
    Promise {
        what,
        figure,
        bound: bound.words(),
        kept,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::bench::er::sets;

    fn find<'a>(promises: &'a [Promise], words: &str) -> &'a Promise {
        promises.iter().find(|promise| promise.what.contains(words)).unwrap()
    }

    #[test]
    fn a_figure_that_was_not_measured_is_never_kept() {
        let all = sets::all();
        let scope = Scope {
            missing: &[],
            peers: Peers::Beside,
        };
        let none = judged(&all, &Figures::new(), scope);
        let told_or_not = |promise: &Promise| promise.kept == Kept::NotMeasured;
        assert!(none.iter().all(told_or_not), "{none:?}");
        let mut figures = Figures::new();
        for (name, value) in [
            ("own-1m-7/ours/b-cubed", 0.86),
            ("own-1m-7/ours/cpu", 26.0),
            ("own-1m-7/splink/cpu", 100.0),
            ("own-1m-7/ours/precision", 0.98),
            ("own-10k-7/ours/precision", 0.984),
        ] {
            figures.insert(name.to_owned(), value);
        }
        let some = judged(&all, &figures, scope);
        assert_eq!(find(&some, "own-1m-7: B-cubed").kept, Kept::Yes);
        assert_eq!(find(&some, "own-1m-7: seconds of processors").kept, Kept::No);
        assert_eq!(find(&some, "own-1m-7: processor time of Splink").kept, Kept::No);
        assert_eq!(find(&some, "own-1m-7: fall of precision").kept, Kept::Yes);
        assert_eq!(find(&some, "own-1m-7: most memory").kept, Kept::NotMeasured);
    }

    #[test]
    fn what_is_left_out_on_purpose_is_said_to_be() {
        let all = sets::all();
        let scope = Scope {
            missing: &["fake-1000".to_owned()],
            peers: Peers::LeftOut,
        };
        let promises = judged(&all, &Figures::new(), scope);
        assert_eq!(find(&promises, "fake-1000: B-cubed").kept, Kept::LeftOut);
        assert_eq!(
            find(&promises, "own-1m-7: processor time of Splink").kept,
            Kept::LeftOut
        );
        assert_eq!(find(&promises, "own-10k-7: B-cubed").kept, Kept::NotMeasured);
    }
}
