/** The window from the start screen on: create, unlock, import, lock; secrets; accessibility. */
import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { describe, expect, it } from "vitest";

import { answers } from "../src/api/client";
import { useImports } from "../src/domain/state/imports";
import { useSelection } from "../src/domain/state/selection";
import { BackupsPanel } from "../src/panels/backups/BackupsPanel";
import { CustodyPanel } from "../src/panels/custody/CustodyPanel";
import { EntitiesPanel } from "../src/panels/entities/EntitiesPanel";
import { EvidencePanel } from "../src/panels/evidence/EvidencePanel";
import { Inspector } from "../src/panels/inspector/Inspector";
import { KeysPanel } from "../src/panels/keys/KeysPanel";
import { OverviewPanel } from "../src/panels/overview/OverviewPanel";
import { ReportsPanel } from "../src/panels/reports/ReportsPanel";
import { ReviewPanel } from "../src/panels/review/ReviewPanel";
import { SettingsPanel } from "../src/panels/settings/SettingsPanel";
import { SharePanel } from "../src/panels/share/SharePanel";
import { entityRow } from "../dev/invented";
import { draw, drawWindow, host } from "./harness";

const SECRET = "seven crates left the harbour";

describe("creating a case", () => {
  it("sends the passphrase once and keeps it nowhere", async () => {
    const fake = host("none");
    drawWindow();
    await userEvent.click(await screen.findByTestId("start-create"));
    await userEvent.type(screen.getByTestId("create-name"), "Harbour");
    await userEvent.type(screen.getByTestId("create-passphrase"), SECRET);
    await userEvent.type(screen.getByTestId("create-passphrase-repeat"), SECRET);
    await userEvent.click(screen.getByTestId("create-submit"));
    await screen.findByTestId("status-line");
    const sent = fake.calls.filter((call) => JSON.stringify(call.request).includes(SECRET));
    expect(sent.map((call) => call.method)).toEqual(["case.create"]);
    expect(JSON.stringify(answers.getQueryCache().getAll().map((query) => [query.queryKey, query.state.data]))).not.toContain(SECRET);
    expect(JSON.stringify({ ...localStorage })).not.toContain("Harbour");
    expect(new XMLSerializer().serializeToString(document)).not.toContain(SECRET);
  });

  it("says when the two passphrases differ, and asks nothing", async () => {
    const fake = host("none");
    drawWindow();
    await userEvent.click(await screen.findByTestId("start-create"));
    await userEvent.type(screen.getByTestId("create-name"), "Harbour");
    await userEvent.type(screen.getByTestId("create-passphrase"), SECRET);
    await userEvent.type(screen.getByTestId("create-passphrase-repeat"), "another");
    await userEvent.click(screen.getByTestId("create-submit"));
    expect(await screen.findByText("the two passphrases differ")).toBeDefined();
    expect(fake.calls.some((call) => call.method === "case.create")).toBe(false);
  });
});

describe("unlocking and locking", () => {
  it("shows code, message and hint of a wrong passphrase, and empties the field", async () => {
    host("none");
    drawWindow();
    await userEvent.click((await screen.findAllByTestId("recent-case"))[0]!);
    await userEvent.type(screen.getByTestId("unlock-passphrase"), "wrong");
    await userEvent.click(screen.getByTestId("unlock-submit"));
    const alert = await screen.findByRole("alert");
    for (const part of ["wrong-key", "this passphrase does not open the case", "check the keyboard layout"]) expect(alert.textContent).toContain(part);
    expect((screen.getByTestId("unlock-passphrase") as HTMLInputElement).value).toBe("");
  });

  it("leaves no answer behind when the case is locked", async () => {
    host("sample");
    drawWindow();
    useSelection.getState().select({ id: "x", kind: "person", label: "Mara Ellison" });
    await userEvent.click(await screen.findByTestId("lock"));
    await screen.findByTestId("start-create");
    expect(useSelection.getState().current).toBeNull();
    await waitFor(() => expect(answers.getQueryCache().getAll().map((query) => query.queryKey[0])).toEqual(["case.status"]));
  });
});

describe("long work", () => {
  it("says in the status line what came of it, and why it failed", async () => {
    const fake = host("sample");
    drawWindow();
    const line = await screen.findByTestId("status-line");
    const event = { job: 7, kind: "backup", state: "running", text: "copying", done: 1, total: 2, import: null, error: null };
    act(() => fake.emit({ job: event }));
    act(() => fake.emit({ job: { ...event, state: "done", text: "Backed up 8 sources with 1204 observations." } }));
    await waitFor(() => expect(line.textContent).toContain("Backed up 8 sources"));
    act(() => fake.emit({ job: { ...event, job: 8, state: "failed", text: "", error: { code: "storage", message: "the folder is not there", hint: "plug the disk in" } } }));
    await waitFor(() => expect(line.textContent).toContain("the folder is not there"));
  });
});

describe("importing", () => {
  it("plans, asks for a missing subject, imports what is ready, and lists each outcome", async () => {
    const fake = host("empty");
    drawWindow();
    await screen.findByTestId("status-line");
    act(() => fake.emit({ drop: { state: "drop", files: fake.picks } }));
    expect(useImports.getState().files).toHaveLength(3);
    expect(await screen.findAllByTestId("plan-row")).toHaveLength(3);
    expect(fake.calls.some((call) => call.method === "import.run")).toBe(false);
    expect(screen.getByTestId("import-submit").textContent).toBe("Import 1 file");
    await userEvent.type(screen.getAllByTestId("plan-subject")[0]!, "nightjar77@mail.example");
    await waitFor(() => expect(screen.getByTestId("import-submit").textContent).toBe("Import 2 files"));
    await waitFor(() => expect(screen.getByTestId("import-submit").hasAttribute("disabled")).toBe(false));
    await userEvent.click(screen.getByTestId("import-submit"));
    expect(await screen.findAllByTestId("import-outcome")).toHaveLength(2);
    expect(fake.calls.find((call) => call.method === "import.run")?.request).toEqual({ files: [{ handle: "f1" }, { handle: "f2", subject: "nightjar77@mail.example" }] });
  });

  it("keeps files dropped before a case is open", async () => {
    const fake = host("none");
    drawWindow();
    await screen.findByTestId("start-create");
    act(() => fake.emit({ drop: { state: "over", files: fake.picks } }));
    expect(screen.getByText(/Drop to keep these files ready/)).toBeDefined();
    act(() => fake.emit({ drop: { state: "drop", files: fake.picks } }));
    expect(await screen.findByText(/3 files are waiting/)).toBeDefined();
  });
});

describe("keys", () => {
  it("open the palette, which finds entities", async () => {
    host("sample");
    drawWindow();
    await screen.findByTestId("status-line");
    fireEvent.keyDown(window, { key: "k", ctrlKey: true });
    await userEvent.type(await screen.findByTestId("palette-input"), "mara");
    await userEvent.click((await screen.findAllByTestId("palette-entity"))[0]!);
    expect(useSelection.getState().current?.label.toLowerCase()).toContain("mara");
  });

  it("undo through the log and never inside a field", async () => {
    const fake = host("sample");
    drawWindow();
    await screen.findByTestId("status-line");
    fireEvent.keyDown(window, { key: "z", ctrlKey: true });
    await waitFor(() => expect(fake.calls.filter((call) => call.method === "log.undo")).toHaveLength(1));
    expect(await screen.findByText("Taken back: import of result.json.")).toBeDefined();
  });
});

describe("accessibility", () => {
  // Colours need a drawing engine; the looking stand judges them.
  const rules = { "color-contrast": { enabled: false }, region: { enabled: false } };
  const PANELS = { entities: EntitiesPanel, evidence: EvidencePanel, overview: OverviewPanel, review: ReviewPanel, reports: ReportsPanel, settings: SettingsPanel, inspector: Inspector, custody: CustodyPanel, backups: BackupsPanel, keys: KeysPanel, share: SharePanel };

  it.each(Object.entries(PANELS))("axe finds nothing serious in %s", async (_, Part) => {
    host("sample");
    const { id, kind, label } = entityRow(0);
    useSelection.getState().select({ id, kind, label });
    const { container } = draw(<Part />);
    await waitFor(() => expect(answers.isFetching()).toBe(0));
    const found = await axe.run(container, { rules });
    const grave = found.violations.filter((violation) => violation.impact === "serious" || violation.impact === "critical");
    expect(grave.map((violation) => `${violation.id}: ${violation.nodes[0]?.html.slice(0, 160) ?? ""}`)).toEqual([]);
  });

  it("axe finds nothing serious on the start screen", async () => {
    host("none");
    const { container } = drawWindow();
    await screen.findByTestId("start-create");
    const found = await axe.run(container, { rules });
    expect(found.violations.filter((violation) => violation.impact === "serious" || violation.impact === "critical").map((violation) => violation.id)).toEqual([]);
  });
});
