//! The truth table of judgements, enumerated.

use fusion_model::JudgementState;

const STATES: [JudgementState; 5] = JudgementState::ALL;

#[test]
fn combining_is_commutative_associative_idempotent_with_open_as_neutral() {
    for a in STATES {
        assert_eq!(a.combine(a), a);
        assert_eq!(a.combine(JudgementState::Open), a);
        for b in STATES {
            assert_eq!(a.combine(b), b.combine(a));
            for c in STATES {
                assert_eq!(a.combine(b).combine(c), a.combine(b.combine(c)), "{a:?} {b:?} {c:?}");
            }
        }
    }
}

#[test]
fn the_table_is_the_documented_one() {
    use JudgementState::{Contradiction as C, Different as D, Open as O, Same as S, Unsure as U};
    let table = [
        [O, S, D, U, C],
        [S, S, C, S, C],
        [D, C, D, D, C],
        [U, S, D, U, C],
        [C, C, C, C, C],
    ];
    for (row, a) in table.iter().zip(STATES) {
        for (cell, b) in row.iter().zip(STATES) {
            assert_eq!(a.combine(b), *cell, "{a:?} + {b:?}");
        }
    }
}
