/**
 * Opening, locking, undoing: the acts that change which case the window shows, or all of it at once.
 *
 * A passphrase passes through as an argument and is kept nowhere.
 */
import { answers, ask, caseChanged, forgetEverything, keyOf, useAnswer } from "../../api/client";
import type { CaseStatusView, OpenCaseView } from "../../generated/api";
import { t } from "../../i18n";
import type { PickedFile } from "../../platform";
import { forgetPlaces } from "../graph/places";
import { useReview, useSample } from "../review/queue";
import { useFilters } from "../state/filters";
import { useHistory, type Moment } from "../state/history";
import { useImports } from "../state/imports";
import { useJobs } from "../state/jobs";
import { complain, useNotices } from "../state/notices";
import { useReport } from "../state/report";
import { useSelection } from "../state/selection";
import { useWorkspace } from "../state/workspace";

/** The state of the workbench. */
export function useStatus() {
  return useAnswer("case.status", {});
}

/** The open case, if any. */
export function useOpenCase(): OpenCaseView | null {
  return useStatus().data?.open ?? null;
}

function nothingOfTheLastCase(): void {
  useSelection.getState().clear();
  useFilters.getState().clear();
  useReport.getState().clear();
  useNotices.getState().clear();
  useHistory.getState().clear();
  useReview.getState().clear();
  useSample.getState().clear();
  forgetPlaces();
}

/** Another case is open than before: nothing of the last one stays in the window. */
export async function opened(): Promise<void> {
  const status = await ask("case.status", {});
  nothingOfTheLastCase();
  forgetEverything();
  answers.setQueryData(keyOf("case.status", {}), status);
}

/** Creates the sample case where needed, and opens it. */
export async function openSample(): Promise<void> {
  await ask("case.openSample", {});
  await opened();
}

/** Creates a case and opens it. */
export async function createCase(name: string, region: string, passphrase: string, folder: string | null): Promise<void> {
  await ask("case.create", { name, region, passphrase, ...(folder === null ? {} : { folder }) });
  await opened();
  useWorkspace.setState({ kitOffered: true });
}

/** What opens a case: a passphrase (empty for the keyring), the printed code, or a file with a colleague's identity. */
export type Unlocking = { passphrase: string } | { recovery: string } | { identity: string };

/** Opens a recent or picked case. */
export async function openCase(handle: string, key: Unlocking): Promise<void> {
  const { keys_note } = await ask("case.open", { handle, passphrase: "", ...key });
  await openedBy(keys_note);
}

/** Opens a case whose key file is lost, by its printed page and code; it gets a new key file. */
export async function recoverCase(handle: string, kit: string, code: string, next: string): Promise<void> {
  const { keys_note } = await ask("keys.recover", { handle, kit, code, next });
  await openedBy(keys_note);
}

/** Who mistyped a new passphrase gets in by the key file before it, and must hear of it. */
async function openedBy(note: string): Promise<void> {
  await opened();
  if (note !== "") useNotices.getState().say(note);
}

/** Locks the case; nothing of it stays in the window. */
export async function lockCase(): Promise<void> {
  try {
    const status: CaseStatusView = await ask("case.lock", {});
    nothingOfTheLastCase();
    useImports.getState().clear();
    useJobs.setState({ list: [] });
    useWorkspace.setState({ graphOrder: null, request: null, active: null, paletteOpen: false, kitOffered: false });
    answers.setQueryData(keyOf("case.status", {}), status);
    forgetEverything();
    // Panels still on the page may have asked once more before they left it.
    setTimeout(forgetEverything);
  } catch (error) {
    complain(error);
  }
}

/** Takes a change back, or makes it again: the newest, or a named one wherever it stands in the log. */
export async function step(way: "undo" | "redo", operation?: string): Promise<void> {
  try {
    const done = await ask(way === "undo" ? "log.undo" : "log.redo", operation === undefined ? {} : { operation });
    const { say } = useNotices.getState();
    if (done.text === null) say(t(`${way}.nothing`));
    else if (done.conflicts.length === 0) say(t(`${way}.done`, { what: done.text }));
    else say(t("undo.conflicts", { what: done.text, count: done.conflicts.length }));
    useHistory.getState().left(done.text ?? "", done.conflicts);
    useReview.getState().forget();
    useSample.getState().forget();
    caseChanged();
  } catch (error) {
    complain(error);
  }
}

/** Shows the case as it was right after an operation; nothing returns to the present. */
export async function standAt(moment: Moment | null): Promise<void> {
  try {
    await ask("case.asOf", { operation: moment?.operation ?? null });
    useHistory.getState().stand(moment);
    caseChanged();
  } catch (error) {
    complain(error);
  }
}

/** Fuses the case anew. */
export async function fuse(): Promise<void> {
  try {
    await ask("fuse.run", {});
  } catch (error) {
    complain(error);
  }
}

/** Puts files on the import list and shows their plan. */
export function planFiles(files: PickedFile[]): void {
  if (files.length === 0) return;
  useImports.getState().add(files);
  useWorkspace.getState().open("import");
}

/** Lets the analyst pick files for import. */
export async function pickFiles(): Promise<void> {
  try {
    planFiles((await ask("shell.pickFiles", {})).handles);
  } catch (error) {
    complain(error);
  }
}
