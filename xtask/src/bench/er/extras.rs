//! Figures that a program of its own tells. A further one is an entry here and an example that prints it. An argument that
//! is the name of a table stands for its path.

use super::promises::Bound;

/// An example program and what its figures must be.
pub(super) struct Extra {
    /// The word that chooses it.
    pub(super) name: &'static str,
    /// Example, as cargo names it.
    pub(super) example: &'static str,
    pub(super) arguments: &'static [&'static str],
    pub(super) promises: &'static [(&'static str, &'static str, &'static str, Bound)],
}

/// All of them; a promise is the figure's name, what it is, its unit and its bound.
pub(super) const EXTRAS: &[Extra] = &[
    Extra {
        name: "names",
        example: "names",
        arguments: &[],
        promises: &[
            (
                "names-random-million-a-cpu-sec",
                "full names compared in one second of one processor, random pairs",
                "million",
                Bound::AtLeast(5.0),
            ),
            (
                "names-alike-million-a-cpu-sec",
                "the same, pairs of different names that share a word",
                "million",
                Bound::AtLeast(5.0),
            ),
            (
                "names-prepared-million-a-cpu-sec",
                "full names prepared for comparing in one second of one processor",
                "million",
                Bound::Told,
            ),
        ],
    },
    Extra {
        name: "poison",
        example: "poison",
        arguments: &["10000", "7"],
        promises: &[
            (
                "poison-added-percent",
                "false pairs added to those of 10,000 clean rows by planted ones",
                "%",
                Bound::AtMost(0.1),
            ),
            (
                "poison-seen-percent",
                "planted rows that were named for what they are",
                "%",
                Bound::AtLeast(100.0),
            ),
        ],
    },
    Extra {
        name: "increments",
        example: "increment",
        arguments: &["own-1m-7", "20", "1000"],
        promises: &[
            (
                "median",
                "a thousand records more among a million, the same as in full: seconds of processors, median of twenty",
                "s",
                Bound::AtMost(1.0),
            ),
            ("worst", "the same, the slowest of twenty", "s", Bound::Told),
            (
                "whole-runs",
                "of these, how many passed a power of two and were worked out anew",
                "",
                Bound::Told,
            ),
        ],
    },
];
