//! Resolving a plain table: rows in, entities out, without a case.
//!
//! The table is read as the resolver reads it, resolved under the rules in force and written back as two columns, record
//! and entity; on request also the pairs that were linked or wait for a person. Files are written whole or not at all.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use fusion_engine::rules::Rules;
use fusion_resolve::block::KeyFamily;
use fusion_resolve::odds::probability;
use fusion_resolve::table::{self, Table, TableError};
use fusion_resolve::{Decision, Outcome, learn, resolve};
use serde::Serialize;

mod learned;
mod noticed;

pub use learned::LessonView;
pub use noticed::{BridgeView, CrowdView, HubView, MixedScriptView, NoticedView};

use crate::error::{ApiError, Code};
use crate::whole_file::write_whole;

/// Names the files of a run.
#[derive(Debug, Clone)]
pub struct TableOrder {
    /// The table.
    pub table: PathBuf,
    /// Where entities go.
    pub clusters: PathBuf,
    /// Where pairs go, if anywhere.
    pub pairs: Option<PathBuf>,
    /// What columns mean, where their names do not say it.
    pub mapping: Option<PathBuf>,
    /// Where a rules file goes with the weights that the table suggests, if anywhere; nothing is applied.
    pub learn: Option<PathBuf>,
}

/// Tells what became of a table.
#[derive(Debug, Clone, Serialize)]
pub struct TableView {
    /// Rows.
    pub records: u64,
    /// Entities they became.
    pub entities: u64,
    /// Records of the largest entity.
    pub largest: u64,
    /// Pairs that were compared.
    pub compared: u64,
    /// Pairs that may be joined.
    pub linked: u64,
    /// Pairs that wait for a person.
    pub in_review: u64,
    /// Columns that were passed over.
    pub unread: Vec<String>,
    /// Cells that could not be read as their column says.
    pub refused: Vec<RefusedView>,
    /// Keys that were too common.
    pub capped: Vec<CappedView>,
    /// Groups that grew beyond the limit before stronger evidence was asked for.
    pub oversize: u64,
    /// What somebody may have planted.
    pub noticed: NoticedView,
    /// Weights that the table suggests, if that was asked for.
    pub lessons: Vec<LessonView>,
    /// Seconds by stage, in order.
    pub stages: Vec<StageView>,
    /// Most memory that was held at a time, in bytes; nothing where the system does not tell.
    pub peak_memory: Option<u64>,
}

/// Counts cells that could not be read.
#[derive(Debug, Clone, Serialize)]
pub struct RefusedView {
    /// Column.
    pub column: String,
    /// Cells.
    pub cells: u64,
}

/// Counts keys that too many records share.
#[derive(Debug, Clone, Serialize)]
pub struct CappedView {
    /// Family of keys.
    pub family: String,
    /// Keys that count only together with a second value, or not at all.
    pub keys: u64,
    /// Keys of two values that were too common as well.
    pub lost: u64,
}

/// Tells how long a stage took.
#[derive(Debug, Clone, Serialize)]
pub struct StageView {
    /// Stage.
    pub stage: String,
    /// Seconds by the clock.
    pub secs: f64,
}

/// Resolves a table.
pub fn resolve_table(order: &TableOrder, rules: &Rules) -> Result<TableView, ApiError> {
    let outputs = [Some(&order.clusters), order.pairs.as_ref(), order.learn.as_ref()];
    if outputs.into_iter().flatten().any(|path| is_same(path, &order.table)) {
        return Err(ApiError::usage("the result would overwrite the table"));
    }
    if outputs
        .iter()
        .enumerate()
        .any(|(at, path)| path.is_some() && outputs[..at].contains(path))
    {
        return Err(ApiError::usage("entities, pairs and rules cannot go into one file"));
    }
    let mut watch = Stopwatch::start();
    let table = read(order)?;
    watch.lap("read");
    let model = fusion_engine::resolve::model(rules);
    let outcome = resolve(&table.values, &table.records, &model, &mut |stage| watch.lap(stage)).map_err(|error| {
        ApiError::new(Code::Failed, error.to_string())
            .hint("raise entity_resolution.pair_budget in a rules file, or split the table")
    })?;
    whole(&order.clusters, |file| write_clusters(file, &table, &outcome))?;
    if let Some(pairs) = &order.pairs {
        whole(pairs, |file| write_pairs(file, &table, &outcome))?;
    }
    watch.lap("write");
    let mut lessons = Vec::new();
    if let Some(path) = &order.learn {
        let learned = learn(&table.values, &table.records, &model);
        let learned = learned.map_err(|error| ApiError::new(Code::Failed, error.to_string()))?;
        let (text, _) = learned::proposal(&learned, &model)?;
        whole(path, |file| file.write_all(text.as_bytes()))?;
        lessons = learned.levels.iter().map(LessonView::of).collect();
        watch.lap("learn");
    }
    Ok(TableView {
        lessons,
        ..view(&table, &outcome, watch)
    })
}

fn read(order: &TableOrder) -> Result<Table, ApiError> {
    let mapping = match &order.mapping {
        Some(path) => std::fs::read_to_string(path)
            .map_err(|error| ApiError::usage(format!("the mapping cannot be read: {error}: {}", path.display())))?,
        None => String::new(),
    };
    let refuse = |error: &dyn std::fmt::Display| {
        ApiError::usage(format!("the table cannot be read: {error}: {}", order.table.display()))
    };
    let file = File::open(&order.table).map_err(|error| refuse(&error))?;
    let mut reader = BufReader::with_capacity(1 << 20, file);
    let head = reader.fill_buf().map_err(|error| refuse(&error))?;
    let delimiter = table::delimiter_of(&String::from_utf8_lossy(head));
    table::read(reader, delimiter, &mapping).map_err(|error| {
        let hint = match error {
            TableError::Columns(_) | TableError::Empty => {
                "the first line names the columns; `--mapping FILE` says what a column means, as `Column = phone`"
            }
            _ => "mend the table and run again; nothing was written",
        };
        refuse(&error).hint(hint)
    })
}

fn write_clusters(file: &mut dyn Write, table: &Table, outcome: &Outcome) -> std::io::Result<()> {
    writeln!(file, "record_id,entity_id")?;
    for (id, group) in table.ids.iter().zip(&outcome.group_of) {
        writeln!(file, "{},{}", Field(id), Field(&table.ids[*group as usize]))?;
    }
    Ok(())
}

fn write_pairs(file: &mut dyn Write, table: &Table, outcome: &Outcome) -> std::io::Result<()> {
    writeln!(file, "left,right,score_millibits,probability,verdict")?;
    for pair in &outcome.pairs {
        let verdict = match pair.decision {
            Decision::Linked => "link",
            Decision::Review => "review",
            Decision::Rejected => continue,
        };
        let (left, right) = (&table.ids[pair.left as usize], &table.ids[pair.right as usize]);
        let millionths = probability(fusion_model::MilliBits(pair.score));
        let (whole, part) = (millionths / 1_000_000, millionths % 1_000_000);
        writeln!(
            file,
            "{},{},{},{whole}.{part:06},{verdict}",
            Field(left),
            Field(right),
            pair.score
        )?;
    }
    Ok(())
}

/// Writes a cell of a table, quoted where it has to be; an id stays as it is, so that the result can be joined to the table.
struct Field<'a>(&'a str);

impl std::fmt::Display for Field<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let quoted = self.0.contains([',', '"', '\n', '\r']);
        if quoted {
            write!(f, "\"{}\"", self.0.replace('"', "\"\""))
        } else {
            f.write_str(self.0)
        }
    }
}

fn whole(path: &Path, write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> Result<(), ApiError> {
    write_whole(path, write)
        .map_err(|error| ApiError::new(Code::Failed, format!("cannot be written: {error}: {}", path.display())))
}

fn is_same(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

fn view(table: &Table, outcome: &Outcome, watch: Stopwatch) -> TableView {
    let mut sizes = vec![0u64; table.ids.len()];
    for group in &outcome.group_of {
        sizes[*group as usize] += 1;
    }
    let decided = |decision| outcome.pairs.iter().filter(|pair| pair.decision == decision).count() as u64;
    let capped = KeyFamily::ALL
        .into_iter()
        .zip(outcome.capped)
        .filter(|(_, counts)| counts.0 > 0);
    TableView {
        records: table.ids.len() as u64,
        entities: sizes.iter().filter(|size| **size > 0).count() as u64,
        largest: sizes.iter().copied().max().unwrap_or_default(),
        compared: outcome.compared,
        linked: decided(Decision::Linked),
        in_review: decided(Decision::Review),
        unread: table.unread.clone(),
        refused: table
            .refused
            .iter()
            .map(|(column, cells)| RefusedView {
                column: column.clone(),
                cells: *cells,
            })
            .collect(),
        capped: capped
            .map(|(family, (keys, lost))| CappedView {
                family: family.label().to_owned(),
                keys,
                lost,
            })
            .collect(),
        oversize: outcome.oversize.len() as u64,
        noticed: NoticedView::of(table, outcome),
        lessons: Vec::new(),
        stages: watch.laps,
        peak_memory: peak_memory(),
    }
}

/// Reads the high-water mark of this process where the system tells it.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kibibytes * 1_024)
}

struct Stopwatch {
    last: Instant,
    laps: Vec<StageView>,
}

impl Stopwatch {
    fn start() -> Self {
        Self {
            last: Instant::now(),
            laps: Vec::new(),
        }
    }

    fn lap(&mut self, stage: &str) {
        let now = Instant::now();
        self.laps.push(StageView {
            stage: stage.to_owned(),
            secs: (now - self.last).as_millis() as f64 / 1_000.0,
        });
        self.last = now;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn order(folder: &Path) -> TableOrder {
        TableOrder {
            table: folder.join("people.csv"),
            clusters: folder.join("clusters.csv"),
            pairs: Some(folder.join("pairs.csv")),
            mapping: None,
            learn: None,
        }
    }

    #[test]
    fn a_table_becomes_entities_and_pairs() {
        let folder = tempfile::tempdir().unwrap();
        let order = order(folder.path());
        let rows = "id;name;e-mail;born\n\"b,1\";Mara Ellison;mara.ellison77@mail.example;1988-03-04\na;M. Ellison;MARA.ELLISON77@mail.example;\nc;Piet van Dijk;;\n";
        std::fs::write(&order.table, rows).unwrap();
        let view = resolve_table(&order, &Rules::shipped()).unwrap();
        assert_eq!((view.records, view.entities, view.largest, view.linked), (3, 2, 2, 1));
        let clusters = std::fs::read_to_string(&order.clusters).unwrap();
        assert_eq!(clusters, "record_id,entity_id\na,a\n\"b,1\",a\nc,c\n");
        let pairs = std::fs::read_to_string(order.pairs.as_ref().unwrap()).unwrap();
        assert!(pairs.lines().nth(1).unwrap().starts_with("a,\"b,1\","), "{pairs}");
        assert!(pairs.trim_end().ends_with(",link"), "{pairs}");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 3);
    }

    #[test]
    fn a_bad_table_leaves_no_result() {
        let folder = tempfile::tempdir().unwrap();
        let mut order = order(folder.path());
        std::fs::write(&order.table, "id,name\na,Mara\na,Piet\n").unwrap();
        let error = resolve_table(&order, &Rules::shipped()).unwrap_err();
        assert!(
            error.message.contains("two rows have the id") && error.code == Code::Usage,
            "{error:?}"
        );
        assert!(!order.clusters.exists());
        order.clusters.clone_from(&order.table);
        let error = resolve_table(&order, &Rules::shipped()).unwrap_err();
        assert!(error.message.contains("overwrite"), "{error:?}");
    }
}
