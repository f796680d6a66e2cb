/** Invented answers about the case file: keys, custody, the log, backups, packages, notes, erasing. Every state and every refusal is in reach. */
import type * as Api from "../src/generated/api";
import { hex, sources } from "./invented";

/** How the case stands. */
export type Stand = "fine" | "unknown" | "behind" | "damaged" | "bare";

export interface Held {
  size: number;
  large: boolean;
  stand: Stand;
  open: () => Api.OpenCaseView | null;
  change: (next: Partial<Api.OpenCaseView>) => void;
  /** Opens another case in place of this one. */
  replace: () => Api.OpenCaseView;
  job: (kind: string, text: string) => Api.JobStartedView;
}

const error = (code: string, message: string, hint: string): Api.ErrorView => ({ code, message, hint });
const ACTIONS = ["import", "judge", "open", "export", "quote", "checkpoint", "note", "reveal", "backup"];
const KINDS = ["import", "judge", "note", "edit", "tag"];
const WHO = ["M. Ellison", "R. Okafor"];
export const OWN_RECIPIENT = `age1${"q9x4mz7lkp2w5tcy8h3vdnfs6rj0gea".repeat(2).slice(0, 58)}`;
export const CODE = "K7QF-2MZD-9XWT";

const VERDICTS: Record<Stand, [verdict: string, text: string, first: string | null]> = {
  fine: ["extends", "The log continues what this computer remembers.", null],
  bare: ["extends", "The log continues what this computer remembers.", null],
  unknown: ["unknown-here", "The log agrees with itself; this computer has not seen this case before. Compare the code with a receipt or with whoever sent it.", null],
  behind: ["behind", "This computer has seen event 1,219 of this case; this copy ends with event 1,204.", null],
  damaged: ["damaged", "Event 871 was changed after it was written.", "event 871, imported report_nightjar_77_ndjson.json"],
};

export const CUSTODY: Record<Stand, string> = { fine: "verified", bare: "verified", unknown: "unverified", behind: "behind", damaged: "damaged" };

function standing(held: Held): Api.StandingView {
  const [verdict, text, first_bad] = VERDICTS[held.stand];
  const seq = held.large ? 1_000_000 : held.size === 0 ? 2 : 1204;
  return { verdict, text, seq, code: CODE, remembered: held.stand === "unknown" ? null : held.stand === "behind" ? 1219 : seq, first_bad, checkpoints: held.size === 0 ? 0 : 13, signers: held.size === 0 ? [] : ["M. Ellison (9f2c41d0)", "R. Okafor (07be55a1)"] };
}

function event(seq: number): Api.CustodyEventView {
  const action = ACTIONS[seq % ACTIONS.length] ?? "open";
  const file = sources()[seq % 8]?.name ?? "";
  const objects: Record<string, string> = { import: file, judge: "Mara Ellison and M. Ellison", open: "this case", export: "report.html, TLP:AMBER", quote: `${file}, line ${(seq % 90) + 2}`, checkpoint: `events up to ${seq - 1}`, note: "Mara Ellison", reveal: "password of nightjar_77 in dehashed_mail.json", backup: "2024-03-09T18-00-00Z" };
  const reasons: Record<string, string> = { export: "hand-over to the prosecutor", quote: "checking the quote", reveal: "compare with the seized note book", judge: "different birth dates" };
  const at = new Date(Date.UTC(2024, 2, 9, 18, 0, 0) - (1204 - (seq % 1204)) * 431_000).toISOString();
  return { seq, at, clock: seq % 57 === 0 ? "the wall clock went back 3 minutes since the event before" : "", action, object: objects[action] ?? "", who: seq % 31 === 0 ? "" : (WHO[seq % 2] ?? ""), reason: reasons[action] ?? "", tool: "fusion-workbench 0.1.0", digest: hex(seq) };
}

function matches(event: Api.CustodyEventView, asked: Api.CustodyPageRequest): boolean {
  const text = asked.text?.toLowerCase() ?? "";
  return (asked.action === undefined || event.action === asked.action) && (text === "" || `${event.action} ${event.who} ${event.reason} ${event.object}`.toLowerCase().includes(text));
}

function page(held: Held, asked: Api.CustodyPageRequest): Api.CustodyPageView {
  const last = standing(held).seq;
  const filtered = asked.action !== undefined || asked.text !== undefined;
  const range = (from: number, count: number) => Array.from({ length: Math.max(0, count) }, (_, n) => event(from - n)).filter((each) => each.seq > 0);
  if (!filtered) return { events: range(last - asked.offset, Math.min(asked.limit, last - asked.offset)), total: last, actions: ACTIONS };
  const found = range(last, Math.min(last, 3000)).filter((each) => matches(each, asked));
  return { events: found.slice(asked.offset, asked.offset + asked.limit), total: found.length, actions: ACTIONS };
}

function slot(id: number, kind: string, label: string, recipient = "", removable = true): Api.SlotView {
  return { id, kind, label, cost: kind === "passphrase" || kind === "two-secret" ? "Argon2id, 256 MiB, 3 passes, 4 lanes" : "", recipient, removable };
}

function backup(n: number): Api.BackupView {
  const states: [string, string][] = [
    ["untested", ""],
    ["whole", "restored to scratch 2024-03-08: root, 8 originals and all counts agree"],
    ["whole", "restored to scratch 2024-03-07: root, 8 originals and all counts agree"],
    ["damaged", "original 9c51… is not what the manifest says; the case itself is whole"],
  ];
  const [state, text] = n > 40 ? ["destroyed", "its key was destroyed with an erasure on 2024-03-01"] : (states[n] ?? ["whole", ""]);
  const at = new Date(Date.UTC(2024, 2, 9, 18) - n * 86_400_000 * (n > 12 ? 7 : 1)).toISOString();
  return { handle: `b${n}`, at, kept_as: n === 0 ? "newest" : n < 8 ? "daily" : n < 12 ? "weekly" : n === 12 ? "kept" : "monthly", size: 21_400_000 - n * 91_000, sources: 8, observations: 1204 - n * 9, state, text };
}

function packageView(): Api.PackageView {
  return { name: "Nightjar", extent: "selection", at: "2024-03-08T16:12:00Z", sender: "R. Okafor", signed_by: "07be55a1c4d2", sender_known: false, sources: 3, observations: 412, operations: 57, original_bytes: 1_840_000, code: "P3XN-77QA-WM2E" };
}

function merge(large: boolean): Api.MergeView {
  const rows: Api.MergeRowView[] = [
    { state: "new", kind: "source", text: "export-token-0x5d3c.csv, 96 observations", here: "" },
    { state: "new", kind: "note", text: "on Mara Ellison: “uses the harbour office phone”", here: "" },
    { state: "conflict", kind: "judgement", text: "Mara Ellison and M. Ellison are the same: same phone", here: "judged not the same: different birth dates" },
    { state: "conflict", kind: "edit", text: "birth date 1991-04-02", here: "birth date 1994-04-02" },
    ...Array.from({ length: large ? 5000 : 3 }, (_, n) => ({ state: "same", kind: "source", text: sources()[n % 8]?.name ?? "", here: "" })),
  ];
  return { package: packageView(), rows, new: 2, same: rows.length - 4, conflicts: 2 };
}

/** Answers what concerns the case file; nothing for every other method. */
export function caseFileOf(held: Held): (method: string, request: unknown) => unknown {
  let keys: Api.KeysView = {
    slots: held.stand === "bare" ? [slot(1, "passphrase", "", "", false)] : [slot(1, "passphrase", ""), slot(2, "recovery", "printed 2024-03-01"), slot(3, "keyring", ""), slot(4, "colleague", "R. Okafor", OWN_RECIPIENT)],
    mode: "standard",
    epoch: held.stand === "bare" ? 1 : 4,
    previous_kept: held.stand === "unknown",
  };
  const count = held.large ? 60 : 9;
  let backups: Api.BackupStatusView =
    held.stand === "bare" || held.size === 0
      ? { folder: null, automatic: false, last_success: null, overdue: false, text: "No folder was chosen.", backups: [] }
      : { folder: "/media/vault/Fusion backups", automatic: true, last_success: "2024-03-09T18:00:00Z", overdue: held.stand === "behind", text: held.stand === "behind" ? "None has succeeded for 31 hours: the folder is not there. Plug the disk in, or choose another folder." : "The last backup succeeded 2 hours ago and holds everything but 3 changes.", backups: Array.from({ length: count }, (_, n) => backup(n)) };
  const notes = new Map<string, Api.AnnotationsView>();
  const annotationsOf = (id: string): Api.AnnotationsView => {
    const found = notes.get(id) ?? { notes: held.size === 0 ? [] : [{ operation: "n0", text: "Said on the phone that the crates went through Leith, not Rotterdam. To be checked against the manifest.", author: "M. Ellison", at: "2024-03-07T10:12:00Z" }], tags: ["harbour", "priority"], known_tags: ["finance", "harbour", "priority", "to check"] };
    notes.set(id, found);
    return found;
  };
  let places: Api.PlaceView[] = [];
  let operations: Api.OperationView[] | null = null;
  const log = (): Api.OperationView[] => {
    operations ??= Array.from({ length: held.size === 0 ? 0 : held.large ? 2400 : 14 }, (_, n) => {
      const kind = KINDS[n % KINDS.length] ?? "import";
      const texts: Record<string, string> = { import: `imported ${sources()[n % 8]?.name ?? ""}`, judge: "judged two records not the same: different birth dates", note: "wrote a note on Mara Ellison", edit: "corrected the birth date of Mara Ellison", tag: "tagged Mara Ellison “harbour”" };
      return { id: `o${n}`, kind, at: new Date(Date.UTC(2024, 2, 9, 17) - n * 5_400_000).toISOString(), author: WHO[n % 2] ?? "", text: texts[kind] ?? "", retracted: n === 5, conflict: n === 3 ? "it corrects a statement of nightjar_77.csv, which was taken back" : "" };
    });
    return operations;
  };
  const retract = (id: string | undefined, retracted: boolean): Api.OperationView | undefined => {
    const wanted = log().find((each) => (id === undefined ? each.retracted !== retracted : each.id === id));
    operations = log().map((each) => (each.id === wanted?.id ? { ...each, retracted } : each));
    return wanted;
  };

  return (method, request) => {
    switch (method) {
      case "custody.standing":
        return standing(held);
      case "custody.page":
        return page(held, request as Api.CustodyPageRequest);
      case "custody.compare":
        return (request as Api.CustodyCompareRequest).code.toUpperCase() === CODE ? { seq: 1204, text: "The code names event 1,204, the last one: this case is what the receipt says." } : { seq: null, text: "The history of this case does not hold this code. It is another case, or it went another way." };
      case "custody.acknowledge":
        held.stand = "fine";
        held.change({ custody: "verified", custody_text: "the gap after event 1,204 is acknowledged", writable: true, read_only_reason: "" });
        return held.open();
      case "case.verify": {
        const bad = held.stand === "damaged";
        return { verdict: CUSTODY[held.stand], checks: [{ name: "pages", state: "ok", text: "5,204 of 5,204 pages authentic" }, { name: "log chain", state: bad ? "bad" : "ok", text: bad ? "event 871 does not hash to what event 872 names" : "1,204 events, 13 checkpoints, head K7QF" }, { name: "originals", state: "ok", text: "8 of 8 re-hashed, 214 kB" }, { name: "evidence", state: "ok", text: "1,204 observations under their roots" }], first_bad: VERDICTS[held.stand][2] };
      }
      case "log.page": {
        const asked = request as Api.LogPageRequest;
        const text = asked.text?.toLowerCase() ?? "";
        const found = log().filter((each) => (asked.kind === undefined || each.kind === asked.kind) && `${each.text} ${each.author}`.toLowerCase().includes(text));
        return { operations: found.slice(asked.offset, asked.offset + asked.limit), total: found.length, kinds: held.size === 0 ? [] : KINDS };
      }
      case "log.undo": {
        const asked = request as Api.UndoRequest;
        const done = retract(asked.operation, true);
        if (asked.operation === undefined) return { text: "import of result.json", conflicts: [] };
        return { text: done?.text ?? null, conflicts: done?.kind === "import" ? ["corrected the birth date of Mara Ellison (2024-03-09 12:30)", "judged two records not the same (2024-03-09 15:30)"] : [] };
      }
      case "log.redo": {
        const asked = request as Api.UndoRequest;
        const done = retract(asked.operation, false);
        return { text: asked.operation === undefined ? null : (done?.text ?? null), conflicts: [] };
      }
      case "case.asOf": {
        const { operation } = request as Api.AsOfRequest;
        held.change(operation === null ? { as_of: null, writable: true, read_only_reason: "" } : { as_of: operation, writable: false, read_only_reason: "the past is shown" });
        return held.open();
      }
      case "case.autoLock":
        held.change({ auto_lock_minutes: (request as Api.AutoLockRequest).minutes });
        return undefined;
      case "case.create":
        // What was just made has its passphrase and nothing else.
        keys = { ...keys, epoch: 1, slots: [slot(1, "passphrase", "", "", false)] };
        return NOT_MINE;
      case "keys.list":
        return keys;
      case "keys.changePassphrase":
        if ((request as Api.KeysChangePassphraseRequest).present === "wrong") throw error("wrong-key", "this passphrase does not open the case", "check the keyboard layout");
        keys = { ...keys, epoch: keys.epoch + 1, previous_kept: true };
        return keys;
      case "keys.addPassphrase":
        keys = { ...keys, epoch: keys.epoch + 1, slots: [...keys.slots, slot(10 + keys.slots.length, "passphrase", (request as Api.KeysAddPassphraseRequest).label)] };
        return keys;
      case "keys.recover":
        return { ...held.replace(), keys_note: "The case was opened by its printed kit and has a new key file." };
      case "keys.addRecovery":
        keys = { ...keys, epoch: keys.epoch + 1, slots: [...keys.slots.filter((each) => each.kind !== "recovery"), slot(9, "recovery", "printed 2024-03-09")].map((each) => ({ ...each, removable: true })) };
        return { code: "8KQ2-M4WX-7PZD-3TNB-Y9CF-6HRA-0VJS-5EG1-KD8M-2XQW-T7PN-4ZBY-H3RC-F6VA", kit: `RECOVERY PAGE — Fusion Workbench\n\nCase      Nightjar\nCase id   7f3a91c2 5be04d18\nMade      2024-03-09\n\nThis code opens the case without its passphrase. Keep this page where you keep a\npassport, away from the computer. Who holds it can read the whole case.\n\nwrapped key, for the case that case.keys is lost:\n${hex(17)}\n${hex(18)}`, keys };
      case "keys.addColleague": {
        const asked = request as Api.KeysAddColleagueRequest;
        keys = { ...keys, epoch: keys.epoch + 1, slots: [...keys.slots, slot(10 + keys.slots.length, "colleague", asked.label, asked.recipient)] };
        return keys;
      }
      case "keys.remove": {
        const { id } = request as Api.KeysRemoveRequest;
        if (id === 1) throw error("usage", "the last way in by passphrase stays: nothing else that you know opens the case", "add another passphrase first");
        keys = { ...keys, epoch: keys.epoch + 1, slots: keys.slots.filter((each) => each.id !== id) };
        return keys;
      }
      case "keys.mode": {
        const asked = request as Api.KeysModeRequest;
        if (asked.mode === "high" && !keys.slots.some((each) => each.kind === "recovery")) throw error("usage", "without a printed recovery code the case would be lost with this computer", "print the recovery page first");
        keys = { ...keys, mode: asked.mode, slots: keys.slots.filter((each) => asked.mode !== "high" || each.kind !== "keyring").map((each) => (each.kind === "passphrase" || each.kind === "two-secret" ? { ...each, kind: asked.mode === "high" ? "two-secret" : "passphrase" } : each)) };
        return keys;
      }
      case "backup.status":
        return backups;
      case "backup.configure": {
        const asked = request as Api.BackupConfigureRequest;
        backups = { ...backups, automatic: asked.automatic, ...(asked.folder === undefined ? {} : { folder: "/media/vault/Fusion backups", text: "No backup has been made yet." }) };
        return backups;
      }
      case "backup.run":
        return held.job("backup", "2024-03-09T20-00-00Z, 21.4 MB");
      case "backup.test":
        return held.job("backup-test", "root, 8 originals and all counts agree");
      case "backup.restore":
        if ((request as Api.BackupRestoreRequest).passphrase === "wrong") throw error("wrong-key", "this passphrase does not open the backup", "it is the one of the day the backup was made");
        return held.replace();
      case "share.identity":
        return { recipient: OWN_RECIPIENT, signing_key: "9f2c41d0 6b7e" };
      case "share.pack":
        return held.job("pack", "Nightjar.fusionpack, 3 sources, 1.9 MB");
      case "share.inspect":
      case "share.compare":
      case "share.merge": {
        const { key } = request as Api.ShareInspectRequest;
        if (key.passphrase === "wrong") throw error("wrong-key", "this passphrase does not open the package", "ask the sender");
        return method === "share.inspect" ? packageView() : merge(held.large);
      }
      case "share.unpack":
        return held.replace();
      case "entity.annotations":
        return annotationsOf((request as Api.AnnotationsRequest).entity);
      case "entity.note": {
        const asked = request as Api.NoteRequest;
        const before = annotationsOf(asked.entity);
        notes.set(asked.entity, { ...before, notes: [...before.notes, { operation: `n${before.notes.length}`, text: asked.text, author: "M. Ellison", at: "2024-03-09T18:20:00Z" }] });
        return notes.get(asked.entity);
      }
      case "entity.tag": {
        const asked = request as Api.TagRequest;
        const before = annotationsOf(asked.entity);
        const tags = [...new Set([...before.tags.filter((tag) => tag !== asked.tag), ...(asked.state === "on" ? [asked.tag] : [])])].sort();
        notes.set(asked.entity, { ...before, tags, known_tags: [...new Set([...before.known_tags, ...tags])].sort() });
        return notes.get(asked.entity);
      }
      case "entity.split":
        return annotationsOf((request as Api.SplitRequest).entity);
      case "statement.edit":
        return { text: "correction of a statement", conflicts: [] };
      case "statement.reveal":
        return (request as Api.RevealRequest).statement === "s4" ? { text: "Harbour<b>1991</b>", hint: "" } : { text: null, hint: "import the file again with “keep clear text” to be able to read it" };
      case "layout.save":
        places = (request as Api.LayoutSaveRequest).places;
        return { places };
      case "layout.load":
        return { places };
      case "evidence.erasePlan":
        return { sources: 1, observations: 38, originals: 3, copies: ["backup of 2024-03-08 (on /media/vault)", "package handed to R. Okafor on 2024-03-02", "report.html in the exports folder"], text: "1 source goes as a whole; 38 observations of 3 further files speak of it." };
      case "evidence.erase":
        return { sources: 1, observations: 38, originals: 3, copies: ["package handed to R. Okafor on 2024-03-02"], text: "1 source and 38 observations; 3 originals rewritten." };
      default:
        return NOT_MINE;
    }
  };
}

/** What the case file does not answer. */
export const NOT_MINE = Symbol("not about the case file");
