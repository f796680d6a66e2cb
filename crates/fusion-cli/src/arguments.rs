//! The command line, declared.

mod choices;
mod keys;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

pub use choices::{GraphQuestion, Listed, Number, RulesQuestion, VerdictArgument};
pub use keys::{KeyMode, KeysAction, NewKey};

/// A desktop workbench for investigators, without its window.
#[derive(Debug, Parser)]
#[command(name = "fusion", version, arg_required_else_help = true, max_term_width = 100)]
pub struct Arguments {
    /// Print one JSON document on standard output.
    #[arg(long, global = true)]
    pub json: bool,
    /// Print nothing but errors.
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// File whose first line is the passphrase (also: FUSION_PASSPHRASE_FILE).
    #[arg(long, global = true, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
    /// File with the printed recovery code, to open a case without its passphrase.
    #[arg(long, global = true, value_name = "FILE", conflicts_with = "passphrase_file")]
    pub recovery_file: Option<PathBuf>,
    /// File with a private age key (AGE-SECRET-KEY-…), to open a case that was shared with it.
    #[arg(long, global = true, value_name = "FILE", conflicts_with_all = ["passphrase_file", "recovery_file"])]
    pub identity_file: Option<PathBuf>,
    /// Show the case as it was right after this operation (`fusion log` lists them); nothing can be changed then.
    #[arg(long, global = true, value_name = "OPERATION")]
    pub as_of: Option<String>,
    /// Write to a case on a network or in a synchronised folder all the same, and say why; logged.
    #[arg(long, global = true, value_name = "REASON")]
    pub anyway: Option<String>,
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Create an encrypted case.
    #[command(after_help = "Example: fusion new nightjar.fusion --name Nightjar --region NL")]
    New {
        /// Folder to create, exactly.
        case: PathBuf,
        /// Name of the case; the folder's name otherwise.
        #[arg(long)]
        name: Option<String>,
        /// Region for phone numbers without country code, e.g. NL.
        #[arg(long, default_value = "")]
        region: String,
        /// Fill it with the sample evidence and fuse.
        #[arg(long)]
        sample: bool,
    },
    /// Import files and folders.
    #[command(after_help = "Example: fusion import nightjar.fusion downloads/ --plan")]
    Import {
        /// The case.
        case: PathBuf,
        /// Files, or folders with everything below them.
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        /// Source kind, e.g. osint, breach, blockchain.
        #[arg(long)]
        kind: Option<String>,
        /// Importer, instead of detection by content.
        #[arg(long)]
        format: Option<String>,
        /// Column mapping for the generic importers.
        #[arg(long, value_name = "FILE")]
        mapping: Option<PathBuf>,
        /// Subject, for formats that do not carry it (the address a breach look-up was made for).
        #[arg(long, value_name = "VALUE")]
        subject: Option<String>,
        /// Admiralty grade of source and items, e.g. B2.
        #[arg(long)]
        grade: Option<String>,
        /// Keep the clear text of passwords and the like, sealed apart; only fingerprints otherwise.
        #[arg(long)]
        keep_secrets: bool,
        /// Why content that was erased from the case is imported again.
        #[arg(long, value_name = "REASON")]
        again: Option<String>,
        /// Say what would happen; store nothing.
        #[arg(long)]
        plan: bool,
    },
    /// Erase sources, or what speaks of entities, for good.
    #[command(
        after_help = "Example: fusion erase nightjar.fusion \"Mara Ellison\" --reason \"request of the subject\""
    )]
    Erase {
        /// The case.
        case: PathBuf,
        /// Source ids, or entity ids, names or identifiers: then every observation that speaks of them.
        #[arg(required = true)]
        targets: Vec<String>,
        /// Why, and on what ground.
        #[arg(long, required_unless_present = "plan")]
        reason: Option<String>,
        /// Say what would go, and which copies would stay; erase nothing.
        #[arg(long)]
        plan: bool,
    },
    /// Show a secret whose clear text was kept; the look is logged.
    #[command(after_help = "Example: fusion reveal nightjar.fusion 4be1… --reason \"to warn its owner\"")]
    Reveal {
        /// The case.
        case: PathBuf,
        /// Statement id.
        statement: String,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// Take an import back.
    #[command(after_help = "Example: fusion withdraw nightjar.fusion 3f9a… --reason \"wrong person\"")]
    Withdraw {
        /// The case.
        case: PathBuf,
        /// Source id, or the start of one.
        source: String,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// Bring everything derived up to date.
    #[command(after_help = "Example: fusion fuse nightjar.fusion --json")]
    Fuse {
        /// The case.
        case: PathBuf,
        /// Rules file on top of the shipped rules (also: FUSION_CONFIG).
        #[arg(long, value_name = "FILE")]
        rules: Option<PathBuf>,
        /// Recompute even when nothing has changed.
        #[arg(long)]
        full: bool,
    },
    /// List things.
    #[command(after_help = "Example: fusion list nightjar.fusion entities --kind person --json")]
    List {
        /// The case.
        case: PathBuf,
        /// What to list.
        #[arg(value_enum)]
        what: Listed,
        /// Only these ids.
        #[arg(long, num_args = 1.., value_name = "ID")]
        id: Vec<String>,
        /// Only this kind.
        #[arg(long)]
        kind: Option<String>,
        /// At most so many.
        #[arg(long, default_value_t = 1000)]
        limit: usize,
        /// Go on after this cursor (the `next` of the page before).
        #[arg(long, value_name = "CURSOR")]
        after: Option<usize>,
    },
    /// Search names, values and texts.
    #[command(after_help = "Example: fusion search nightjar.fusion halcyon")]
    Search {
        /// The case.
        case: PathBuf,
        /// Words; the last one may be cut short.
        query: String,
        /// At most so many hits.
        #[arg(long, default_value_t = 20)]
        limit: u64,
    },
    /// Show everything known of an entity.
    #[command(after_help = "Example: fusion profile nightjar.fusion nightjar_77 --json")]
    Profile {
        /// The case.
        case: PathBuf,
        /// Entity id, name, or identifier (leads to its holder); several for a batch.
        #[arg(required = true)]
        targets: Vec<String>,
    },
    /// Explain why two records or entities are, or are not, one.
    #[command(after_help = "Example: fusion explain nightjar.fusion \"Mara Ellison\" mara.ellison")]
    Explain {
        /// The case.
        case: PathBuf,
        /// Record id, entity id, name or identifier.
        a: String,
        /// Record id, entity id, name or identifier.
        b: String,
    },
    /// Show the proof of a number, and what would change it.
    #[command(after_help = "Example: fusion why nightjar.fusion \"Mara Ellison\" risk")]
    Why {
        /// The case.
        case: PathBuf,
        /// Entity id, name or identifier.
        entity: String,
        /// Which number.
        #[arg(value_enum)]
        number: Number,
    },
    /// List pairs waiting for a verdict, or measure the engine by the verdicts so far.
    #[command(after_help = "Example: fusion review nightjar.fusion --limit 10")]
    Review {
        /// The case.
        case: PathBuf,
        /// At most so many.
        #[arg(long, default_value_t = 50)]
        limit: u64,
        /// Precision and recall by the verdicts, and the thresholds they speak for.
        #[arg(long, conflicts_with = "sample")]
        measure: bool,
        /// Pairs that chance draws for a check, of those that the engine by itself has so decided.
        #[arg(long, value_name = "linked|waiting|refused|rejected")]
        sample: Option<String>,
    },
    /// Record a verdict on two records or entities.
    #[command(after_help = "Example: fusion judge nightjar.fusion 1f… 9c… same --reason \"same passport photo\"")]
    Judge {
        /// The case.
        case: PathBuf,
        /// Record id, entity id, name or identifier.
        a: String,
        /// Record id, entity id, name or identifier.
        b: String,
        /// The verdict.
        #[arg(value_enum)]
        verdict: VerdictArgument,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// Show the ways between two entities.
    #[command(after_help = "Example: fusion path nightjar.fusion \"Mara Ellison\" \"Piet van Dijk\" -k 3")]
    Path {
        /// The case.
        case: PathBuf,
        /// Entity id, name or identifier.
        a: String,
        /// Entity id, name or identifier.
        b: String,
        /// Ways wanted.
        #[arg(short, default_value_t = 3)]
        k: u32,
        /// Longest way, in steps.
        #[arg(long, default_value_t = 4)]
        max_depth: u32,
    },
    /// Measure the graph.
    #[command(after_help = "Example: fusion graph nightjar.fusion metrics --json")]
    Graph {
        /// The case.
        case: PathBuf,
        /// What to measure.
        #[arg(value_enum)]
        what: GraphQuestion,
        /// Entities, for metrics and ego.
        targets: Vec<String>,
    },
    /// Write a timeline (.json .csv .html .svg by ending).
    #[command(after_help = "Example: fusion timeline nightjar.fusion -o timeline.svg")]
    Timeline {
        /// The case.
        case: PathBuf,
        /// Entity id, name or identifier; the whole case otherwise.
        target: Option<String>,
        /// File to write.
        #[arg(short)]
        output: PathBuf,
    },
    /// Write a report (.json .md .html by ending).
    #[command(after_help = "Example: fusion report nightjar.fusion \"Mara Ellison\" -o mara.html --tlp AMBER")]
    Report {
        /// The case.
        case: PathBuf,
        /// Entities the report is about.
        #[arg(required_unless_present = "whole_case")]
        targets: Vec<String>,
        /// Report on the whole case.
        #[arg(long = "case", id = "whole_case", conflicts_with = "targets")]
        whole_case: bool,
        /// File to write.
        #[arg(short)]
        output: PathBuf,
        /// TLP mark: RED, AMBER+STRICT, AMBER, GREEN or CLEAR.
        #[arg(long, default_value = "AMBER")]
        tlp: String,
    },
    /// Write an export (.json .csv .md .html .gexf .graphml by ending).
    #[command(after_help = "Example: fusion export nightjar.fusion -o graph.gexf")]
    Export {
        /// The case.
        case: PathBuf,
        /// File to write.
        #[arg(short)]
        output: PathBuf,
        /// Exporter, instead of the file's ending.
        #[arg(long)]
        format: Option<String>,
        /// Only these entities.
        #[arg(long, num_args = 1.., value_name = "ID")]
        entity: Vec<String>,
        /// TLP mark.
        #[arg(long, default_value = "AMBER")]
        tlp: String,
    },
    /// Take the last change back, or any other.
    #[command(after_help = "Example: fusion undo nightjar.fusion 12")]
    Undo {
        /// The case.
        case: PathBuf,
        /// Operation id, or its number in a case with one copy; the newest change otherwise.
        operation: Option<String>,
    },
    /// Make a change again that was taken back.
    #[command(after_help = "Example: fusion redo nightjar.fusion 12")]
    Redo {
        /// The case.
        case: PathBuf,
        /// Operation id, or its number in a case with one copy; what was taken back last otherwise.
        operation: Option<String>,
    },
    /// Show what was done, latest first.
    #[command(after_help = "Example: fusion log nightjar.fusion --kind judge --text passport")]
    Log {
        /// The case.
        case: PathBuf,
        /// At most so many.
        #[arg(long, default_value_t = 100)]
        limit: u64,
        /// Only this sort, e.g. import, judge, note.
        #[arg(long)]
        kind: Option<String>,
        /// Only operations whose words or author hold this text.
        #[arg(long)]
        text: Option<String>,
        /// Show the chain of custody instead: what was done with the case, by whom, why, and by which clock.
        #[arg(long)]
        custody: bool,
    },
    /// Write a note on an entity; without a text, show what is noted on it.
    #[command(after_help = "Example: fusion note nightjar.fusion \"Mara Ellison\" \"asked the registry\"")]
    Note {
        /// The case.
        case: PathBuf,
        /// Entity id, name or identifier.
        target: String,
        /// The note.
        text: Option<String>,
    },
    /// Put a tag on an entity or take it off.
    #[command(after_help = "Example: fusion tag nightjar.fusion \"Mara Ellison\" witness")]
    Tag {
        /// The case.
        case: PathBuf,
        /// Entity id, name or identifier.
        target: String,
        /// The tag.
        tag: String,
        /// Take it off.
        #[arg(long)]
        off: bool,
    },
    /// Correct what a statement says; what the source says stays beside it.
    #[command(after_help = "Example: fusion edit nightjar.fusion 7c… \"Mara Ellison\" --reason \"misspelt\"")]
    Edit {
        /// The case.
        case: PathBuf,
        /// Statement id.
        statement: String,
        /// What it should say; empty lets the source speak again.
        text: String,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// Part records from the entity they are in.
    #[command(after_help = "Example: fusion split nightjar.fusion 1f… 9c… --reason \"two people\"")]
    Split {
        /// The case.
        case: PathBuf,
        /// Entity id, name or identifier.
        target: String,
        /// Records that leave together.
        #[arg(required = true)]
        records: Vec<String>,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// Check that nothing was changed behind the case's back.
    #[command(after_help = "Example: fusion verify nightjar.fusion\n         \
                            fusion verify --receipt mara.html.receipt.txt nightjar.fusion")]
    Verify {
        /// The case; only a receipt can be checked without one.
        #[arg(required_unless_present = "receipt")]
        case: Option<PathBuf>,
        /// Go on with a case that is older than what this computer has seen, and say why; logged.
        #[arg(long, value_name = "REASON", conflicts_with_all = ["code", "receipt"], requires = "case")]
        acknowledge: Option<String>,
        /// Look a printed code up in the history of the case.
        #[arg(long, conflicts_with = "receipt", requires = "case")]
        code: Option<String>,
        /// Check a receipt and the file beside it, and hold it against the case where one is named.
        #[arg(long, value_name = "FILE")]
        receipt: Option<PathBuf>,
    },
    /// List or change what opens a case.
    #[command(after_help = "Example: fusion keys nightjar.fusion add recovery -o kit.txt")]
    Keys {
        /// The case.
        case: PathBuf,
        /// Why what opens the case is changed, for the log.
        #[arg(long, global = true)]
        reason: Option<String>,
        /// What to do.
        #[command(subcommand)]
        action: KeysAction,
    },
    /// Make a backup below a folder, on another disk if possible.
    #[command(after_help = "Example: fusion backup nightjar.fusion -o /media/stick --test")]
    Backup {
        /// The case.
        case: PathBuf,
        /// Folder that holds the backups.
        #[arg(short)]
        output: PathBuf,
        /// Restore it to scratch right away and compare.
        #[arg(long)]
        test: bool,
    },
    /// Restore a backup as a new case; nothing is overwritten.
    #[command(
        after_help = "Example: fusion restore /media/stick/Nightjar-1f2e3d4c/20261121T111500Z.fusionbackup -o again.fusion"
    )]
    Restore {
        /// The backup: a folder that ends in .fusionbackup.
        backup: PathBuf,
        /// Folder to create, exactly.
        #[arg(short)]
        output: PathBuf,
    },
    /// Write a sealed package of the case, or say what is in one.
    #[command(
        after_help = "Example: fusion pack nightjar.fusion -o nightjar.fusionpack --to age1… --reason \"joint case\""
    )]
    Pack {
        /// The case; with --inspect, the package.
        case: PathBuf,
        /// File to write.
        #[arg(short, required_unless_present = "inspect")]
        output: Option<PathBuf>,
        /// Public key that opens it (see `fusion identity`); may be given several times.
        #[arg(long, value_name = "KEY")]
        to: Vec<String>,
        /// File whose first line is the passphrase of the package; the case's passphrase otherwise.
        #[arg(long, value_name = "FILE")]
        package_passphrase_file: Option<PathBuf>,
        /// File with the age identity that opens the package, with --inspect.
        #[arg(long, value_name = "FILE", requires = "inspect")]
        package_identity_file: Option<PathBuf>,
        /// Only these entities, with the evidence that speaks of them.
        #[arg(long, num_args = 1.., value_name = "ID")]
        entity: Vec<String>,
        /// Why it leaves the case.
        #[arg(long, default_value = "packed on the command line")]
        reason: String,
        /// Say what is in a package; unpack nothing.
        #[arg(long, conflicts_with_all = ["output", "to", "entity"])]
        inspect: bool,
    },
    /// Unpack a package as a case of its own; nothing is overwritten.
    #[command(after_help = "Example: fusion unpack nightjar.fusionpack -o copy.fusion")]
    Unpack {
        /// The package.
        package: PathBuf,
        /// Folder to create, exactly; the passphrase given opens it from then on.
        #[arg(short)]
        output: PathBuf,
        /// File whose first line is the passphrase of the package, where it is another one.
        #[arg(long, value_name = "FILE")]
        package_passphrase_file: Option<PathBuf>,
        /// File with the age identity that opens the package.
        #[arg(long, value_name = "FILE")]
        package_identity_file: Option<PathBuf>,
    },
    /// Merge a colleague's package of the same case.
    #[command(after_help = "Example: fusion merge nightjar.fusion from-mara.fusionpack --plan")]
    Merge {
        /// The case.
        case: PathBuf,
        /// The package.
        package: PathBuf,
        /// File whose first line is the passphrase of the package, where it is another one.
        #[arg(long, value_name = "FILE")]
        package_passphrase_file: Option<PathBuf>,
        /// File with the age identity that opens the package.
        #[arg(long, value_name = "FILE")]
        package_identity_file: Option<PathBuf>,
        /// Say what is new, the same and in conflict; change nothing.
        #[arg(long)]
        plan: bool,
    },
    /// Print this computer's public keys, to give to colleagues.
    #[command(after_help = "Example: fusion identity")]
    Identity,
    /// Check, show or compare rules.
    #[command(after_help = "Example: fusion rules check my_rules.yaml")]
    Rules {
        /// What to do.
        #[arg(value_enum)]
        what: RulesQuestion,
        /// Rules file.
        file: Option<PathBuf>,
    },
    /// Resolve a plain table: rows in, entities out, no case needed.
    #[command(after_help = "Example: fusion resolve people.csv -o clusters.csv --pairs pairs.csv")]
    Resolve {
        /// Table with a header; the usual names of columns are known.
        table: PathBuf,
        /// Where `record_id,entity_id` goes.
        #[arg(short, long)]
        output: PathBuf,
        /// Where the pairs go that are linked or wait for a person.
        #[arg(long)]
        pairs: Option<PathBuf>,
        /// Rules file.
        #[arg(long)]
        rules: Option<PathBuf>,
        /// What columns mean, one `Column = comparator` a line.
        #[arg(long)]
        mapping: Option<PathBuf>,
        /// Where a rules file goes with the weights that the rows suggest; nothing is applied.
        #[arg(long, value_name = "RULES")]
        learn: Option<PathBuf>,
    },
    /// Show versions, self-test and advice.
    #[command(after_help = "Example: fusion doctor nightjar.fusion")]
    Doctor {
        /// The case, for sizes and its self-test.
        case: Option<PathBuf>,
    },
}
