/** Custody: the verdicts and what each asks for, the two logs, taking back with conflicts, the case as it was. */
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import { CODE } from "../dev/caseFile";
import { standingOf } from "../src/domain/case/Standing";
import { useNotices } from "../src/domain/state/notices";
import { useWorkspace } from "../src/domain/state/workspace";
import { CustodyPanel } from "../src/panels/custody/CustodyPanel";
import { HOSTILE } from "./hostile";
import { draw, drawWindow, host } from "./harness";

const MARKUP = "script, img, iframe, style, base, meta, form, object, embed, video, math, template, marquee";

describe("the standing of a case", () => {
  it.each([
    ["fine", "Verified", false],
    ["unknown", "Not known on this computer", false],
    ["behind", "Behind", true],
    ["damaged", "Damaged", false],
  ] as const)("%s is said in words, and only an older case offers to go on", async (stand, words, offers) => {
    host("sample", stand);
    draw(<CustodyPanel />);
    await waitFor(() => expect(screen.getByTestId("standing").textContent).toBe(words));
    await screen.findByText(CODE);
    expect(screen.queryByTestId("acknowledge") !== null).toBe(offers);
  });

  it("takes an unknown word of the backend for not verified", () => {
    expect(standingOf("glorious")).toBe("unverified");
    expect(standingOf("diverged")).toBe("damaged");
  });

  it("goes on with an older case only with a reason", async () => {
    const fake = host("sample", "behind");
    draw(<CustodyPanel />);
    await userEvent.click(await screen.findByTestId("acknowledge"));
    expect(screen.getByTestId("reason-submit").hasAttribute("disabled")).toBe(true);
    await userEvent.type(screen.getByTestId("reason"), "the laptop was restored by the lab");
    await userEvent.click(screen.getByTestId("reason-submit"));
    await waitFor(() => expect(screen.getByTestId("standing").textContent).toBe("Verified"));
    expect(fake.calls.find((call) => call.method === "custody.acknowledge")?.request).toEqual({ reason: "the laptop was restored by the lab" });
  });

  it("checks everything and names what is wrong first", async () => {
    host("sample", "damaged");
    draw(<CustodyPanel />);
    await userEvent.click(await screen.findByTestId("verify"));
    expect((await screen.findByTestId("verdict")).textContent).toBe("The case is not as it was recorded.");
    expect(screen.getAllByTestId("check")).toHaveLength(4);
    expect(screen.getAllByText(/First bad: event 871/).length).toBeGreaterThan(0);
  });

  it.each([
    [CODE, "names event 1,204"],
    ["AAAA-BBBB-CCCC", "does not hold this code"],
  ])("compares the printed code %s", async (code, answer) => {
    host("sample");
    draw(<CustodyPanel />);
    await userEvent.click(await screen.findByTestId("compare"));
    await userEvent.type(screen.getByTestId("compare-code"), code);
    await userEvent.click(screen.getByTestId("compare-submit"));
    await waitFor(() => expect(screen.getByTestId("compare-answer").textContent).toContain(answer));
  });
});

describe("the bars across the window", () => {
  it("name the first bad event of a damaged case and lead to backups", async () => {
    host("sample", "damaged");
    drawWindow();
    const bar = await screen.findByTestId("custody-bar");
    await waitFor(() => expect(bar.textContent).toContain("event 871, imported report_nightjar_77_ndjson.json"));
    expect(bar.getAttribute("role")).toBe("alert");
    expect(bar.textContent).toContain("Open for reading only");
    await userEvent.click(within(bar).getByRole("button", { name: "Backups" }));
    expect(useWorkspace.getState().request?.panel).toBe("backups");
  });

  it("say that an older case is read-only, and that backups are overdue", async () => {
    host("sample", "behind");
    drawWindow();
    expect((await screen.findByTestId("custody-bar")).textContent).toContain("older than what this computer has seen");
    await userEvent.click(screen.getByTestId("backup-alert"));
    expect(useWorkspace.getState().request?.panel).toBe("backups");
  });
});

describe("the log of operations", () => {
  it("is filtered by sort and by text, by the backend", async () => {
    const fake = host("sample");
    draw(<CustodyPanel />);
    await screen.findAllByTestId("operation-row");
    await userEvent.selectOptions(await screen.findByTestId("log-kind"), "judge");
    await waitFor(() => expect(screen.getAllByTestId("operation-row").length).toBeLessThan(5));
    await userEvent.type(screen.getByTestId("log-filter"), "nothing like it");
    expect(await screen.findByText("Nothing matches this filter")).toBeDefined();
    await waitFor(() => expect(fake.calls.map((call) => call.request)).toContainEqual({ offset: 0, limit: 200, kind: "judge", text: "nothing like it" }));
  });

  it("takes an old import back and lists what then stands without ground", async () => {
    const fake = host("sample");
    drawWindow();
    useWorkspace.getState().open("custody");
    const rows = await screen.findAllByTestId("operation-row");
    await userEvent.click(rows[10]!);
    await userEvent.click(await screen.findByTestId("take-back"));
    const conflicts = await screen.findByTestId("conflicts");
    expect(conflicts.textContent).toContain("2 later changes depended on it");
    expect(within(conflicts).getAllByRole("listitem")).toHaveLength(2);
    expect(fake.calls.find((call) => call.method === "log.undo")?.request).toEqual({ operation: "o10" });
    expect(useNotices.getState().list[0]?.text).toContain("stand without ground now");
    await userEvent.click(await screen.findByTestId("bring-back"));
    await waitFor(() => expect(fake.calls.find((call) => call.method === "log.redo")?.request).toEqual({ operation: "o10" }));
  });

  it("says in words why a change stands without ground", async () => {
    host("sample");
    draw(<CustodyPanel />);
    const rows = await screen.findAllByTestId("operation-row");
    fireEvent.keyDown(screen.getByRole("grid"), { key: "Home" });
    for (let n = 0; n < 3; n += 1) fireEvent.keyDown(screen.getByRole("grid"), { key: "ArrowDown" });
    expect((await screen.findByTestId("operation-conflict")).textContent).toContain("nightjar_77.csv, which was taken back");
    expect(within(rows[3]!).getByLabelText("stands without ground")).toBeDefined();
  });

  it("shows the case as it was, and leads back to the present", async () => {
    const fake = host("sample");
    drawWindow();
    useWorkspace.getState().open("custody");
    await userEvent.click((await screen.findAllByTestId("operation-row"))[2]!);
    await userEvent.click(await screen.findByTestId("as-of"));
    const bar = await screen.findByTestId("moment-bar");
    expect(bar.textContent).toContain("wrote a note on Mara Ellison");
    expect(screen.getByTestId("undo").hasAttribute("disabled")).toBe(true);
    await userEvent.click(screen.getByTestId("to-present"));
    await waitFor(() => expect(screen.queryByTestId("moment-bar")).toBeNull());
    expect(fake.calls.filter((call) => call.method === "case.asOf").map((call) => call.request)).toEqual([{ operation: "o2" }, { operation: null }]);
  });
});

describe("the chain of custody", () => {
  it("pages a million events and never asks for all", async () => {
    const fake = host("large");
    draw(<CustodyPanel />);
    await userEvent.click(await screen.findByTestId("tab-events"));
    await screen.findAllByTestId("custody-row");
    expect(screen.getByText("1,000,000 events")).toBeDefined();
    const limits = fake.calls.filter((call) => call.method === "custody.page").map((call) => (call.request as { limit: number }).limit);
    expect(Math.max(...limits)).toBeLessThanOrEqual(200);
  });

  it("moves between the two logs with the arrows", async () => {
    host("sample");
    draw(<CustodyPanel />);
    screen.getByTestId("tab-operations").focus();
    fireEvent.keyDown(screen.getByTestId("tab-operations"), { key: "ArrowRight" });
    expect((await screen.findAllByTestId("custody-row")).length).toBeGreaterThan(0);
    expect(document.activeElement).toBe(screen.getByTestId("tab-events"));
  });

  it("shows hostile reasons and objects as text", async () => {
    const fake = host("sample");
    fake.override("custody.page", () => ({
      events: HOSTILE.slice(0, 40).map((text, n) => ({ seq: 40 - n, at: "2024-03-01T10:00:00Z", clock: text, action: text, object: text, who: text, reason: text, tool: text, digest: text })),
      total: 40,
      actions: HOSTILE.slice(0, 9),
    }));
    const { container } = draw(<CustodyPanel />);
    await userEvent.click(await screen.findByTestId("tab-events"));
    await userEvent.click((await screen.findAllByTestId("custody-row"))[0]!);
    await screen.findByTestId("custody-detail");
    expect(container.querySelectorAll(MARKUP)).toHaveLength(0);
  });
});
