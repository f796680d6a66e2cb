// Generated from the Rust commands by `cargo xtask codegen`. Do not edit.

/**
 * Changes the state of an alert.
 */
export type AlertSetRequest = { 
/**
 * Alert id.
 */
id: string, 
/**
 * `new`, `seen` or `closed`.
 */
state: string, 
/**
 * Why; needed to close.
 */
reason: string, };

/**
 * Shows an alert.
 */
export type AlertView = { 
/**
 * Alert id.
 */
id: string, 
/**
 * Rule.
 */
rule: string, 
/**
 * `MINIMAL` … `CRITICAL`.
 */
severity: string, 
/**
 * `new`, `seen` or `closed`.
 */
state: string, 
/**
 * Why it was closed; empty otherwise.
 */
reason: string, 
/**
 * The entity it is about.
 */
entity: EntityRefView, 
/**
 * What came true.
 */
text: string, 
/**
 * Supporting statements.
 */
statements: Array<string>, };

/**
 * Asks for alerts.
 */
export type AlertsListRequest = Record<symbol, never>;

/**
 * Shows alerts, gravest first.
 */
export type AlertsListView = { 
/**
 * The alerts.
 */
alerts: Array<AlertView>, };

/**
 * Shows another name of an entity.
 */
export type AliasView = { 
/**
 * The name.
 */
name: string, 
/**
 * Property that claims it.
 */
property: string, 
/**
 * Statements that claim it.
 */
statements: Array<string>, };

/**
 * Asks for the notes and tags of an entity.
 */
export type AnnotationsRequest = { 
/**
 * Entity id.
 */
entity: string, };

/**
 * Shows the notes and tags of an entity.
 */
export type AnnotationsView = { 
/**
 * Notes, oldest first.
 */
notes: Array<NoteView>, 
/**
 * Tags, in alphabetical order.
 */
tags: Array<string>, 
/**
 * Every tag in use in the case.
 */
known_tags: Array<string>, 
/**
 * After a split: what still holds the two parts together, in words.
 */
conflicts?: Array<string>, };

/**
 * Asks to see the case as it was right after an operation.
 */
export type AsOfRequest = { 
/**
 * The operation; none returns to the present.
 */
operation: string | null, };

/**
 * Asks for another time without use after which the case locks itself.
 */
export type AutoLockRequest = { 
/**
 * Minutes, 1 to 240; 0 for never.
 */
minutes: number, };

/**
 * Asks for another destination or rhythm.
 */
export type BackupConfigureRequest = { 
/**
 * Handle of the folder; the present one otherwise.
 */
folder?: string, 
/**
 * Whether one is made by itself, daily and after changes.
 */
automatic: boolean, };

/**
 * Asks to restore a backup into a new folder, and to open it.
 */
export type BackupRestoreRequest = { 
/**
 * Handle of the backup: from the status, or of a picked folder.
 */
backup: string, 
/**
 * Passphrase that opened the case then; wiped after use.
 */
passphrase: string, 
/**
 * Handle of the folder it is restored into; the default folder otherwise. Nothing is overwritten.
 */
folder?: string, };

/**
 * Asks for a backup now.
 */
export type BackupRunRequest = Record<symbol, never>;

/**
 * Asks how the backups stand.
 */
export type BackupStatusRequest = Record<symbol, never>;

/**
 * Shows how the backups stand.
 */
export type BackupStatusView = { 
/**
 * Folder they go to; none before one was chosen.
 */
folder: string | null, 
/**
 * Whether one is made by itself, daily and after changes, while the case is open.
 */
automatic: boolean, 
/**
 * When the last one succeeded, ISO 8601 UTC; none when none did.
 */
last_success: string | null, 
/**
 * Whether none succeeded for 25 hours.
 */
overdue: boolean, 
/**
 * How it stands, in words, with what to do.
 */
text: string, 
/**
 * The backups in the folder, latest first.
 */
backups: Array<BackupView>, };

/**
 * Asks to restore a backup to scratch and compare it.
 */
export type BackupTestRequest = { 
/**
 * Handle of the backup.
 */
backup: string, };

/**
 * Shows one backup.
 */
export type BackupView = { 
/**
 * Handle for testing and restoring.
 */
handle: string, 
/**
 * When it was made, ISO 8601 UTC.
 */
at: string, 
/**
 * Why it is kept: `newest`, `daily`, `weekly`, `monthly` or `kept`.
 */
kept_as: string, 
/**
 * Bytes.
 */
size: number, 
/**
 * Sources in it.
 */
sources: number, 
/**
 * Observations in it.
 */
observations: number, 
/**
 * `untested`, `whole`, `damaged` or `destroyed`.
 */
state: string, 
/**
 * What the last test said, in words; empty when none was made.
 */
text: string, };

/**
 * Asks for a new case in the default folder, or in a folder picked before.
 */
export type CaseCreateRequest = { 
/**
 * Name of the case; the folder is named after it.
 */
name: string, 
/**
 * Region for phone numbers, ISO 3166-1 alpha-2; may be empty.
 */
region: string, 
/**
 * Passphrase; wiped after use.
 */
passphrase: string, 
/**
 * Handle of a folder picked in the shell's dialog; the default folder otherwise.
 */
folder?: string, 
/**
 * Why the case is written to all the same where it lies on a network or is copied about; refused without.
 */
anyway?: string, };

/**
 * Asks to lock the open case.
 */
export type CaseLockRequest = Record<symbol, never>;

/**
 * Asks to open a case from the recent list, or from a folder picked before.
 */
export type CaseOpenRequest = { 
/**
 * Handle: of a recent case (`recent:N`) or of a picked folder.
 */
handle: string, 
/**
 * Passphrase; empty to use the keyring.
 */
passphrase: string, 
/**
 * Printed recovery code, instead of a passphrase; wiped after use.
 */
recovery?: string, 
/**
 * Handle of a file with a colleague's age identity, instead of a passphrase.
 */
identity?: string, 
/**
 * Why the case is written to all the same where it lies on a network or is copied about; read without.
 */
anyway?: string, };

/**
 * Asks to create (once) and open the sample case.
 */
export type CaseOpenSampleRequest = Record<symbol, never>;

/**
 * Asks to keep a key for this case in the system keyring, or to forget it.
 */
export type CaseRememberRequest = { 
/**
 * `remember` or `forget`.
 */
action: string, };

/**
 * Asks for the state of the workbench.
 */
export type CaseStatusRequest = Record<symbol, never>;

/**
 * Shows the state of the workbench.
 */
export type CaseStatusView = { 
/**
 * Product version.
 */
version: string, 
/**
 * The open case.
 */
open: OpenCaseView | null, 
/**
 * Cases opened before on this machine, latest first.
 */
recent: Array<RecentCaseView>, 
/**
 * Whether a keyring answers, and if not, why.
 */
keyring: string, 
/**
 * Folder new cases are created in.
 */
default_folder: string, };

/**
 * Shows one check.
 */
export type CheckView = { 
/**
 * What was checked.
 */
name: string, 
/**
 * `ok` or `bad`.
 */
state: string, 
/**
 * With figures.
 */
text: string, };

/**
 * Asks for communities.
 */
export type CommunitiesRequest = Record<symbol, never>;

/**
 * Shows communities and suggestions.
 */
export type CommunitiesView = { 
/**
 * Largest first.
 */
communities: Array<CommunityView>, 
/**
 * Links that evidence does not state but the graph suggests.
 */
suggestions: Array<SuggestionView>, 
/**
 * Connected components.
 */
components: number, 
/**
 * Modularity, −1 to 1.
 */
modularity: number, 
/**
 * Sources betweenness was sampled from; 0 means exact.
 */
betweenness_samples: number, };

/**
 * Shows a community.
 */
export type CommunityView = { 
/**
 * Number.
 */
number: number, 
/**
 * Label of its best-connected member.
 */
label: string, 
/**
 * Members.
 */
members: Array<EntityRefView>, };

/**
 * Shows one part of a confidence.
 */
export type ConfidencePartView = { 
/**
 * Stable name, e.g. `source-reliability`.
 */
name: string, 
/**
 * 0 to 100.
 */
score: number, 
/**
 * 0 to 100.
 */
weight: number, 
/**
 * Why it has this value.
 */
why: string, 
/**
 * Statements it rests on.
 */
statements: Array<string>, };

/**
 * Shows a confidence with the parts it is made of.
 */
export type ConfidenceView = { 
/**
 * 0 to 100.
 */
score: number, 
/**
 * Lower end of the interval.
 */
low: number, 
/**
 * Upper end of the interval.
 */
high: number, 
/**
 * Weighted parts.
 */
parts: Array<ConfidencePartView>, };

/**
 * Shows one comparator's part.
 */
export type ContributionView = { 
/**
 * Comparator.
 */
feature: string, 
/**
 * Left value.
 */
left: string, 
/**
 * Right value.
 */
right: string, 
/**
 * Agreement level.
 */
level: number, 
/**
 * The level in words.
 */
agreement: string, 
/**
 * Why it counts less than it would, in words; empty when it counts in full.
 */
held_back: string, 
/**
 * Weight in thousandths of a bit.
 */
weight_millibits: number, 
/**
 * Rarity in thousandths of a bit.
 */
rarity_millibits: number, 
/**
 * Statements compared.
 */
statements: Array<string>, };

/**
 * Shows what stood in a source before an analyst corrected it.
 */
export type CorrectionView = { 
/**
 * What the source says.
 */
source_text: string, 
/**
 * Who corrected it.
 */
author: string, 
/**
 * When, ISO 8601 UTC.
 */
at: string, 
/**
 * Why.
 */
reason: string, 
/**
 * Operation that did; taking it back lets the source speak again.
 */
operation: string, };

/**
 * Asks to go on with an older case, on the record.
 */
export type CustodyAcknowledgeRequest = { 
/**
 * Why this older case is the one to go on with.
 */
reason: string, };

/**
 * Asks whether a printed code belongs to the history of this case.
 */
export type CustodyCompareRequest = { 
/**
 * The code from a receipt or report.
 */
code: string, };

/**
 * Shows whether a printed code belongs to the history of this case.
 */
export type CustodyCompareView = { 
/**
 * Number of the event the code names; none when the history does not hold it.
 */
seq: number | null, 
/**
 * In words.
 */
text: string, };

/**
 * Shows one event of custody.
 */
export type CustodyEventView = { 
/**
 * Number, from 1.
 */
seq: number, 
/**
 * When by the wall clock, ISO 8601 UTC.
 */
at: string, 
/**
 * What the clocks say of that time, in words; empty when nothing is odd.
 */
clock: string, 
/**
 * What was done.
 */
action: string, 
/**
 * What it was done to, in words where the case knows it, else an id.
 */
object: string, 
/**
 * Who; empty once erased, or before that was logged.
 */
who: string, 
/**
 * Why; empty when nobody said so, or once erased.
 */
reason: string, 
/**
 * Program and version.
 */
tool: string, 
/**
 * Digest of the event, hexadecimal.
 */
digest: string, };

/**
 * Asks for events of custody.
 */
export type CustodyPageRequest = { 
/**
 * First row, 0-based, latest first.
 */
offset: number, 
/**
 * Rows wanted, at most 1,000.
 */
limit: number, 
/**
 * Only this action, e.g. `import`.
 */
action?: string, 
/**
 * Only events whose action, author, reason or object holds this text.
 */
text?: string, };

/**
 * Shows events of custody, latest first.
 */
export type CustodyPageView = { 
/**
 * The events.
 */
events: Array<CustodyEventView>, 
/**
 * All events that answer.
 */
total: number, 
/**
 * Every action that occurs, for a filter.
 */
actions: Array<string>, };

/**
 * Asks where the case stands.
 */
export type CustodyStandingRequest = Record<symbol, never>;

/**
 * Gives a verdict on two records, exactly these.
 */
export type DecideRequest = { 
/**
 * Record id.
 */
left: string, 
/**
 * Record id.
 */
right: string, 
/**
 * `same`, `different` or `unsure`.
 */
verdict: string, 
/**
 * Why.
 */
reason: string, };

/**
 * Shows what was recorded, before it is fused.
 */
export type DecidedView = { 
/**
 * The operation in the log.
 */
operation: string, 
/**
 * The job that will fuse it, together with what else is said meanwhile.
 */
job: number, 
/**
 * Length of the log with it.
 */
log: number, };

/**
 * Asks for versions, sizes, self-test.
 */
export type DoctorRequest = Record<symbol, never>;

/**
 * Shows versions, sizes, self-test.
 */
export type DoctorView = { 
/**
 * The checks.
 */
checks: Array<CheckView>, 
/**
 * Advice; empty when there is none.
 */
advice: Array<string>, };

/**
 * Asks to correct what one statement says; the original stays and is shown beside it.
 */
export type EditRequest = { 
/**
 * Statement id.
 */
statement: string, 
/**
 * What it should say; empty withdraws the correction.
 */
text: string, 
/**
 * Why.
 */
reason: string, };

/**
 * Asks for a page of the entity table.
 */
export type EntitiesPageRequest = { 
/**
 * Kinds to keep; all when empty.
 */
kinds: Array<string>, 
/**
 * Text the label or an alias must hold; all when empty.
 */
text: string, 
/**
 * Lowest risk level to keep; all when empty.
 */
min_risk: string, 
/**
 * `label`, `kind`, `confidence`, `risk`, `sources` or `degree`.
 */
sort: string, 
/**
 * `asc` or `desc`.
 */
order: string, 
/**
 * First row, 0-based.
 */
offset: number, 
/**
 * Rows wanted, at most 1,000.
 */
limit: number, };

/**
 * Shows a page of the entity table.
 */
export type EntitiesPageView = { 
/**
 * The rows.
 */
rows: Array<EntityRowView>, 
/**
 * Rows that match altogether.
 */
total: number, 
/**
 * Entities by kind under the same text and risk filter.
 */
kinds: Array<KindCountView>, };

/**
 * Asks for everything known of an entity.
 */
export type EntityGetRequest = { 
/**
 * Entity id.
 */
id: string, };

/**
 * Asks how an entity came to be.
 */
export type EntityHistoryRequest = { 
/**
 * Entity id.
 */
id: string, };

/**
 * Shows how an entity came to be.
 */
export type EntityHistoryView = { 
/**
 * Joins that hold it together: verdicts first, then by falling score; at most 200.
 */
joins: Array<JoinView>, 
/**
 * All joins.
 */
joins_total: number, 
/**
 * Records in it.
 */
records: number, 
/**
 * Records that no pair joins: the evidence of the whole entity holds them.
 */
held_by_all: number, 
/**
 * What was done to it, latest first; at most 200.
 */
operations: Array<OperationView>, 
/**
 * All that was done to it.
 */
operations_total: number, 
/**
 * Former ids whose records came into it.
 */
formers?: Array<FormerView>, 
/**
 * Where records are that it stood for and does not any more.
 */
moved?: FollowedView, };

/**
 * Asks where ids lead that may be no more.
 */
export type EntityMovedRequest = { 
/**
 * Entity ids, at most 1,000.
 */
ids: Array<string>, };

/**
 * Shows where ids lead that are no more.
 */
export type EntityMovedView = { 
/**
 * One for each id that is no more and of whose records something is known.
 */
moved: Array<FollowedView>, };

/**
 * Names an entity wherever another thing points at it.
 */
export type EntityRefView = { 
/**
 * Entity id.
 */
id: string, 
/**
 * Kind id, e.g. `person`.
 */
kind: string, 
/**
 * Name for people.
 */
label: string, };

/**
 * Shows one row of the entity table.
 */
export type EntityRowView = { 
/**
 * Entity id.
 */
id: string, 
/**
 * Kind id.
 */
kind: string, 
/**
 * Name for people.
 */
label: string, 
/**
 * Confidence, 0 to 100.
 */
confidence: number, 
/**
 * Risk, 0 to 100.
 */
risk: number, 
/**
 * `MINIMAL` … `CRITICAL`.
 */
risk_level: string, 
/**
 * Number of sources.
 */
sources: number, 
/**
 * Number of records.
 */
records: number, 
/**
 * Number of neighbours.
 */
degree: number, 
/**
 * First dated statement, short text.
 */
first_seen: string | null, 
/**
 * Last dated statement, short text.
 */
last_seen: string | null, };

/**
 * Shows everything known of one entity.
 */
export type EntityView = { 
/**
 * Id, kind, label.
 */
entity: EntityRefView, 
/**
 * Confidence with parts.
 */
confidence: ConfidenceView, 
/**
 * Risk with factors.
 */
risk: RiskView, 
/**
 * Values said of it.
 */
facts: Array<FactView>, 
/**
 * Other names.
 */
aliases: Array<AliasView>, 
/**
 * Relations, strongest first.
 */
relations: Array<RelationView>, 
/**
 * Events it takes part in, by time.
 */
events: Array<EventView>, 
/**
 * Place in the network.
 */
network: NetworkView, 
/**
 * Findings about it.
 */
findings: Array<FindingView>, 
/**
 * Sources that speak of it.
 */
sources: Array<SourceView>, 
/**
 * Member records.
 */
records: Array<string>, 
/**
 * Revision all this belongs to.
 */
revision: string, 
/**
 * Notes on it, oldest first.
 */
notes?: Array<NoteView>, 
/**
 * Tags that it carries.
 */
tags?: Array<string>, 
/**
 * Where the records are that the id which was asked for stood for; absent when all are where they were.
 */
moved?: FollowedView, };

/**
 * Asks to erase evidence for good.
 */
export type EraseRequest = { 
/**
 * A source id, or an entity id: then every observation that speaks of it.
 */
target: string, 
/**
 * Why, and on what ground.
 */
reason: string, };

/**
 * Shows what was, or would be, erased.
 */
export type EraseView = { 
/**
 * Whole sources.
 */
sources: number, 
/**
 * Observations.
 */
observations: number, 
/**
 * Originals rewritten without the passages.
 */
originals: number, 
/**
 * Where copies remain that erasing here does not reach: backups, packages, exports.
 */
copies: Array<string>, 
/**
 * In words.
 */
text: string, };

/**
 * Shows an error.
 */
export type ErrorView = { 
/**
 * Stable code, e.g. `wrong-key`.
 */
code: string, 
/**
 * What happened.
 */
message: string, 
/**
 * What to do; empty when there is nothing to say.
 */
hint: string, };

/**
 * Shows an event.
 */
export type EventView = { 
/**
 * Event id.
 */
id: string, 
/**
 * Kind id, e.g. `transfer`.
 */
kind: string, 
/**
 * First instant, ISO 8601 UTC.
 */
start: string, 
/**
 * First instant after, ISO 8601 UTC.
 */
end: string, 
/**
 * Precision of the interval.
 */
precision: string, 
/**
 * The interval for drawing.
 */
span: SpanView, 
/**
 * When it was learned, ISO 8601 UTC.
 */
learned: string, 
/**
 * What happened.
 */
text: string, 
/**
 * Who took part.
 */
participants: Array<ParticipantView>, 
/**
 * Supporting statements.
 */
statements: Array<string>, };

/**
 * Asks why two records or entities are, or are not, one.
 */
export type ExplainRequest = { 
/**
 * Record or entity id.
 */
left: string, 
/**
 * Record or entity id.
 */
right: string, };

/**
 * Shows why two things are, or are not, one.
 */
export type ExplainView = { 
/**
 * The pair with every contribution.
 */
pair: PairView, 
/**
 * Whether both are one entity now.
 */
together: boolean, 
/**
 * The chain of pairs that joins them, when they are.
 */
path: Array<PairView>, 
/**
 * What would take them apart or bring them together, in words.
 */
would_change: Array<string>, };

/**
 * Asks to write a report or an export into a file.
 */
export type ExportRunRequest = { 
/**
 * Exporter id, e.g. `html`, `gexf`.
 */
format: string, 
/**
 * Entities; the whole case when empty.
 */
entities: Array<string>, 
/**
 * TLP mark.
 */
tlp: string, 
/**
 * Why it is disclosed; logged.
 */
reason: string, 
/**
 * Handle of a place picked in the shell's save dialog; the case's `exports` folder beside it otherwise.
 */
place?: string, };

/**
 * Shows where an export was written.
 */
export type ExportRunView = { 
/**
 * File name with folder.
 */
path: string, 
/**
 * Bytes.
 */
size: number, 
/**
 * SHA-256 of the bytes.
 */
sha256: string, 
/**
 * Receipt beside it: signed head of custody, with a code to compare.
 */
receipt: string, };

/**
 * Names an exporter.
 */
export type ExporterView = { 
/**
 * Exporter id.
 */
id: string, 
/**
 * Name for people.
 */
label: string, 
/**
 * File ending.
 */
extension: string, 
/**
 * What it is good for.
 */
description: string, };

/**
 * Shows one value said of an entity.
 */
export type FactView = { 
/**
 * Property id.
 */
property: string, 
/**
 * Value for people.
 */
value: string, 
/**
 * Canonical value.
 */
canonical: string, 
/**
 * The interval, for dates.
 */
span: SpanView | null, 
/**
 * Confidence of this value.
 */
confidence: ConfidenceView, 
/**
 * Independent origins.
 */
origins: number, 
/**
 * Statements that say it.
 */
statements: Array<string>, };

/**
 * Shows what became of one file.
 */
export type FileOutcomeView = { 
/**
 * File name.
 */
name: string, 
/**
 * `imported`, `already-present`, `no-importer`, `needs-subject` or `failed`.
 */
state: string, 
/**
 * Importer id.
 */
format: string, 
/**
 * What happened, in words.
 */
message: string, 
/**
 * Hint; empty when there is none.
 */
hint: string, 
/**
 * Source id; empty when nothing was stored.
 */
source: string, 
/**
 * Rows read.
 */
rows: number, 
/**
 * Rows that said "not found".
 */
negative: number, 
/**
 * Observations stored.
 */
observations: number, 
/**
 * Statements stored.
 */
statements: number, 
/**
 * Warnings stored.
 */
warnings: number, };

/**
 * Shows what would become of one file.
 */
export type FilePlanView = { 
/**
 * Handle of the file.
 */
handle: string, 
/**
 * File name.
 */
name: string, 
/**
 * Bytes.
 */
size: number, 
/**
 * `ready`, `needs-subject`, `already-present`, `no-importer` or `unreadable`.
 */
state: string, 
/**
 * Importer id; empty when there is none.
 */
format: string, 
/**
 * Name of the format for people.
 */
format_label: string, 
/**
 * Why this format was chosen, or what is wrong.
 */
reason: string, 
/**
 * Hint for the analyst; empty when there is none.
 */
hint: string, 
/**
 * Source kind.
 */
kind: string, 
/**
 * Subject found or given.
 */
subject: string | null, 
/**
 * Other importers that could read it.
 */
alternatives: Array<FormatView>, 
/**
 * Rows read.
 */
rows: number, 
/**
 * Rows that say "not found".
 */
negative: number, 
/**
 * Observations that would be stored.
 */
observations: number, 
/**
 * Records they talk about.
 */
records: number, 
/**
 * Of these, records that the case already holds.
 */
known_records: number, 
/**
 * Statements.
 */
statements: number, 
/**
 * Warnings, the first twenty.
 */
warnings: Array<WarningView>, 
/**
 * All warnings.
 */
warning_count: number, };

/**
 * Shows a finding.
 */
export type FindingView = { 
/**
 * Finding id.
 */
id: string, 
/**
 * `risk`, `contradiction`, `hub` or `resolution`.
 */
kind: string, 
/**
 * Rule that found it.
 */
rule: string, 
/**
 * `MINIMAL` … `CRITICAL`.
 */
severity: string, 
/**
 * What it adds, 0 to 100.
 */
score: number, 
/**
 * The entity it is about.
 */
entity: EntityRefView | null, 
/**
 * What was found.
 */
text: string, 
/**
 * How it may be innocent.
 */
innocent: string, 
/**
 * What to do next.
 */
recommendation: string, 
/**
 * Supporting statements; never empty.
 */
statements: Array<string>, };

/**
 * Asks for findings.
 */
export type FindingsListRequest = { 
/**
 * First row, 0-based.
 */
offset: number, 
/**
 * Rows wanted, at most 1,000.
 */
limit: number, };

/**
 * Shows findings, gravest first.
 */
export type FindingsListView = { 
/**
 * The findings.
 */
findings: Array<FindingView>, 
/**
 * All findings.
 */
total: number, };

/**
 * Shows how many records of another id an entity holds.
 */
export type FollowedPartView = { 
/**
 * The entity.
 */
entity: EntityRefView, 
/**
 * How many.
 */
records: number, };

/**
 * Shows where the records of an id are that it stood for and does not any more.
 */
export type FollowedView = { 
/**
 * The id.
 */
id: string, 
/**
 * `joined`: it is no more; `left`: it lives, without these records; `record`: it is the id of a record, and of no entity that is known of.
 */
how: string, 
/**
 * Entities that hold the records now, most first.
 */
now_in: Array<FollowedPartView>, 
/**
 * Records of them that are no longer live.
 */
gone: number, };

/**
 * Names an importer.
 */
export type FormatView = { 
/**
 * Importer id.
 */
id: string, 
/**
 * Name for people.
 */
label: string, 
/**
 * Usual file endings.
 */
extensions: Array<string>, 
/**
 * Source kind.
 */
kind: string, };

/**
 * Asks for the exporters.
 */
export type FormatsRequest = Record<symbol, never>;

/**
 * Shows importers and exporters.
 */
export type FormatsView = { 
/**
 * Importers.
 */
importers: Array<FormatView>, 
/**
 * Exporters.
 */
exporters: Array<ExporterView>, };

/**
 * Names an id whose records came into another entity.
 */
export type FormerView = { 
/**
 * The id.
 */
id: string, 
/**
 * How many of its records.
 */
records: number, };

/**
 * Asks to bring everything derived up to date.
 */
export type FuseRequest = Record<symbol, never>;

/**
 * Shows an Admiralty grade.
 */
export type GradeView = { 
/**
 * Two characters, e.g. `B2`.
 */
text: string, 
/**
 * Reliability of the source, in words.
 */
reliability: string, 
/**
 * Credibility of the item, in words.
 */
credibility: string, };

/**
 * Documents the byte columns of a graph picture; little-endian throughout.
 *
 * `u32` magic `0x46475231`, `u32` nodes n, `u32` edges m, `u32` nodes in the whole graph, `u32` length of the text block;
 * then per node, column by column: `f32 x`[n], `f32 y`[n], `u8 kind`[n] (index into [`GraphColumns::KINDS`]), `u8 risk`[n] (0 minimal … 4 critical),
 * `u8 confidence`[n] (percent), `u8 padding`[n], `u32 degree`[n], `u32 community`[n];
 * then per edge: `u32 from`[m], `u32 to`[m], `u16 score`[m] (basis points), `u8 kind`[m] (index into the relation kinds), `u8 directed`[m];
 * then the text block, UTF-8: n lines of entity id, tab, label; then m lines of relation id. Control characters in labels are replaced.
 */
export type GraphColumns = { 
/**
 * Kind ids by index.
 */
kinds: Array<string>, 
/**
 * Relation kind ids by index.
 */
relation_kinds: Array<string>, };

/**
 * Asks for the key to the byte columns.
 */
export type GraphColumnsRequest = Record<symbol, never>;

/**
 * Asks for the ways between two entities.
 */
export type GraphPathsRequest = { 
/**
 * Entity id.
 */
from: string, 
/**
 * Entity id.
 */
to: string, 
/**
 * Ways wanted.
 */
k: number, 
/**
 * Longest way, in steps.
 */
max_depth: number, };

/**
 * Shows ways between two entities.
 */
export type GraphPathsView = { 
/**
 * Strongest first.
 */
paths: Array<PathView>, };

/**
 * Asks for a picture of the graph: the answer is bytes, laid out as [`GraphColumns`] says.
 */
export type GraphViewRequest = { 
/**
 * Start here; the whole graph (most influential first) when empty.
 */
focus: Array<string>, 
/**
 * Steps away from the focus, at most 4.
 */
depth: number, 
/**
 * Kinds to keep; all when empty.
 */
kinds: Array<string>, 
/**
 * Relation kinds to keep; all when empty.
 */
relations: Array<string>, 
/**
 * Lowest relation score to keep, 0 to 100.
 */
min_score: number, 
/**
 * Most nodes wanted, at most 10,000; what is cut is said in the answer.
 */
max_nodes: number, };

/**
 * Shows the verdicts on pairs that have something in common.
 */
export type GroupView = { 
/**
 * What they have in common.
 */
key: string, 
/**
 * Pairs in all.
 */
pairs: number, 
/**
 * Verdicts on pairs that chance has drawn.
 */
drawn: TallyView, 
/**
 * Verdicts on pairs that somebody chose.
 */
chosen: TallyView, 
/**
 * The share of the same, by what was drawn.
 */
share: ShareView, };

/**
 * Shows how to receive a package.
 */
export type IdentityView = { 
/**
 * Public key that colleagues pack for, `age1…`.
 */
recipient: string, 
/**
 * Start of the public signing key that packages and checkpoints carry.
 */
signing_key: string, };

/**
 * Names one file to import.
 */
export type ImportFileRequest = { 
/**
 * Handle given by the shell (drop, dialog).
 */
handle: string, 
/**
 * Importer id, overriding detection.
 */
format?: string, 
/**
 * Source kind, overriding the importer's.
 */
kind?: string, 
/**
 * Subject, for formats that do not carry it.
 */
subject?: string, 
/**
 * Grade such as `B2`.
 */
grade?: string, 
/**
 * Handle of a mapping file, for the generic importers.
 */
mapping?: string, 
/**
 * `keep` to keep the clear text of passwords and the like, sealed apart; only fingerprints otherwise.
 */
secrets?: string, 
/**
 * Why content that was erased from the case is imported again; such content is refused otherwise.
 */
again?: string, };

/**
 * Asks what an import of the given files would do; nothing is stored.
 */
export type ImportPlanRequest = { 
/**
 * Files by handle, with what the analyst has chosen so far.
 */
files: Array<ImportFileRequest>, };

/**
 * Shows what an import would do.
 */
export type ImportPlanView = { 
/**
 * One plan a file, in the order asked.
 */
files: Array<FilePlanView>, };

/**
 * Asks to import files and then to fuse.
 */
export type ImportRunRequest = { 
/**
 * The files.
 */
files: Array<ImportFileRequest>, };

/**
 * Shows what an import did.
 */
export type ImportRunView = { 
/**
 * One outcome a file.
 */
files: Array<FileOutcomeView>, };

/**
 * Tells how a job is getting on; sent as a stream, at most twenty a second.
 */
export type JobEvent = { 
/**
 * Job number.
 */
job: number, 
/**
 * `import` or `fuse`.
 */
kind: string, 
/**
 * `running`, `done`, `cancelled` or `failed`.
 */
state: string, 
/**
 * What it is doing now, or what came of it.
 */
text: string, 
/**
 * Done so far.
 */
done: number, 
/**
 * Of so many; 0 when unknown.
 */
total: number, 
/**
 * Outcomes of an import, at its end.
 */
import: ImportRunView | null, 
/**
 * Error, when failed.
 */
error: ErrorView | null, };

/**
 * Names a job.
 */
export type JobRequest = { 
/**
 * Job number.
 */
job: number, };

/**
 * Answers a request that starts a job.
 */
export type JobStartedView = { 
/**
 * Job number.
 */
job: number, };

/**
 * Asks for all jobs since the start.
 */
export type JobsListRequest = Record<symbol, never>;

/**
 * Shows all jobs since the start, latest first.
 */
export type JobsListView = { 
/**
 * The jobs.
 */
jobs: Array<JobEvent>, };

/**
 * Shows how two groups of records became one.
 */
export type JoinView = { 
/**
 * The pair that joined them.
 */
pair: PairView, 
/**
 * Records on the left before.
 */
left_records: number, 
/**
 * Records on the right before.
 */
right_records: number, };

/**
 * Gives a verdict on two records or entities.
 */
export type JudgeRequest = { 
/**
 * Record or entity id.
 */
left: string, 
/**
 * Record or entity id.
 */
right: string, 
/**
 * `same`, `different` or `unsure`.
 */
verdict: string, 
/**
 * Why.
 */
reason: string, };

/**
 * Asks to let a colleague's key open the case.
 */
export type KeysAddColleagueRequest = { 
/**
 * Public key, `age1…`.
 */
recipient: string, 
/**
 * Whose it is.
 */
label: string, 
/**
 * Why, for the log; may be missing.
 */
reason?: string, };

/**
 * Asks for one more passphrase.
 */
export type KeysAddPassphraseRequest = { 
/**
 * The passphrase; wiped after use.
 */
passphrase: string, 
/**
 * Whose it is; may be empty.
 */
label: string, 
/**
 * Why, for the log; may be missing.
 */
reason?: string, };

/**
 * Asks for a new printed recovery code; a former one stops working.
 */
export type KeysAddRecoveryRequest = { 
/**
 * Why, for the log; may be missing.
 */
reason?: string, };

/**
 * Asks for another passphrase; the present one must be given.
 */
export type KeysChangePassphraseRequest = { 
/**
 * The passphrase in force; wiped after use.
 */
present: string, 
/**
 * The new one; wiped after use.
 */
next: string, 
/**
 * Why, for the log; may be missing.
 */
reason?: string, };

/**
 * Asks what opens the case.
 */
export type KeysListRequest = Record<symbol, never>;

/**
 * Asks for the standard or the two-secret mode.
 */
export type KeysModeRequest = { 
/**
 * `standard` or `high`.
 */
mode: string, 
/**
 * The passphrase in force; wiped after use.
 */
passphrase: string, 
/**
 * Why, for the log; may be missing.
 */
reason?: string, };

/**
 * Asks to open a case by its printed kit and code, and to give it a new key file.
 */
export type KeysRecoverRequest = { 
/**
 * Handle of the case's folder.
 */
handle: string, 
/**
 * Handle of a file with the kit.
 */
kit: string, 
/**
 * The recovery code; wiped after use.
 */
code: string, 
/**
 * The new passphrase; wiped after use.
 */
next: string, };

/**
 * Asks to take a way in away.
 */
export type KeysRemoveRequest = { 
/**
 * Number of the slot.
 */
id: number, 
/**
 * Why, for the log; may be missing.
 */
reason?: string, };

/**
 * Asks for a new master key: for when a passphrase leaked together with a copy of the case.
 */
export type KeysRotateRequest = { 
/**
 * The passphrase in force; wiped after use.
 */
present: string, 
/**
 * The new one; wiped after use.
 */
next: string, 
/**
 * Why, for the log; may be missing.
 */
reason?: string, };

/**
 * Shows what a new master key came to.
 */
export type KeysRotatedView = { 
/**
 * What opens the case now.
 */
keys: KeysView, 
/**
 * The new recovery code, shown this once, where there was one before.
 */
code: string | null, 
/**
 * The new page to print, where there was one before.
 */
kit: string | null, 
/**
 * Backups from before, which the former passphrases still open.
 */
backups: Array<string>, 
/**
 * What else is to be known and done, in words.
 */
text: string, };

/**
 * Shows what opens the case; nothing secret.
 */
export type KeysView = { 
/**
 * The slots, oldest first.
 */
slots: Array<SlotView>, 
/**
 * `standard`, or `high` when a passphrase opens only together with this computer's keyring.
 */
mode: string, 
/**
 * Number of the key file's rewrite.
 */
epoch: number, 
/**
 * Whether the previous key file is still kept, because nobody has opened the case with the new one yet.
 */
previous_kept: boolean, };

/**
 * Counts entities of a kind.
 */
export type KindCountView = { 
/**
 * Kind id.
 */
kind: string, 
/**
 * How many.
 */
count: number, };

/**
 * Asks for the kept layout of a view.
 */
export type LayoutRequest = { 
/**
 * Which view.
 */
view: string, };

/**
 * Asks to keep the layout of a view.
 */
export type LayoutSaveRequest = { 
/**
 * Which view, e.g. `graph`.
 */
view: string, 
/**
 * Places of pinned things.
 */
places: Array<PlaceView>, };

/**
 * Shows the kept layout of a view.
 */
export type LayoutView = { 
/**
 * Places of pinned things that are still there.
 */
places: Array<PlaceView>, };

/**
 * Asks for operations.
 */
export type LogPageRequest = { 
/**
 * First row, 0-based, latest first.
 */
offset: number, 
/**
 * Rows wanted, at most 1,000.
 */
limit: number, 
/**
 * Only this sort, e.g. `judge`.
 */
kind?: string, 
/**
 * Only operations whose words or author hold this text.
 */
text?: string, };

/**
 * Shows operations, latest first.
 */
export type LogPageView = { 
/**
 * The operations.
 */
operations: Array<OperationView>, 
/**
 * All operations that answer.
 */
total: number, 
/**
 * Every sort that occurs, for a filter.
 */
kinds: Array<string>, };

/**
 * Asks what the verdicts say of the engine.
 */
export type MeasureRequest = { 
/**
 * Surety that joining shall have, in ten-thousandths; 9,500 when absent.
 */
goal?: number, };

/**
 * Shows what the verdicts say of the engine.
 */
export type MeasureView = { 
/**
 * Pairs by what the engine decides by itself: linked, waiting, refused, rejected.
 */
strata: Array<GroupView>, 
/**
 * Linked pairs by probability in percent.
 */
bands: Array<GroupView>, 
/**
 * Linked pairs by what speaks for them most.
 */
evidence: Array<GroupView>, 
/**
 * The share of all the same, among kept pairs, that is linked.
 */
recall: ShareView, 
/**
 * Verdicts on pairs that were not compared or not kept.
 */
elsewhere: number, 
/**
 * Thresholds that the verdicts speak for.
 */
proposal: ProposalView, };

/**
 * Shows one thing of a merge.
 */
export type MergeRowView = { 
/**
 * `new`, `same` or `conflict`.
 */
state: string, 
/**
 * `source`, `judgement`, `note`, `tag`, `edit`, `rules` or another sort of operation.
 */
kind: string, 
/**
 * What it is, in words.
 */
text: string, 
/**
 * What stands here, where it contradicts; empty otherwise.
 */
here: string, };

/**
 * Shows what merging a package would do, or did.
 */
export type MergeView = { 
/**
 * The package.
 */
package: PackageView, 
/**
 * What it holds and this case does not, the same, and what contradicts; new first, then conflicts, then same.
 */
rows: Array<MergeRowView>, 
/**
 * Number of new things.
 */
new: number, 
/**
 * Number of things both hold.
 */
same: number, 
/**
 * Number of contradictions.
 */
conflicts: number, };

/**
 * Shows pairs that would be decided otherwise.
 */
export type MovedView = { 
/**
 * Decision now.
 */
from: string, 
/**
 * Decision then.
 */
to: string, 
/**
 * Number of pairs.
 */
pairs: number, };

/**
 * Shows an entity's place in the network; shares are 0 to 1.
 */
export type NetworkView = { 
/**
 * Neighbours.
 */
degree: number, 
/**
 * Sum of relation scores.
 */
weighted_degree: number, 
/**
 * Normalised betweenness.
 */
betweenness: number, 
/**
 * Normalised harmonic closeness.
 */
closeness: number, 
/**
 * Eigenvector centrality.
 */
eigenvector: number, 
/**
 * PageRank.
 */
pagerank: number, 
/**
 * k-core number.
 */
core: number, 
/**
 * Community number.
 */
community: number, 
/**
 * Whether removing it cuts the graph.
 */
broker: boolean, 
/**
 * 0 to 100.
 */
influence: number, };

/**
 * Asks to write a note on an entity; it is anchored to the entity's smallest record.
 */
export type NoteRequest = { 
/**
 * Entity id.
 */
entity: string, 
/**
 * The note.
 */
text: string, };

/**
 * Shows one note.
 */
export type NoteView = { 
/**
 * Operation that wrote it; taking it back removes the note.
 */
operation: string, 
/**
 * The note.
 */
text: string, 
/**
 * Who.
 */
author: string, 
/**
 * When, ISO 8601 UTC.
 */
at: string, };

/**
 * Shows the open case.
 */
export type OpenCaseView = { 
/**
 * Name.
 */
name: string, 
/**
 * Region for phone numbers.
 */
region: string, 
/**
 * Whether this window may write.
 */
writable: boolean, 
/**
 * Why it may not, in words; empty when it may.
 */
read_only_reason: string, 
/**
 * Result of the check at opening: `verified`, `unverified` (not known on this computer), `behind` or `damaged`.
 */
custody: string, 
/**
 * What the check found, in words.
 */
custody_text: string, 
/**
 * What was odd about its keys at this opening, in words; empty when nothing was.
 */
keys_note: string, 
/**
 * Marking of the case's texts.
 */
tlp: string, 
/**
 * Revision of the derived state; empty before the first fusion.
 */
revision: string, 
/**
 * Whether evidence changed since that revision.
 */
stale: boolean, 
/**
 * Number of live sources.
 */
sources: number, 
/**
 * Number of entities.
 */
entities: number, 
/**
 * Number of relations.
 */
relations: number, 
/**
 * Number of events.
 */
events: number, 
/**
 * Pairs waiting for a verdict.
 */
review: number, 
/**
 * New alerts.
 */
alerts: number, 
/**
 * Whether this is the sample case.
 */
sample: boolean, 
/**
 * Whether the last change can be taken back, and which it is.
 */
undo: string | null, 
/**
 * Whether a taken-back change can be made again, and which it is.
 */
redo: string | null, 
/**
 * Operation the case is shown as of; none for the present.
 */
as_of: string | null, 
/**
 * What is wrong with the backups, in words; empty when nothing is.
 */
backup_alert: string, 
/**
 * Minutes without use after which the case locks itself; 0 for never.
 */
auto_lock_minutes: number, };

/**
 * Shows an operation.
 */
export type OperationView = { 
/**
 * Operation id.
 */
id: string, 
/**
 * What sort, e.g. `import`.
 */
kind: string, 
/**
 * When, ISO 8601 UTC.
 */
at: string, 
/**
 * Who.
 */
author: string, 
/**
 * What, in words.
 */
text: string, 
/**
 * Whether it has been taken back.
 */
retracted: boolean, 
/**
 * Why it stands without ground now, because what it speaks of was taken back; empty otherwise.
 */
conflict: string, };

/**
 * Asks for the overview of the case.
 */
export type OverviewRequest = Record<symbol, never>;

/**
 * Shows what to look at first.
 */
export type OverviewView = { 
/**
 * Entities by kind.
 */
kinds: Array<KindCountView>, 
/**
 * Persons and organisations with the highest risk.
 */
top_risk: Array<EntityRowView>, 
/**
 * Persons and organisations with the most influence.
 */
top_influence: Array<EntityRowView>, 
/**
 * Gravest findings.
 */
findings: Array<FindingView>, 
/**
 * Notices of the stages (caps, hubs).
 */
notes: Array<string>, 
/**
 * Longest silences and strongest bursts, in words.
 */
patterns: Array<PatternView>, };

/**
 * Says what opens a package.
 */
export type PackageKeyRequest = { 
/**
 * Passphrase of the package; empty when a key file opens it. Wiped after use.
 */
passphrase: string, 
/**
 * Handle of a file with an age identity (`AGE-SECRET-KEY-…`); this computer's own identity otherwise.
 */
identity?: string, };

/**
 * Shows what is in a package.
 */
export type PackageView = { 
/**
 * Name of the case.
 */
name: string, 
/**
 * `whole` or `selection`.
 */
extent: string, 
/**
 * When it was packed, ISO 8601 UTC.
 */
at: string, 
/**
 * Who packed it.
 */
sender: string, 
/**
 * Start of the sender's public signing key.
 */
signed_by: string, 
/**
 * Whether this computer or the open case knows that key.
 */
sender_known: boolean, 
/**
 * Sources in it.
 */
sources: number, 
/**
 * Observations in it.
 */
observations: number, 
/**
 * Operations in it.
 */
operations: number, 
/**
 * Bytes of originals.
 */
original_bytes: number, 
/**
 * Short code of the custody head at packing.
 */
code: string, };

/**
 * Shows a scored pair.
 */
export type PairView = { 
/**
 * Left record.
 */
left: RecordView, 
/**
 * Right record.
 */
right: RecordView, 
/**
 * Log-odds in thousandths of a bit.
 */
score_millibits: number, 
/**
 * Prior in thousandths of a bit.
 */
prior_millibits: number, 
/**
 * 0 to 1.
 */
probability: number, 
/**
 * Likelihood in words.
 */
likelihood: string, 
/**
 * `linked`, `review`, `rejected`, `judged-same`, `judged-different` or `refused`.
 */
decision: string, 
/**
 * `open`, `same`, `different`, `unsure` or `contradiction`.
 */
judgement: string, 
/**
 * Independent kinds of evidence that agree.
 */
kinds_of_evidence: number, 
/**
 * Every comparator's part.
 */
contributions: Array<ContributionView>, 
/**
 * Why, in words.
 */
why: string, };

/**
 * Names one entity that takes part in an event.
 */
export type ParticipantView = { 
/**
 * Which entity.
 */
entity: EntityRefView, 
/**
 * `subject`, `actor`, `target`, `mentioned` or `venue`.
 */
role: string, };

/**
 * Shows one way.
 */
export type PathView = { 
/**
 * Strength, 0 to 100.
 */
score: number, 
/**
 * Entities along the way.
 */
entities: Array<EntityRefView>, 
/**
 * Relations along the way, one fewer.
 */
relations: Array<RelationView>, };

/**
 * Shows a pattern in time.
 */
export type PatternView = { 
/**
 * `gap` or `burst`.
 */
kind: string, 
/**
 * Whose; none for the whole case.
 */
entity: EntityRefView | null, 
/**
 * First instant, ISO 8601 UTC.
 */
start: string, 
/**
 * Last instant, ISO 8601 UTC.
 */
end: string, 
/**
 * In words.
 */
text: string, };

/**
 * Names the place of one pinned entity.
 */
export type PlaceView = { 
/**
 * Entity id.
 */
entity: string, 
/**
 * Place from the left, in thousandths of the picture's unit.
 */
x: number, 
/**
 * Place from the top, in thousandths of the picture's unit.
 */
y: number, };

/**
 * Names thresholds to try out or to put in force.
 */
export type PreviewRequest = { 
/**
 * Log-odds from which a pair waits for a verdict, in thousandths of a bit.
 */
review_millibits: number, 
/**
 * Log-odds from which a pair is joined, in thousandths of a bit.
 */
link_millibits: number, };

/**
 * Shows what other thresholds would do; nothing was changed.
 */
export type PreviewView = { 
/**
 * The thresholds as the rules would hold them.
 */
thresholds: ThresholdsView, 
/**
 * Pairs that would be decided otherwise.
 */
moved: Array<MovedView>, 
/**
 * How many groups of entities would be one.
 */
merges: number, 
/**
 * The first of them.
 */
merged: Array<RegroupedView>, 
/**
 * How many entities would part.
 */
splits: number, 
/**
 * The first of them.
 */
split: Array<RegroupedView>, 
/**
 * Entities now.
 */
entities_now: number, 
/**
 * Entities then.
 */
entities_then: number, 
/**
 * Pairs that wait now.
 */
waiting_now: number, 
/**
 * Pairs that wait then.
 */
waiting_then: number, 
/**
 * What would change in the rules.
 */
rules: Array<RuleChangeView>, };

/**
 * Shows a threshold that the verdicts speak for.
 */
export type ProposalView = { 
/**
 * In force now.
 */
now: ThresholdsView, 
/**
 * Proposed; as now where the verdicts do not speak for another.
 */
proposed: ThresholdsView, 
/**
 * `holds`, `moved` or `too-few`, for joining.
 */
link: string, 
/**
 * Verdicts that are missing at least, for joining.
 */
link_missing: number, 
/**
 * `holds`, `moved` or `too-few`, for asking.
 */
review: string, 
/**
 * Verdicts that are missing at least, for asking.
 */
review_missing: number, 
/**
 * Surety that was asked for, in ten-thousandths.
 */
goal: number, };

/**
 * Shows what hangs on the verdict on a pair.
 */
export type QuestionView = { 
/**
 * What a verdict is worth: uncertainty times what hangs on it.
 */
value: number, 
/**
 * How little is known of the pair, 0 to 1000 thousandths of a bit.
 */
uncertainty_millibits: number, 
/**
 * Waiting questions that the verdict answers, itself included.
 */
settled: number, 
/**
 * Records of the left entity.
 */
left_records: number, 
/**
 * Records of the right entity.
 */
right_records: number, 
/**
 * Relations that would pass to the other entity.
 */
relations: number, 
/**
 * Alerts on either entity.
 */
alerts: number, 
/**
 * Risk of the left entity.
 */
left_risk: string, 
/**
 * Risk of the right entity.
 */
right_risk: string, 
/**
 * Whether somebody has looked at it without deciding.
 */
looked_at: boolean, };

/**
 * Shows a case opened before.
 */
export type RecentCaseView = { 
/**
 * Handle for `case.open`.
 */
handle: string, 
/**
 * Folder name without ending.
 */
name: string, 
/**
 * Whether the folder is still there.
 */
present: boolean, };

/**
 * Shows a record on one side of a pair.
 */
export type RecordView = { 
/**
 * Record id.
 */
id: string, 
/**
 * Kind id.
 */
kind: string, 
/**
 * Label of the record by itself.
 */
label: string, 
/**
 * Entity that holds it.
 */
entity: string, 
/**
 * File names of its sources.
 */
sources: Array<string>, };

/**
 * Shows a recovery code, this once.
 */
export type RecoveryView = { 
/**
 * The code in groups, with its checksum.
 */
code: string, 
/**
 * The page to print: what it opens, how, where to keep it; carries its own wrapped key.
 */
kit: string, 
/**
 * What opens the case now.
 */
keys: KeysView, };

/**
 * Shows entities that would be one, or the parts that one would fall into.
 */
export type RegroupedView = { 
/**
 * Entity id: of the one that parts, or of the first that joins.
 */
entity: string, 
/**
 * Labels: of the entities that join, or of the parts.
 */
labels: Array<string>, 
/**
 * Records concerned.
 */
records: number, };

/**
 * Shows one relation, seen from the entity that was asked for.
 */
export type RelationView = { 
/**
 * Relation id.
 */
id: string, 
/**
 * Kind id, e.g. `owns`.
 */
kind: string, 
/**
 * Correlation score, 0 to 100.
 */
score: number, 
/**
 * `out`, `in` or `both`.
 */
direction: string, 
/**
 * Start of the relation.
 */
from: EntityRefView, 
/**
 * The other end.
 */
other: EntityRefView, 
/**
 * Confidence.
 */
confidence: ConfidenceView, 
/**
 * Best grade.
 */
grade: GradeView, 
/**
 * Observations that state it.
 */
count: number, 
/**
 * Dated support.
 */
span: SpanView | null, 
/**
 * Sums moved, per coin.
 */
amounts: Array<string>, 
/**
 * Why it was drawn.
 */
why: string, 
/**
 * Supporting statements.
 */
statements: Array<string>, };

/**
 * Asks for a report as text, for the preview.
 */
export type ReportPreviewRequest = { 
/**
 * Entities the report is about; the whole case when empty.
 */
entities: Array<string>, 
/**
 * TLP mark, e.g. `AMBER`.
 */
tlp: string, };

/**
 * Shows the report.
 */
export type ReportPreviewView = { 
/**
 * Self-contained HTML for a sandboxed frame.
 */
html: string, 
/**
 * SHA-256 of the bytes that an export would write.
 */
sha256: string, };

/**
 * Asks for the clear text of a secret that was kept on purpose.
 */
export type RevealRequest = { 
/**
 * Statement id.
 */
statement: string, 
/**
 * Why.
 */
reason: string, };

/**
 * Shows a secret.
 */
export type RevealView = { 
/**
 * The clear text; none when it was not kept.
 */
text: string | null, 
/**
 * What to do when it was not kept; empty otherwise.
 */
hint: string, };

/**
 * Asks for pairs.
 */
export type ReviewPageRequest = { 
/**
 * Decisions to keep, e.g. `review`; all when empty.
 */
decisions: Array<string>, 
/**
 * First row, 0-based.
 */
offset: number, 
/**
 * Rows wanted, at most 500.
 */
limit: number, 
/**
 * Order of the waiting pairs: `value`, what a verdict is worth (default), or `score`.
 */
order?: string, };

/**
 * Shows pairs.
 */
export type ReviewPageView = { 
/**
 * The pairs.
 */
pairs: Array<PairView>, 
/**
 * Of each pair what a verdict on it is worth; empty unless only waiting pairs were asked for.
 */
questions: Array<QuestionView>, 
/**
 * Pairs that match altogether.
 */
total: number, 
/**
 * Length of the log that the answer knows at least.
 */
log: number, };

/**
 * Shows one factor of a risk.
 */
export type RiskFactorView = { 
/**
 * Stable name.
 */
name: string, 
/**
 * 0 to 100.
 */
score: number, 
/**
 * 0 to 100.
 */
weight: number, 
/**
 * What it is made of.
 */
findings: Array<FindingView>, };

/**
 * Says which single source changes the level.
 */
export type RiskFlipView = { 
/**
 * Source id.
 */
source: string, 
/**
 * File name.
 */
source_name: string, 
/**
 * Level without it.
 */
level: string, 
/**
 * Score without it.
 */
score: number, 
/**
 * The whole sentence.
 */
text: string, };

/**
 * Shows a risk with its factors.
 */
export type RiskView = { 
/**
 * 0 to 100.
 */
score: number, 
/**
 * `MINIMAL` … `CRITICAL`.
 */
level: string, 
/**
 * The factors.
 */
factors: Array<RiskFactorView>, 
/**
 * The single source that carries the level.
 */
flip: RiskFlipView | null, };

/**
 * Shows a key whose value differs from the shipped one.
 */
export type RuleChangeView = { 
/**
 * Key with its section, e.g. `correlation.time_window_days`.
 */
key: string, 
/**
 * Shipped value, or the one before a change.
 */
shipped: string, 
/**
 * Value in force, or after a change.
 */
now: string, };

/**
 * Asks for the rules in force.
 */
export type RulesShowRequest = Record<symbol, never>;

/**
 * Shows the rules in force.
 */
export type RulesShowView = { 
/**
 * The shipped file, commented.
 */
text: string, 
/**
 * Digest that is part of the revision.
 */
digest: string, 
/**
 * Where the rules in force come from, in words.
 */
origin: string, };

/**
 * Asks for pairs that chance draws for a check.
 */
export type SampleRequest = { 
/**
 * `linked`, `waiting`, `refused` or `rejected`: what the engine decides by itself.
 */
stratum: string, 
/**
 * Pairs wanted, at most 500.
 */
limit: number, };

/**
 * Shows a hit.
 */
export type SearchHitView = { 
/**
 * `entity`, `statement`, `source` or `event`.
 */
kind: string, 
/**
 * Entity the hit leads to.
 */
entity: EntityRefView | null, 
/**
 * Text that matched.
 */
text: string, 
/**
 * Where it stands: property, source and place, in words.
 */
context: string, 
/**
 * Id of the hit itself.
 */
id: string, };

/**
 * Asks for hits.
 */
export type SearchRequest = { 
/**
 * What the analyst typed.
 */
query: string, 
/**
 * Hits wanted, at most 200.
 */
limit: number, };

/**
 * Shows hits.
 */
export type SearchView = { 
/**
 * Best first.
 */
hits: Array<SearchHitView>, };

/**
 * Asks what merging a package into the open case would do.
 */
export type ShareCompareRequest = { 
/**
 * Handle of the package.
 */
package: string, 
/**
 * What opens it.
 */
key: PackageKeyRequest, };

/**
 * Asks for this computer's public keys.
 */
export type ShareIdentityRequest = Record<symbol, never>;

/**
 * Asks what is in a package; nothing is unpacked.
 */
export type ShareInspectRequest = { 
/**
 * Handle of the package.
 */
package: string, 
/**
 * What opens it.
 */
key: PackageKeyRequest, };

/**
 * Asks for a sealed package of the case or of a part of it.
 */
export type SharePackRequest = { 
/**
 * Public keys (`age1…`) that open it; empty when a passphrase does.
 */
recipients: Array<string>, 
/**
 * Passphrase that opens it; empty when recipients do. Wiped after use.
 */
passphrase: string, 
/**
 * Only these entities with the evidence that speaks of them; empty for the whole case.
 */
entities: Array<string>, 
/**
 * Handle of the place, from the save dialog; the exports folder otherwise.
 */
place?: string, 
/**
 * Why it leaves the case.
 */
reason: string, };

/**
 * Asks to unpack a package as a case of its own.
 */
export type ShareUnpackRequest = { 
/**
 * Handle of the package.
 */
package: string, 
/**
 * What opens it.
 */
key: PackageKeyRequest, 
/**
 * Passphrase of the new case; wiped after use.
 */
new_passphrase: string, 
/**
 * Handle of the folder it is unpacked into; the default folder otherwise. Nothing is overwritten.
 */
folder?: string, };

/**
 * Shows a share with the interval of 95 % that it lies in, in ten-thousandths.
 */
export type ShareView = { 
/**
 * Lower end.
 */
low: number, 
/**
 * The share among decided pairs; none when nothing was decided.
 */
estimate: number | null, 
/**
 * Upper end.
 */
high: number, };

/**
 * Shows one way into the case.
 */
export type SlotView = { 
/**
 * Number of the slot.
 */
id: number, 
/**
 * `passphrase`, `two-secret`, `recovery`, `keyring` or `colleague`.
 */
kind: string, 
/**
 * What its maker wrote beside it, e.g. a colleague's name; may be empty.
 */
label: string, 
/**
 * What guessing costs, in words, e.g. `Argon2id, 256 MiB, 3 passes, 4 lanes`; empty where nothing is guessed.
 */
cost: string, 
/**
 * Public part of a colleague's key (`age1…`); empty for other kinds.
 */
recipient: string, 
/**
 * Whether it may be removed now; the last way in by passphrase, recovery code or colleague may not.
 */
removable: boolean, };

/**
 * Asks for the original lines around a place. Reading the original is a disclosure: it is logged with its reason.
 */
export type SourceQuoteRequest = { 
/**
 * Source id.
 */
source: string, 
/**
 * 1-based line.
 */
line: number, 
/**
 * Why the original is read.
 */
reason: string, };

/**
 * Shows original lines.
 */
export type SourceQuoteView = { 
/**
 * Number of the first line shown.
 */
first_line: number, 
/**
 * The lines, cut at 2,000 characters each.
 */
lines: Array<string>, };

/**
 * Shows a source.
 */
export type SourceView = { 
/**
 * SHA-256 of the content.
 */
id: string, 
/**
 * File name as acquired.
 */
name: string, 
/**
 * Source kind id, e.g. `breach`.
 */
kind: string, 
/**
 * Importer id.
 */
format: string, 
/**
 * Grade.
 */
grade: GradeView, 
/**
 * Whether the analyst gave the grade.
 */
graded_by: string, 
/**
 * SHA-256 of the content (the same as `id`, named for readers of reports).
 */
sha256: string, 
/**
 * Bytes.
 */
size: number, 
/**
 * When acquired, ISO 8601 UTC.
 */
acquired_at: string, 
/**
 * Independent origin.
 */
origin: string, 
/**
 * Subject given by file name or analyst.
 */
subject: string | null, 
/**
 * Rows read.
 */
rows_read: number, 
/**
 * Rows that said "not found".
 */
rows_negative: number, 
/**
 * Observations kept.
 */
observations: number, 
/**
 * Statements kept.
 */
statements: number, 
/**
 * Stored warnings.
 */
warnings: number, 
/**
 * Whether it has been withdrawn.
 */
withdrawn: boolean, };

/**
 * Asks for the warnings of a source.
 */
export type SourceWarningsRequest = { 
/**
 * Source id.
 */
source: string, };

/**
 * Shows the warnings of a source.
 */
export type SourceWarningsView = { 
/**
 * The warnings, by place.
 */
warnings: Array<WarningView>, };

/**
 * Asks to take an import back.
 */
export type SourceWithdrawRequest = { 
/**
 * Source id.
 */
source: string, 
/**
 * Why.
 */
reason: string, };

/**
 * Asks for all sources.
 */
export type SourcesListRequest = Record<symbol, never>;

/**
 * Shows all sources.
 */
export type SourcesListView = { 
/**
 * The sources, latest first.
 */
sources: Array<SourceView>, };

/**
 * Shows an interval of time with the precision it is known to.
 */
export type SpanView = { 
/**
 * First instant, ISO 8601 UTC.
 */
start: string, 
/**
 * First instant after, ISO 8601 UTC.
 */
end: string, 
/**
 * `year`, `month`, `day`, `minute`, `second` or `millisecond`.
 */
precision: string, 
/**
 * Short text at its precision, e.g. `2019-07`.
 */
text: string, 
/**
 * First instant in milliseconds since 1970.
 */
start_ms: number, 
/**
 * First instant after, in milliseconds since 1970.
 */
end_ms: number, 
/**
 * Whether the source named a zone; otherwise the time was read as UTC.
 */
zone_known: boolean, };

/**
 * Asks to part some records from the entity they are in.
 */
export type SplitRequest = { 
/**
 * Entity id.
 */
entity: string, 
/**
 * Record ids that leave it together.
 */
records: Array<string>, 
/**
 * Why.
 */
reason: string, };

/**
 * Shows where the case stands against what this computer remembers of it.
 */
export type StandingView = { 
/**
 * `unknown-here`, `extends`, `behind`, `diverged` or `damaged`.
 */
verdict: string, 
/**
 * In words, with what to do.
 */
text: string, 
/**
 * Number of the last event.
 */
seq: number, 
/**
 * Short code of the head, as printed on receipts.
 */
code: string, 
/**
 * Number of the last event this computer has seen; none when it has seen none.
 */
remembered: number | null, 
/**
 * First bad event or object; none when all is well.
 */
first_bad: string | null, 
/**
 * Signed checkpoints.
 */
checkpoints: number, 
/**
 * Whose keys signed them: names with the start of the public key.
 */
signers: Array<string>, };

/**
 * Shows one statement with everything that leads back to the file.
 */
export type StatementView = { 
/**
 * Statement id.
 */
id: string, 
/**
 * Record it is said of; records make up entities.
 */
record: string, 
/**
 * Property id, e.g. `email`.
 */
property: string, 
/**
 * Cleaned value for people; empty when cleaning failed.
 */
value: string, 
/**
 * Why cleaning failed; empty when it did not.
 */
problem: string, 
/**
 * Original text, or the analyst's where it was corrected; secrets show their equality group.
 */
original: string, 
/**
 * What the source says and who corrected it, where somebody did.
 */
correction?: CorrectionView, 
/**
 * Raw field path.
 */
path: string, 
/**
 * Source id.
 */
source: string, 
/**
 * File name of the source.
 */
source_name: string, 
/**
 * Place in the file, in words.
 */
locator: string, 
/**
 * 1-based line, where known.
 */
line: number | null, 
/**
 * Grade in force.
 */
grade: GradeView, 
/**
 * Entity it is said of.
 */
entity: EntityRefView | null, };

/**
 * Asks for statements by id.
 */
export type StatementsGetRequest = { 
/**
 * Statement ids, at most 1,000.
 */
ids: Array<string>, };

/**
 * Shows statements.
 */
export type StatementsGetView = { 
/**
 * In the order asked; unknown ids are left out.
 */
statements: Array<StatementView>, };

/**
 * Shows a suggested link.
 */
export type SuggestionView = { 
/**
 * One end.
 */
left: EntityRefView, 
/**
 * The other.
 */
right: EntityRefView, 
/**
 * 0 to 100.
 */
score: number, 
/**
 * Neighbours both share.
 */
through: Array<EntityRefView>, };

/**
 * Asks to put a tag on an entity or to take it off.
 */
export type TagRequest = { 
/**
 * Entity id.
 */
entity: string, 
/**
 * The tag.
 */
tag: string, 
/**
 * `on` or `off`.
 */
state: string, };

/**
 * Names a verdict to take back.
 */
export type TakeBackRequest = { 
/**
 * Operation of the verdict.
 */
operation: string, };

/**
 * Counts verdicts.
 */
export type TallyView = { 
/**
 * Judged the same.
 */
same: number, 
/**
 * Judged different.
 */
different: number, 
/**
 * Looked at without deciding.
 */
unsure: number, };

/**
 * Asks for the thresholds in force.
 */
export type ThresholdsRequest = Record<symbol, never>;

/**
 * Shows from where pairs are asked about and joined.
 */
export type ThresholdsView = { 
/**
 * Log-odds from which a pair waits for a verdict, in thousandths of a bit.
 */
review_millibits: number, 
/**
 * Log-odds from which a pair is joined, in thousandths of a bit.
 */
link_millibits: number, };

/**
 * Asks for counts of events in equal buckets.
 */
export type TimelineDensityRequest = { 
/**
 * Only events of these entities; all when empty.
 */
entities: Array<string>, 
/**
 * From; the first event when absent.
 */
from_ms?: number, 
/**
 * Until; the last event when absent.
 */
until_ms?: number, 
/**
 * Buckets wanted, at most 4,096.
 */
buckets: number, };

/**
 * Shows counts of events in equal buckets, per event kind.
 */
export type TimelineDensityView = { 
/**
 * Start of the first bucket.
 */
from_ms: number, 
/**
 * End of the last bucket.
 */
until_ms: number, 
/**
 * One lane per event kind that occurs.
 */
lanes: Array<TimelineLaneView>, 
/**
 * Silences, longest first.
 */
gaps: Array<PatternView>, 
/**
 * Bursts, strongest first.
 */
bursts: Array<PatternView>, 
/**
 * 168 counts by weekday (Monday first) and hour (UTC).
 */
hours: Array<number>, };

/**
 * Shows the counts of one event kind.
 */
export type TimelineLaneView = { 
/**
 * Event kind id.
 */
kind: string, 
/**
 * Counts.
 */
counts: Array<number>, };

/**
 * Asks for events inside an interval.
 */
export type TimelinePageRequest = { 
/**
 * Only events of these entities; all when empty.
 */
entities: Array<string>, 
/**
 * Only these event kinds; all when empty.
 */
kinds: Array<string>, 
/**
 * From, milliseconds since 1970.
 */
from_ms?: number, 
/**
 * Until, milliseconds since 1970.
 */
until_ms?: number, 
/**
 * First row, 0-based.
 */
offset: number, 
/**
 * Rows wanted, at most 5,000.
 */
limit: number, };

/**
 * Shows events by time.
 */
export type TimelinePageView = { 
/**
 * The events.
 */
events: Array<EventView>, 
/**
 * Events that match altogether.
 */
total: number, };

/**
 * Asks for undo or redo.
 */
export type UndoRequest = { 
/**
 * Operation to take back or to bring back, wherever it stands in the log; the newest otherwise.
 */
operation?: string, };

/**
 * Shows what undo or redo did.
 */
export type UndoView = { 
/**
 * What was taken back or made again; none when there was nothing.
 */
text: string | null, 
/**
 * Later work that depended on it and now stands without ground: kept, shown, not lost.
 */
conflicts: Array<string>, };

/**
 * Asks for a full check of the case.
 */
export type VerifyRequest = Record<symbol, never>;

/**
 * Shows the result of a full check.
 */
export type VerifyView = { 
/**
 * `verified`, `unverified` (not known on this computer), `behind` or `damaged`.
 */
verdict: string, 
/**
 * What was checked, with counts.
 */
checks: Array<CheckView>, 
/**
 * First bad item; none when all is well.
 */
first_bad: string | null, 
/**
 * What could not be looked at although this computer should know of it; none when all was.
 */
unseen: string | null, };

/**
 * Shows a stored warning.
 */
export type WarningView = { 
/**
 * Code for machines.
 */
code: string, 
/**
 * Place in the file.
 */
locator: string, 
/**
 * What happened.
 */
message: string, };

/** Every command: its request and its answer. */
export interface Commands {
  /** Alerts, gravest first. */
  "alert.list": [AlertsListRequest, AlertsListView];
  /** Changes the state of an alert. */
  "alert.set": [AlertSetRequest, AlertsListView];
  /** Notes and tags of an entity. */
  "entity.annotations": [AnnotationsRequest, AnnotationsView];
  /** Writes a note on an entity. */
  "entity.note": [NoteRequest, AnnotationsView];
  /** Puts a tag on an entity or takes it off. */
  "entity.tag": [TagRequest, AnnotationsView];
  /** Parts records from the entity they are in. */
  "entity.split": [SplitRequest, AnnotationsView];
  /** Corrects what a statement says. */
  "statement.edit": [EditRequest, UndoView];
  /** Shows a secret whose clear text was kept. */
  "statement.reveal": [RevealRequest, RevealView];
  /** Keeps the layout of a view. */
  "layout.save": [LayoutSaveRequest, LayoutView];
  /** The kept layout of a view. */
  "layout.load": [LayoutRequest, LayoutView];
  /** What erasing would take, and which copies it does not reach. */
  "evidence.erasePlan": [EraseRequest, EraseView];
  /** Erases evidence for good. */
  "evidence.erase": [EraseRequest, EraseView];
  /** How the backups stand. */
  "backup.status": [BackupStatusRequest, BackupStatusView];
  /** Chooses where backups go and whether they are made by themselves. */
  "backup.configure": [BackupConfigureRequest, BackupStatusView];
  /** Makes a backup; follow the job. */
  "backup.run": [BackupRunRequest, JobStartedView];
  /** Restores a backup to scratch and compares it; follow the job. */
  "backup.test": [BackupTestRequest, JobStartedView];
  /** Restores a backup into a new folder and opens it. */
  "backup.restore": [BackupRestoreRequest, OpenCaseView];
  /** The state of the workbench. */
  "case.status": [CaseStatusRequest, CaseStatusView];
  /** Creates and opens a case. */
  "case.create": [CaseCreateRequest, OpenCaseView];
  /** Opens a case. */
  "case.open": [CaseOpenRequest, OpenCaseView];
  /** Creates the sample case where needed, and opens it. */
  "case.openSample": [CaseOpenSampleRequest, OpenCaseView];
  /** Closes the case and wipes its keys. */
  "case.lock": [CaseLockRequest, CaseStatusView];
  /** Chooses after how much time without use the case locks itself. */
  "case.autoLock": [AutoLockRequest, CaseStatusView];
  /** Shows the case as it was right after an operation. */
  "case.asOf": [AsOfRequest, OpenCaseView];
  /** Keeps or forgets a key in the system keyring. */
  "case.remember": [CaseRememberRequest, CaseStatusView];
  /** Events of custody, latest first. */
  "custody.page": [CustodyPageRequest, CustodyPageView];
  /** Where the case stands against what this computer remembers. */
  "custody.standing": [CustodyStandingRequest, StandingView];
  /** Goes on with an older case, on the record. */
  "custody.acknowledge": [CustodyAcknowledgeRequest, OpenCaseView];
  /** Whether a printed code belongs to the history of this case. */
  "custody.compare": [CustodyCompareRequest, CustodyCompareView];
  /** A page of the entity table. */
  "entity.page": [EntitiesPageRequest, EntitiesPageView];
  /** Everything known of one entity. */
  "entity.get": [EntityGetRequest, EntityView];
  /** Where the records are that ids stood for which are no more. */
  "entity.moved": [EntityMovedRequest, EntityMovedView];
  /** Statements by id. */
  "statement.get": [StatementsGetRequest, StatementsGetView];
  /** Findings, gravest first. */
  "finding.list": [FindingsListRequest, FindingsListView];
  /** What to look at first. */
  "case.overview": [OverviewRequest, OverviewView];
  /** A picture of the graph, as byte columns. */
  "graph.view": [GraphViewRequest, ArrayBuffer];
  /** The key to the byte columns. */
  "graph.columns": [GraphColumnsRequest, GraphColumns];
  /** Ways between two entities. */
  "graph.paths": [GraphPathsRequest, GraphPathsView];
  /** Communities and suggested links. */
  "graph.communities": [CommunitiesRequest, CommunitiesView];
  /** How an entity came to be, and what was done to it. */
  "entity.history": [EntityHistoryRequest, EntityHistoryView];
  /** Says what an import would do; stores nothing. */
  "import.plan": [ImportPlanRequest, ImportPlanView];
  /** Imports files and fuses, in a job. */
  "import.run": [ImportRunRequest, JobStartedView];
  /** Brings everything derived up to date, in a job. */
  "fuse.run": [FuseRequest, JobStartedView];
  /** All sources, latest first. */
  "source.list": [SourcesListRequest, SourcesListView];
  /** Stored warnings of a source. */
  "source.warnings": [SourceWarningsRequest, SourceWarningsView];
  /** Takes an import back and fuses, in a job. */
  "source.withdraw": [SourceWithdrawRequest, JobStartedView];
  /** Original lines around a place; logged. */
  "source.quote": [SourceQuoteRequest, SourceQuoteView];
  /** All jobs since the start, latest first. */
  "job.list": [JobsListRequest, JobsListView];
  /** Stops a job. */
  "job.cancel": [JobRequest, JobsListView];
  /** What opens the case. */
  "keys.list": [KeysListRequest, KeysView];
  /** Replaces the passphrase; the database is not rewritten. */
  "keys.changePassphrase": [KeysChangePassphraseRequest, KeysView];
  /** Puts the case under a new master key; the database is encrypted anew. */
  "keys.rotate": [KeysRotateRequest, KeysRotatedView];
  /** Adds one more passphrase. */
  "keys.addPassphrase": [KeysAddPassphraseRequest, KeysView];
  /** Makes the printed recovery code and shows it once. */
  "keys.addRecovery": [KeysAddRecoveryRequest, RecoveryView];
  /** Lets a colleague's age key open the case. */
  "keys.addColleague": [KeysAddColleagueRequest, KeysView];
  /** Takes a way in away. */
  "keys.remove": [KeysRemoveRequest, KeysView];
  /** Switches between the standard and the two-secret mode. */
  "keys.mode": [KeysModeRequest, KeysView];
  /** Opens a case by its printed kit and code, with a new key file. */
  "keys.recover": [KeysRecoverRequest, OpenCaseView];
  /** Operations, latest first. */
  "log.page": [LogPageRequest, LogPageView];
  /** Takes the last change back. */
  "log.undo": [UndoRequest, UndoView];
  /** Makes a change again that was taken back. */
  "log.redo": [UndoRequest, UndoView];
  /** Checks that nothing was changed behind the case's back. */
  "case.verify": [VerifyRequest, VerifyView];
  /** Versions, sizes, self-test, advice. */
  "app.doctor": [DoctorRequest, DoctorView];
  /** The rules in force. */
  "rules.show": [RulesShowRequest, RulesShowView];
  /** From where pairs are asked about and joined. */
  "review.thresholds": [ThresholdsRequest, ThresholdsView];
  /** Pairs that chance draws for a check, in their order. */
  "review.sample": [SampleRequest, ReviewPageView];
  /** Precision and recall by the verdicts, and the thresholds they speak for. */
  "review.measure": [MeasureRequest, MeasureView];
  /** What other thresholds would do; changes nothing. */
  "review.preview": [PreviewRequest, PreviewView];
  /** Puts thresholds in force by one change of rules and fuses again. */
  "review.applyThresholds": [PreviewRequest, JobStartedView];
  /** The report as it would be written. */
  "report.preview": [ReportPreviewRequest, ReportPreviewView];
  /** Writes a report or an export into a file; logged. */
  "export.run": [ExportRunRequest, ExportRunView];
  /** Importers and exporters. */
  "format.list": [FormatsRequest, FormatsView];
  /** Pairs by decision: the waiting ones by what a verdict is worth, others strongest first. */
  "review.page": [ReviewPageRequest, ReviewPageView];
  /** Gives a verdict and fuses again. */
  "review.judge": [JudgeRequest, JobStartedView];
  /** Gives a verdict on exactly these records; fused soon, with others. */
  "review.decide": [DecideRequest, DecidedView];
  /** Takes a verdict back; fused soon, with others. */
  "review.takeBack": [TakeBackRequest, DecidedView];
  /** Why two things are, or are not, one. */
  "review.explain": [ExplainRequest, ExplainView];
  /** Entities and statements that hold the words. */
  "search.query": [SearchRequest, SearchView];
  /** This computer's public keys, to give to colleagues. */
  "share.identity": [ShareIdentityRequest, IdentityView];
  /** Writes a sealed package; follow the job. */
  "share.pack": [SharePackRequest, JobStartedView];
  /** What is in a package. */
  "share.inspect": [ShareInspectRequest, PackageView];
  /** Unpacks a package as a case of its own and opens it. */
  "share.unpack": [ShareUnpackRequest, OpenCaseView];
  /** What merging a package into the open case would do. */
  "share.compare": [ShareCompareRequest, MergeView];
  /** Merges a package into the open case. */
  "share.merge": [ShareCompareRequest, MergeView];
  /** Events by time. */
  "timeline.page": [TimelinePageRequest, TimelinePageView];
  /** Counts of events in equal buckets. */
  "timeline.density": [TimelineDensityRequest, TimelineDensityView];
}
