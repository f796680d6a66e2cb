//! Which backups are kept: pure, from the present moment and what there is.
//!
//! Kept are the newest; the latest of each of the last seven days; the latest of each week for thirty days; the latest of
//! each month for 365 days; and the newest that was tested and found whole, since it is the only one known to be good.

use std::collections::BTreeSet;

use fusion_model::Timestamp;

const DAY: i64 = 24 * 60 * 60 * 1000;
const DAILY: i64 = 7;
const WEEKLY: i64 = 30;
const MONTHLY: i64 = 365;

/// Says why a backup is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// It is the newest.
    Newest,
    /// It is the latest of one of the last seven days.
    Daily,
    /// It is the latest of a week within thirty days.
    Weekly,
    /// It is the latest of a month within 365 days.
    Monthly,
    /// It is the newest that was tested and found whole.
    Tested,
}

impl Kept {
    /// Returns the stable name.
    pub fn id(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Monthly => "monthly",
            Self::Tested => "kept",
        }
    }
}

/// Holds what rotation must know of one backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rotated {
    /// When it was made.
    pub at: Timestamp,
    /// Whether a test found it whole.
    pub whole: bool,
}

/// Says for each backup why it is kept; `None` for those that may go. A clock that went back removes nothing newer.
pub fn rotate(now: Timestamp, backups: &[Rotated]) -> Vec<Option<Kept>> {
    let mut latest_first: Vec<usize> = (0..backups.len()).collect();
    latest_first.sort_by_key(|index| std::cmp::Reverse((backups[*index].at, *index)));
    let tested = latest_first.iter().copied().find(|index| backups[*index].whole);
    let (mut days, mut weeks, mut months) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut kept = vec![None; backups.len()];
    for (rank, index) in latest_first.into_iter().enumerate() {
        let day = backups[index].at.0.div_euclid(DAY);
        let age = now.0.div_euclid(DAY) - day;
        let month = backups[index].at.iso_day().get(..7).map(str::to_owned);
        // Day 0 was a Thursday; weeks begin on Mondays.
        let (new_day, new_week, new_month) = (
            days.insert(day),
            weeks.insert((day + 3).div_euclid(7)),
            months.insert(month),
        );
        kept[index] = if rank == 0 || age < 0 {
            Some(Kept::Newest)
        } else if new_day && age < DAILY {
            Some(Kept::Daily)
        } else if new_week && age < WEEKLY {
            Some(Kept::Weekly)
        } else if new_month && age < MONTHLY {
            Some(Kept::Monthly)
        } else if Some(index) == tested {
            Some(Kept::Tested)
        } else {
            None
        };
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_700_000_000_000;

    fn rotated(ages_in_hours: &[i64]) -> Vec<Option<&'static str>> {
        let backups: Vec<Rotated> = ages_in_hours
            .iter()
            .map(|hours| Rotated {
                at: Timestamp(NOW - hours * 60 * 60 * 1000),
                whole: false,
            })
            .collect();
        let kept = rotate(Timestamp(NOW), &backups);
        kept.into_iter().map(|kept| kept.map(Kept::id)).collect()
    }

    #[test]
    fn the_latest_of_each_day_week_and_month_is_kept() {
        // 2023-11-14 is a Tuesday, 22:13 UTC.
        let rows: [(&[i64], &[Option<&str>]); 5] = [
            (&[], &[]),
            (&[24 * 900], &[Some("newest")]),
            (&[0, 1, 2], &[Some("newest"), None, None]),
            (&[0, 23, 24, 25], &[Some("newest"), Some("daily"), None, None]),
            (&[-48, 0], &[Some("newest"), Some("daily")]),
        ];
        for (ages, expected) in rows {
            assert_eq!(rotated(ages), expected, "{ages:?}");
        }
    }

    #[test]
    fn a_daily_habit_of_years_comes_to_seven_days_four_weeks_and_a_year_of_months() {
        let mut alive: Vec<Rotated> = Vec::new();
        for day in 0..800 {
            let now = Timestamp(NOW + day * DAY);
            alive.push(Rotated { at: now, whole: false });
            let kept = rotate(now, &alive);
            alive = alive
                .into_iter()
                .zip(kept)
                .filter_map(|(backup, kept)| kept.map(|_| backup))
                .collect();
        }
        let now = Timestamp(NOW + 799 * DAY);
        let count = |wanted: Kept| {
            rotate(now, &alive)
                .into_iter()
                .filter(|kept| *kept == Some(wanted))
                .count()
        };
        assert_eq!(count(Kept::Newest), 1);
        assert_eq!(count(Kept::Daily), 6);
        assert!((3..=4).contains(&count(Kept::Weekly)), "{}", count(Kept::Weekly));
        assert!((10..=12).contains(&count(Kept::Monthly)), "{}", count(Kept::Monthly));
        assert!(alive.iter().all(|backup| now.0 - backup.at.0 < 366 * DAY));
    }

    #[test]
    fn the_only_one_known_to_be_whole_never_goes() {
        let aged = |days: i64, whole| Rotated {
            at: Timestamp(NOW - days * DAY),
            whole,
        };
        let kept = rotate(Timestamp(NOW), &[aged(0, false), aged(500, true), aged(600, true)]);
        assert_eq!(kept, [Some(Kept::Newest), Some(Kept::Tested), None]);
        let kept = rotate(Timestamp(NOW), &[aged(0, true), aged(500, true)]);
        assert_eq!(kept, [Some(Kept::Newest), None]);
    }
}
