/** Panels against the fake host: paging, proof, alerts, reports. */
import { act, fireEvent, renderHook, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import { pagesInSight } from "../src/api/pages";
import { useSelection } from "../src/domain/state/selection";
import { AlertsPanel } from "../src/panels/alerts/AlertsPanel";
import { EntitiesPanel } from "../src/panels/entities/EntitiesPanel";
import { Inspector } from "../src/panels/inspector/Inspector";
import { ReportsPanel } from "../src/panels/reports/ReportsPanel";
import { keyFacts } from "../src/panels/inspector/ProfileSections";
import { repaintPictures, useRepaint } from "../src/shared/repaint";
import type { FactView } from "../src/generated/api";
import { entityRow } from "../dev/invented";
import { HOSTILE } from "./hostile";
import { draw, host } from "./harness";

describe("the entity table", () => {
  it("asks for pages and never for everything", async () => {
    const fake = host("large");
    draw(<EntitiesPanel />);
    await screen.findAllByTestId("entity-row");
    expect(screen.getByTestId("entity-total").textContent).toBe("100,000 entities");
    const limits = fake.calls.filter((call) => call.method === "entity.page").map((call) => (call.request as { limit: number }).limit);
    expect(Math.max(...limits)).toBeLessThanOrEqual(200);
    expect(screen.getAllByTestId("entity-row").length).toBeLessThan(80);
  });

  it("asks anew when a heading sorts", async () => {
    const fake = host("sample");
    draw(<EntitiesPanel />);
    await screen.findAllByTestId("entity-row");
    await userEvent.click(screen.getByRole("button", { name: "Name" }));
    await waitFor(() => expect(fake.calls.some((call) => call.method === "entity.page" && (call.request as { sort: string }).sort === "label")).toBe(true));
    expect(screen.getByRole("columnheader", { name: "Name" }).getAttribute("aria-sort")).toBe("ascending");
  });

  it("moves the shared selection with the arrows", async () => {
    host("sample");
    draw(<EntitiesPanel />);
    await screen.findAllByTestId("entity-row");
    const grid = screen.getByRole("grid");
    fireEvent.keyDown(grid, { key: "ArrowDown" });
    const first = useSelection.getState().current?.id;
    fireEvent.keyDown(grid, { key: "ArrowDown" });
    expect(first).toBeDefined();
    expect(useSelection.getState().current?.id).not.toBe(first);
  });

  it("shows hostile labels as text", async () => {
    const fake = host("sample");
    fake.override("entity.page", () => ({ rows: HOSTILE.slice(0, 40).map((label, n) => ({ ...entityRow(n), id: String(n), label })), total: 40, kinds: [] }));
    const { container } = draw(<EntitiesPanel />);
    await screen.findAllByTestId("entity-row");
    expect(container.querySelectorAll("script, img, iframe, style, base, meta, form, object, embed, video, math, template, marquee")).toHaveLength(0);
  });

  it.each([
    [0, 30, [0]],
    [190, 230, [0, 1]],
    [99_950, 99_999, [499]],
  ])("rows %i to %i lie on pages %j", (first, last, expected) => {
    expect(pagesInSight(first, last, 200)).toEqual(expected);
  });
});

describe("the profile", () => {
  it("opens a number down to the original lines, with a reason", async () => {
    const fake = host("sample");
    const { id, kind, label } = entityRow(0);
    useSelection.getState().select({ id, kind, label });
    draw(<Inspector />);
    await userEvent.click(await screen.findByTestId("open-confidence"));
    await userEvent.click(screen.getByRole("button", { name: /source reliability/ }));
    const [leaf] = await screen.findAllByTestId("statement");
    expect(leaf?.textContent).toContain("nightjar_77.csv");
    await userEvent.click(within(leaf!).getByTestId("show-original"));
    expect(screen.getByTestId("reason-submit").hasAttribute("disabled")).toBe(true);
    await userEvent.type(screen.getByTestId("reason"), "checking the quote");
    await userEvent.click(screen.getByTestId("reason-submit"));
    expect((await screen.findByTestId("original-lines")).textContent).toContain("Claimed");
    expect(fake.calls.find((call) => call.method === "source.quote")?.request).toMatchObject({ reason: "checking the quote" });
  });

  it("puts the flip sentence on top of the risk", async () => {
    host("sample");
    const { id, kind, label } = entityRow(0);
    useSelection.getState().select({ id, kind, label });
    draw(<Inspector />);
    await userEvent.click(await screen.findByTestId("open-risk"));
    expect(screen.getByTestId("flip").textContent).toContain("would be MEDIUM (61) instead of HIGH");
  });
});

describe("the order of a profile", () => {
  it("has facts before findings, and findings as headlines until one is opened", async () => {
    host("sample");
    const { id, kind, label } = entityRow(0);
    useSelection.getState().select({ id, kind, label });
    draw(<Inspector />);
    const [finding] = await screen.findAllByTestId("finding");
    const facts = screen.getByRole("button", { name: /^Facts/ });
    expect(facts.compareDocumentPosition(finding!) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
    expect(screen.queryByText("May be innocent:")).toBeNull();
    await userEvent.click(finding!);
    expect(screen.getByText("May be innocent:")).toBeTruthy();
  });

  it("keeps the first value of each property and counts the others", () => {
    const fact = (property: string, value: string) => ({ property, value }) as FactView;
    const facts = [fact("name", "a"), fact("name", "b"), fact("name", "c"), fact("phone", "d")];
    expect(keyFacts(facts).map(({ fact: { value }, more }) => [value, more])).toEqual([
      ["a", 2],
      ["d", 0],
    ]);
  });
});

describe("painted pictures", () => {
  it("are painted anew once for any number of moves in a frame", async () => {
    const { result } = renderHook(() => useRepaint());
    const before = result.current;
    act(() => {
      repaintPictures();
      repaintPictures();
    });
    await waitFor(() => expect(result.current).toBe(before + 1));
  });
});

describe("alerts", () => {
  it("close only with a reason", async () => {
    const fake = host("sample");
    draw(<AlertsPanel />);
    const [row] = await screen.findAllByTestId("alert-row");
    await userEvent.click(within(row!).getByRole("button", { name: "Close alert" }));
    await userEvent.type(screen.getByTestId("reason"), "known counterparty");
    await userEvent.click(screen.getByTestId("reason-submit"));
    await waitFor(() => expect(fake.calls.find((call) => call.method === "alert.set")?.request).toEqual({ id: "a0", state: "closed", reason: "known counterparty" }));
    await waitFor(() => expect(screen.getAllByTestId("alert-row")).toHaveLength(2));
  });
});

describe("reports", () => {
  it("are not drawn or written before a marking is chosen", async () => {
    const fake = host("sample");
    draw(<ReportsPanel />);
    expect((await screen.findByTestId("export-html")).hasAttribute("disabled")).toBe(true);
    expect(fake.calls.some((call) => call.method === "report.preview")).toBe(false);
    await userEvent.click(screen.getByTestId("tlp-AMBER"));
    const frame = await screen.findByTestId("report-preview");
    expect(frame.getAttribute("sandbox")).toBe("");
    await userEvent.click(screen.getByTestId("export-html"));
    await userEvent.type(screen.getByTestId("reason"), "hand-over");
    await userEvent.click(screen.getByTestId("reason-submit"));
    expect((await screen.findByTestId("export-written")).textContent).toContain("report.html");
    expect(fake.calls.find((call) => call.method === "export.run")?.request).toEqual({ format: "html", entities: [], tlp: "AMBER", reason: "hand-over" });
  });

  it("write nothing when the save dialog is closed", async () => {
    const fake = host("sample");
    fake.override("shell.pickSave", () => null);
    draw(<ReportsPanel />);
    await userEvent.click(await screen.findByTestId("tlp-GREEN"));
    await userEvent.click(await screen.findByTestId("export-gexf"));
    await userEvent.type(screen.getByTestId("reason"), "hand-over");
    await userEvent.click(screen.getByRole("button", { name: "Choose a place …" }));
    await waitFor(() => expect(fake.calls.some((call) => call.method === "shell.pickSave")).toBe(true));
    expect(fake.calls.some((call) => call.method === "export.run")).toBe(false);
  });
});
