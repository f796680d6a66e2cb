//! How good entities are beside the truth: B-cubed and pairs, after clustering, the same for everybody who is measured.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

/// What a result is worth.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Quality {
    /// Average share, over records, of a record's entity that is of its person.
    pub(super) precision: f64,
    /// Average share, over records, of a record's person that is in its entity.
    pub(super) recall: f64,
    /// The same two over pairs of records.
    pub(super) pair_precision: f64,
    pub(super) pair_recall: f64,
    /// Records of the largest entity.
    pub(super) largest: u64,
    /// Records of the person with most of them.
    pub(super) largest_true: u64,
}

impl Quality {
    /// The harmonic mean over records (B-cubed F1).
    pub(super) fn b_cubed(&self) -> f64 {
        harmonic(self.precision, self.recall)
    }

    /// The harmonic mean over pairs.
    pub(super) fn pair_f1(&self) -> f64 {
        harmonic(self.pair_precision, self.pair_recall)
    }

    /// Weighs entities against people: each record is `(entity, person)`.
    pub(super) fn of(records: &[(u32, u32)]) -> Self {
        let counted = |key: &dyn Fn(&(u32, u32)) -> u64| {
            let mut keys: Vec<u64> = records.iter().map(key).collect();
            keys.sort_unstable();
            let runs = keys.chunk_by(|one, other| one == other);
            runs.map(|run| (run[0], run.len() as u64)).collect::<Vec<_>>()
        };
        let entities = counted(&|record| u64::from(record.0));
        let people = counted(&|record| u64::from(record.1));
        let both = counted(&|record| u64::from(record.0) << 32 | u64::from(record.1));
        let size = |sizes: &[(u64, u64)], key: u64| {
            sizes
                .binary_search_by_key(&key, |entry| entry.0)
                .map_or(0, |at| sizes[at].1) as f64
        };
        let total = records.len().max(1) as f64;
        let share = |of: &dyn Fn(u64) -> f64| {
            both.iter()
                .map(|(key, count)| (count * count) as f64 / of(*key))
                .sum::<f64>()
                / total
        };
        let pairs = |sizes: &[(u64, u64)]| sizes.iter().map(|(_, count)| count * (count - 1) / 2).sum::<u64>() as f64;
        let largest = |sizes: &[(u64, u64)]| sizes.iter().map(|entry| entry.1).max().unwrap_or_default();
        let ratio = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 1.0 };
        Self {
            precision: share(&|key| size(&entities, key >> 32)),
            recall: share(&|key| size(&people, key & u64::from(u32::MAX))),
            pair_precision: ratio(pairs(&both), pairs(&entities)),
            pair_recall: ratio(pairs(&both), pairs(&people)),
            largest: largest(&entities),
            largest_true: largest(&people),
        }
    }

    /// Reads entities and truth. A record that the result leaves out stands for itself.
    ///
    /// # Errors
    /// A file cannot be read, or the result names a record that the truth does not know.
    pub(super) fn read(clusters: &Path, truth: &Truth) -> Result<Self> {
        let text = read(clusters)?;
        let mut entities: HashMap<&str, u32> = HashMap::new();
        let mut found: HashMap<&str, u32> = HashMap::new();
        for (at, line) in text.lines().enumerate().skip(1).filter(|(_, line)| !line.is_empty()) {
            let Some((record, entity)) = line.split_once(',') else {
                bail!("{}: line {} has no entity", clusters.display(), at + 1);
            };
            let (record, entity) = (unquoted(record), unquoted(entity));
            if !truth.0.contains_key(record) {
                bail!(
                    "{}: line {} names a record that is not in the truth",
                    clusters.display(),
                    at + 1
                );
            }
            let next = entities.len() as u32;
            found.insert(record, *entities.entry(entity).or_insert(next));
        }
        let mut alone = entities.len() as u32;
        let mut records: Vec<(u32, u32)> = Vec::with_capacity(truth.0.len());
        let mut names: Vec<(&String, &u32)> = truth.0.iter().collect();
        names.sort_unstable();
        for (record, person) in names {
            let entity = found.get(record.as_str()).copied().unwrap_or_else(|| {
                alone += 1;
                alone
            });
            records.push((entity, *person));
        }
        Ok(Self::of(&records))
    }
}

fn harmonic(one: f64, other: f64) -> f64 {
    if one + other > 0.0 {
        2.0 * one * other / (one + other)
    } else {
        0.0
    }
}

/// The person of each record.
pub(super) struct Truth(HashMap<String, u32>);

/// Where the truth of a table stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TruthIn {
    /// In a second table, `record_id,cluster_id,…`.
    Beside,
    /// In the column `cluster` of the table itself.
    Column,
    /// In ids such as `rec-7-dup-0`.
    Ids,
}

impl Truth {
    /// Reads the truth of a table.
    ///
    /// # Errors
    /// A file cannot be read, or a row has no truth.
    pub(super) fn read(table: &Path, beside: &Path, place: TruthIn) -> Result<Self> {
        let text = read(if place == TruthIn::Beside { beside } else { table })?;
        let mut lines = text.lines();
        let header: Vec<&str> = lines.next().unwrap_or_default().split(',').map(str::trim).collect();
        let column = match place {
            TruthIn::Beside => 1,
            TruthIn::Column => header
                .iter()
                .position(|name| *name == "cluster")
                .context("the table has no column `cluster`")?,
            TruthIn::Ids => 0,
        };
        let mut people: HashMap<&str, u32> = HashMap::new();
        let mut truth = HashMap::new();
        for line in lines.filter(|line| !line.is_empty()) {
            // None of these tables quotes a cell before the truth.
            let cells: Vec<&str> = line.split(',').map(str::trim).collect();
            let (id, label) = (cells[0], cells.get(column).copied().context("a row has no truth")?);
            let label = match place {
                TruthIn::Ids => label.split('-').nth(1).context("an id has no number")?,
                _ => label,
            };
            let next = people.len() as u32;
            truth.insert(unquoted(id).to_owned(), *people.entry(label).or_insert(next));
        }
        Ok(Self(truth))
    }
}

fn unquoted(cell: &str) -> &str {
    cell.trim().trim_matches('"')
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn quality_follows_its_definition() {
        // Two people of three and one records; one record of the first went to the second.
        let quality = Quality::of(&[(0, 0), (0, 0), (1, 0), (1, 1)]);
        let near = |one: f64, other: f64| (one - other).abs() < 1e-9;
        assert!(near(quality.precision, (1.0 + 1.0 + 0.5 + 0.5) / 4.0), "{quality:?}");
        assert!(
            near(quality.recall, (2.0 / 3.0 + 2.0 / 3.0 + 1.0 / 3.0 + 1.0) / 4.0),
            "{quality:?}"
        );
        assert!(
            near(quality.pair_precision, 0.5) && near(quality.pair_recall, 1.0 / 3.0),
            "{quality:?}"
        );
        assert_eq!((quality.largest, quality.largest_true), (2, 3));
        assert!(near(Quality::of(&[(0, 0), (1, 1)]).b_cubed(), 1.0));
    }

    #[test]
    fn truth_is_read_wherever_it_stands_and_records_left_out_stand_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("table"), "unique_id,name,cluster\n1,a,7\n2,b,7\n3,c,8\n").unwrap();
        let truth = Truth::read(&path("table"), Path::new(""), TruthIn::Column).unwrap();
        fs::write(path("found"), "record_id,entity_id\n1,1\n2,\"1\"\n").unwrap();
        let quality = Quality::read(&path("found"), &truth).unwrap();
        assert!((quality.b_cubed() - 1.0).abs() < 1e-9, "{quality:?}");
        fs::write(path("found"), "record_id,entity_id\n9,1\n").unwrap();
        assert!(
            Quality::read(&path("found"), &truth)
                .unwrap_err()
                .to_string()
                .contains("line 2")
        );
        fs::write(path("febrl"), "rec_id,name\nrec-1-org,a\nrec-1-dup-0,b\nrec-2-org,c\n").unwrap();
        let truth = Truth::read(&path("febrl"), Path::new(""), TruthIn::Ids).unwrap();
        assert_eq!(truth.0["rec-1-org"], truth.0["rec-1-dup-0"]);
        assert_ne!(truth.0["rec-1-org"], truth.0["rec-2-org"]);
    }
}
