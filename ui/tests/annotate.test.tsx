/** What an analyst adds and takes away: notes, tags, corrections, splits, reveals, erasures, kept places; each with its reason and its way back. */
import { act, fireEvent, renderHook, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { QueryClientProvider } from "@tanstack/react-query";
import { createElement, type ReactNode } from "react";
import { describe, expect, it } from "vitest";

import { answers, caseChanged } from "../src/api/client";
import { useNotices } from "../src/domain/state/notices";
import { useSelection } from "../src/domain/state/selection";
import { Statements } from "../src/domain/evidence/Statements";
import { emptyGraph, markPinned, type NodeLook } from "../src/domain/graph/model";
import { EvidencePanel } from "../src/panels/evidence/EvidencePanel";
import { pinsOf, placesOf, usePins } from "../src/panels/graph/usePins";
import { Inspector } from "../src/panels/inspector/Inspector";
import { entityRow } from "../dev/invented";
import { HOSTILE } from "./hostile";
import { draw, drawWindow, host } from "./harness";

const MARKUP = "script, img, iframe, style, base, meta, object, embed, video, math, template, marquee, b";
const { id, kind, label } = entityRow(0);

function inspect() {
  useSelection.getState().select({ id, kind, label });
  return draw(<Inspector />);
}

async function choose(item: string) {
  await userEvent.click(await screen.findByRole("button", { name: "Actions" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: item }));
}

describe("notes", () => {
  it("are added by Ctrl-Enter and taken back alone", async () => {
    const fake = host("sample");
    inspect();
    expect(await screen.findAllByTestId("note")).toHaveLength(1);
    const field = screen.getByTestId("note-field");
    await userEvent.type(field, "uses the harbour office phone");
    fireEvent.keyDown(field, { key: "Enter", ctrlKey: true });
    await waitFor(() => expect(screen.getAllByTestId("note")).toHaveLength(2));
    expect((field as HTMLTextAreaElement).value).toBe("");
    expect(fake.calls.find((call) => call.method === "entity.note")?.request).toEqual({ entity: id, text: "uses the harbour office phone" });
    await userEvent.click(screen.getAllByRole("button", { name: "Take this note back" })[0]!);
    await waitFor(() => expect(fake.calls.find((call) => call.method === "log.undo")?.request).toEqual({ operation: "n0" }));
  });

  it("and everything else of a profile go when it cannot be had any more", async () => {
    const fake = host("sample");
    inspect();
    await screen.findAllByTestId("note");
    fake.override("entity.get", () => {
      throw Object.assign(new Error("no such entity"), { code: "not-found", hint: "" });
    });
    caseChanged();
    await screen.findByText("Not in the case as it is shown");
    expect(screen.queryAllByTestId("note")).toEqual([]);
    expect(screen.queryByTestId("open-confidence")).toBeNull();
    expect(screen.queryByTestId("tag-field")).toBeNull();
  });

  it("that are refused stay in their field", async () => {
    const fake = host("sample");
    fake.override("entity.note", () => {
      throw Object.assign(new Error("the case is open for reading only"), { code: "read-only", hint: "" });
    });
    inspect();
    const field = (await screen.findByTestId("note-field")) as HTMLTextAreaElement;
    await userEvent.type(field, "seen at Leith");
    await userEvent.click(screen.getByTestId("note-add"));
    expect((await screen.findByRole("alert")).textContent).toContain("read-only");
    expect(field.value).toBe("seen at Leith");
  });

  it("cannot be written while the case is read-only", async () => {
    host("sample", "behind");
    inspect();
    await screen.findAllByTestId("note");
    expect(screen.queryByTestId("note-field")).toBeNull();
    expect(screen.queryByTestId("tag-field")).toBeNull();
  });

  it("and tags are text, however hostile", async () => {
    const fake = host("sample");
    fake.override("entity.annotations", () => ({ notes: HOSTILE.slice(0, 40).map((text, n) => ({ operation: `n${n}`, text, author: text, at: "2024-03-01T10:00:00Z" })), tags: HOSTILE.slice(0, 40), known_tags: HOSTILE.slice(0, 60) }));
    const { container } = inspect();
    await waitFor(() => expect(screen.getAllByTestId("note")).toHaveLength(40));
    expect(container.querySelectorAll(MARKUP)).toHaveLength(0);
  });
});

describe("tags", () => {
  it("are put on and taken off", async () => {
    const fake = host("sample");
    inspect();
    await userEvent.type(await screen.findByTestId("tag-field"), "finance{Enter}");
    await waitFor(() => expect(screen.getAllByTestId("tag").map((each) => each.textContent)).toEqual(["finance", "harbour", "priority"]));
    await userEvent.click(screen.getByRole("button", { name: "Take off harbour" }));
    await waitFor(() => expect(screen.getAllByTestId("tag")).toHaveLength(2));
    expect(fake.calls.filter((call) => call.method === "entity.tag").map((call) => call.request)).toEqual([
      { entity: id, tag: "finance", state: "on" },
      { entity: id, tag: "harbour", state: "off" },
    ]);
  });
});

describe("a statement", () => {
  const menu = async (n: number, item: string) => {
    const leaves = await screen.findAllByTestId("statement");
    await waitFor(() => expect(answers.isFetching()).toBe(0));
    await userEvent.click(within(leaves[n]!).getByTestId("statement-menu"));
    await userEvent.click(await screen.findByRole("menuitem", { name: item }));
    return leaves[n]!;
  };

  it("is corrected with a reason, beside its original", async () => {
    const fake = host("sample");
    draw(<Statements ids={["s0", "s1"]} />);
    await menu(1, "Correct …");
    const dialog = screen.getByRole("dialog");
    expect(dialog.textContent).toContain("ELLISON, Mara");
    expect(within(dialog).getByTestId("edit-submit").hasAttribute("disabled")).toBe(true);
    await userEvent.clear(within(dialog).getByTestId("edit-field"));
    await userEvent.type(within(dialog).getByTestId("edit-field"), "Mara J. Ellison");
    await userEvent.type(within(dialog).getByTestId("edit-reason"), "register extract");
    await userEvent.click(within(dialog).getByTestId("edit-submit"));
    await waitFor(() => expect(fake.calls.find((call) => call.method === "statement.edit")?.request).toEqual({ statement: "s1", text: "Mara J. Ellison", reason: "register extract" }));
  });

  it("shows what the source says beside a correction, and takes the correction back", async () => {
    const fake = host("sample");
    draw(<Statements ids={["s2"]} />);
    const corrected = await screen.findByTestId("corrected");
    expect(corrected.textContent).toContain("01632 96O201");
    expect(corrected.textContent).toContain("M. Ellison, 2024-03-09 12:30 UTC: a letter O for a zero");
    await userEvent.click(await within(corrected).findByRole("button", { name: "Take this correction back" }));
    await waitFor(() => expect(fake.calls.find((call) => call.method === "log.undo")?.request).toEqual({ operation: "o8" }));
  });

  it("reveals its secret only for a reason, as text, until it is hidden", async () => {
    const fake = host("sample");
    const { container } = draw(<Statements ids={["s0", "s4"]} />);
    const leaf = await menu(1, "Reveal …");
    await userEvent.type(screen.getByTestId("reason"), "compare with the note book");
    await userEvent.click(screen.getByTestId("reason-submit"));
    expect((await within(leaf).findByTestId("revealed")).textContent).toContain("Harbour<b>1991</b>");
    expect(container.querySelectorAll("b")).toHaveLength(0);
    expect(JSON.stringify(answers.getQueryCache().getAll().map((query) => query.state.data))).not.toContain("Harbour<b>");
    await userEvent.click(within(leaf).getByRole("button", { name: "Hide" }));
    expect(screen.queryByTestId("revealed")).toBeNull();
    expect(fake.calls.find((call) => call.method === "statement.reveal")?.request).toEqual({ statement: "s4", reason: "compare with the note book" });
  });

  it("says so when the clear text was not kept", async () => {
    host("sample");
    draw(<Statements ids={["s9"]} />);
    await menu(0, "Reveal …");
    await userEvent.type(screen.getByTestId("reason"), "compare");
    await userEvent.click(screen.getByTestId("reason-submit"));
    expect((await screen.findByTestId("revealed")).textContent).toContain("The clear text was not kept");
  });

  it("offers no reveal where nothing is sealed", async () => {
    host("sample");
    draw(<Statements ids={["s0"]} />);
    await userEvent.click(await screen.findByTestId("statement-menu"));
    await screen.findByRole("menuitem", { name: "Copy text" });
    expect(screen.queryByRole("menuitem", { name: "Reveal …" })).toBeNull();
  });
});

describe("a split", () => {
  it("shows what each record says, and never takes all of them", async () => {
    const fake = host("sample");
    inspect();
    await screen.findAllByTestId("note");
    await choose("Split off records …");
    const records = await screen.findAllByTestId("split-record");
    await waitFor(() => expect(records[1]?.textContent).toContain("name: Mara Ellison"));
    await userEvent.type(screen.getByTestId("split-reason"), "another Ellison");
    for (const record of records) await userEvent.click(within(record).getByRole("checkbox"));
    expect(screen.getByTestId("split-submit").hasAttribute("disabled")).toBe(true);
    await userEvent.click(within(records[0]!).getByRole("checkbox"));
    await userEvent.click(screen.getByTestId("split-submit"));
    await waitFor(() => expect(fake.calls.find((call) => call.method === "entity.split")?.request).toEqual({ entity: id, records: ["r2", "r3"], reason: "another Ellison" }));
  });
});

describe("erasing", () => {
  it("states consequences and remaining copies first, then wants a reason and a typed word", async () => {
    const fake = host("sample");
    inspect();
    await screen.findAllByTestId("note");
    await choose("Erase for good …");
    expect(within(await screen.findByTestId("erase-copies")).getAllByRole("listitem")).toHaveLength(3);
    const submit = screen.getByTestId("erase-submit");
    await userEvent.type(screen.getByTestId("erase-word"), "erase");
    expect(submit.hasAttribute("disabled")).toBe(true);
    await userEvent.type(screen.getByTestId("erase-reason"), "order of the court");
    expect(submit.hasAttribute("disabled")).toBe(false);
    expect(fake.calls.some((call) => call.method === "evidence.erase")).toBe(false);
    await userEvent.click(submit);
    await waitFor(() => expect(fake.calls.find((call) => call.method === "evidence.erase")?.request).toEqual({ target: id, reason: "order of the court" }));
    await waitFor(() => expect(useSelection.getState().current).toBeNull());
    expect(useNotices.getState().list[0]?.text).toContain("Erased: 1 source");
  });

  it("keeps the dialog and says why when it is refused", async () => {
    const fake = host("sample");
    fake.override("evidence.erase", () => {
      throw Object.assign(new Error("a job is still reading this source"), { code: "busy", hint: "wait for it, or cancel it" });
    });
    draw(<EvidencePanel />);
    await userEvent.click((await screen.findAllByTestId("source-row"))[0]!);
    await waitFor(() => expect(screen.getByTestId("erase-source").hasAttribute("disabled")).toBe(false));
    await userEvent.click(screen.getByTestId("erase-source"));
    await screen.findByTestId("erase-plan");
    await userEvent.type(screen.getByTestId("erase-word"), "ERASE");
    await userEvent.type(screen.getByTestId("erase-reason"), "request");
    await userEvent.click(screen.getByTestId("erase-submit"));
    expect((await screen.findByRole("alert")).textContent).toContain("a job is still reading this source");
  });
});

describe("kept places", () => {
  const wrapper = ({ children }: { children: ReactNode }) => createElement(QueryClientProvider, { client: answers }, children);

  it("travel as whole thousandths in the order of ids", () => {
    const pins = new Map([
      ["b", { x: 1.23456, y: -2 }],
      ["a", { x: 0, y: 0.0004 }],
    ]);
    expect(placesOf(pins)).toEqual([
      { entity: "a", x: 0, y: 0 },
      { entity: "b", x: 1235, y: -2000 },
    ]);
    expect(pinsOf(placesOf(pins)).get("b")).toEqual({ x: 1.235, y: -2 });
  });

  it("of several moves are saved once, and letting go saves none", async () => {
    const fake = host("sample");
    const { result } = renderHook(() => usePins(), { wrapper });
    await waitFor(() => expect(result.current.kept).not.toBeNull());
    await waitFor(() => expect(answers.isFetching()).toBe(0));
    act(() => result.current.pin("a", 1, 2));
    act(() => result.current.pin("b", 3, 4));
    await waitFor(() => expect(fake.calls.filter((call) => call.method === "layout.save").map((call) => call.request)).toEqual([{ view: "graph", places: [{ entity: "a", x: 1000, y: 2000 }, { entity: "b", x: 3000, y: 4000 }] }]));
    act(() => result.current.release());
    await waitFor(() => expect(fake.calls.filter((call) => call.method === "layout.save").at(-1)?.request).toEqual({ view: "graph", places: [] }));
  });

  it("of a read-only case are not saved", async () => {
    const fake = host("sample", "damaged");
    const { result, unmount } = renderHook(() => usePins(), { wrapper });
    await waitFor(() => expect(result.current.kept).not.toBeNull());
    await waitFor(() => expect(answers.isFetching()).toBe(0));
    act(() => result.current.pin("a", 1, 2));
    unmount();
    expect(fake.calls.some((call) => call.method === "layout.save")).toBe(false);
  });

  it("put a node where it was and mark it", () => {
    const graph = emptyGraph();
    graph.addNode("a", { x: 0, y: 0, pinned: false } as NodeLook);
    graph.addNode("b", { x: 5, y: 5, pinned: true } as NodeLook);
    expect(markPinned(graph, new Map([["a", { x: 7, y: 8 }]]))).toBe(1);
    expect(graph.getNodeAttributes("a")).toMatchObject({ x: 7, y: 8, pinned: true });
    expect(graph.getNodeAttributes("b")).toMatchObject({ x: 5, y: 5, pinned: false });
  });
});

describe("the clear text of passwords", () => {
  it("is kept only when somebody ticks it", async () => {
    const fake = host("empty");
    drawWindow();
    await screen.findByTestId("status-line");
    act(() => fake.emit({ drop: { state: "drop", files: fake.picks.slice(0, 1) } }));
    await userEvent.click(await screen.findByRole("button", { name: "Options" }));
    const box = (await screen.findByTestId("plan-secrets")) as HTMLInputElement;
    expect(box.checked).toBe(false);
    await userEvent.click(box);
    await waitFor(() => expect(screen.getByTestId("import-submit").hasAttribute("disabled")).toBe(false));
    await userEvent.click(screen.getByTestId("import-submit"));
    await waitFor(() => expect(fake.calls.find((call) => call.method === "import.run")?.request).toEqual({ files: [{ handle: "f1", secrets: "keep" }] }));
  });
});
