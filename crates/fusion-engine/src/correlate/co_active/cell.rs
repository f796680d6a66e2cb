//! A leaky integrate-and-fire cell with two inputs, in integers.
//!
//! Each input has one synapse. A spike fills its synapse to one (1,000 thousandths); the charge leaks with the
//! half-life of the rules. The cell fires when both synapses together reach the threshold: one input alone, however
//! fast it spikes, never does, because a synapse holds one at most and the threshold is above one. Firing empties
//! both, and the cell is deaf for the refractory time.

use super::train::Spike;
use crate::confidence::left_after;
use crate::rules::CoActive;

/// Returns the largest distance in seconds of two spikes that still fires the cell.
pub(super) fn reach_secs(tuning: &CoActive) -> i64 {
    let half_life = half_life_secs(tuning);
    let fires = |lag: u64| charge(lag, half_life) + 1_000 >= u64::from(tuning.threshold);
    // Ten half-lives leave less than a thousandth: no threshold above one is reached from further away.
    let (mut near, mut far) = (0, half_life * 10);
    while near < far {
        let middle = (near + far).div_ceil(2);
        if fires(middle) { near = middle } else { far = middle - 1 }
    }
    near as i64
}

/// Returns the pairs of spikes that made the cell fire, by time.
pub(super) fn coincidences<'s>(
    tuning: &CoActive,
    left: &'s [Spike],
    right: &'s [Spike],
) -> Vec<(&'s Spike, &'s Spike)> {
    let half_life = half_life_secs(tuning);
    let refractory = i64::from(tuning.refractory_minutes) * 60;
    let mut inputs: Vec<(i64, usize, &Spike)> = left
        .iter()
        .map(|spike| (spike.secs, 0, spike))
        .chain(right.iter().map(|spike| (spike.secs, 1, spike)))
        .collect();
    inputs.sort_by_key(|(secs, input, _)| (*secs, *input));
    let mut synapses: [Option<&Spike>; 2] = [None, None];
    let mut deaf_until = i64::MIN;
    let mut fired = Vec::new();
    for (secs, input, spike) in inputs {
        if secs < deaf_until {
            continue;
        }
        synapses[input] = Some(spike);
        let [Some(one), Some(two)] = synapses else { continue };
        let held = |spike: &Spike| charge(secs.abs_diff(spike.secs), half_life);
        if held(one) + held(two) >= u64::from(tuning.threshold) {
            fired.push((one, two));
            synapses = [None, None];
            deaf_until = secs + refractory;
        }
    }
    fired
}

fn half_life_secs(tuning: &CoActive) -> u64 {
    u64::from(tuning.half_life_minutes.max(1)) * 60
}

/// Returns what is left of a full synapse after a lag, in thousandths, rounded down.
fn charge(lag_secs: u64, half_life_secs: u64) -> u64 {
    u64::from(left_after(lag_secs, half_life_secs).basis_points()) / 10
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::rules::Rules;
    use fusion_model::{Precision, TimeSpan, Timestamp};

    fn spikes(minutes: &[i64]) -> Vec<Spike> {
        let spike = |minute: &i64| {
            let start = Timestamp::from_secs(minute * 60);
            let span = TimeSpan {
                start,
                end: Timestamp(start.0 + 1_000),
                precision: Precision::Second,
                zone_known: true,
            };
            Spike {
                secs: minute * 60,
                span,
                positions: BTreeSet::new(),
                towards: BTreeSet::new(),
                rooms: BTreeSet::new(),
            }
        };
        minutes.iter().map(spike).collect()
    }

    #[test]
    fn the_cell_needs_both_inputs_close_together_and_rests_after_firing() {
        let tuning = Rules::shipped().correlation.co_active;
        let rows: [(&[i64], &[i64], usize); 6] = [
            (&[0, 1, 2, 3], &[], 0),
            (&[0], &[30], 1),
            (&[0], &[31], 0),
            (&[0, 5], &[1, 6], 1),
            (&[0, 300], &[1, 301], 2),
            (&[10], &[10], 1),
        ];
        for (left, right, fires) in rows {
            assert_eq!(
                coincidences(&tuning, &spikes(left), &spikes(right)).len(),
                fires,
                "{left:?} and {right:?}"
            );
            assert_eq!(
                coincidences(&tuning, &spikes(right), &spikes(left)).len(),
                fires,
                "{right:?} and {left:?}"
            );
        }
        assert_eq!(reach_secs(&tuning), 30 * 60);
    }
}
