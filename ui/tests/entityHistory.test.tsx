/** How an entity came to be: joins that open their sum and what would part them, and what was done to it. */
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";

import { entityRow } from "../dev/invented";
import { EntityHistory } from "../src/domain/entity/EntityHistory";
import { useWorkspace } from "../src/domain/state/workspace";
import { draw, host } from "./harness";

const entity = () => {
  const { id, kind, label } = entityRow(0);
  return { id, kind, label };
};

describe("the history of an entity", () => {
  let fake: ReturnType<typeof host>;
  beforeEach(() => {
    fake = host("sample");
  });

  it("tells its joins in their order and what no pair holds", async () => {
    draw(<EntityHistory entity={entity()} />);
    const joins = await screen.findAllByTestId("history-join");
    expect(joins.map((join) => join.textContent)).toEqual([expect.stringContaining("1 + 1"), expect.stringContaining("2 + 1")]);
    expect(joins[0]?.textContent).toContain("judged the same");
    expect(screen.getByTestId("entity-history").textContent).toContain("1 more record is held by the evidence of the whole entity");
  });

  it("opens the sum of a join, and tells what would part it when asked", async () => {
    draw(<EntityHistory entity={entity()} />);
    fireEvent.click((await screen.findAllByTestId("history-join"))[1]!);
    const dialog = await screen.findByRole("dialog", { name: "Why 2 and 1 records are one" });
    expect(within(dialog).getByRole("table", { name: "The sum as a table" })).toBeTruthy();
    expect(fake.calls.some((call) => call.method === "review.explain")).toBe(false);
    fireEvent.click(screen.getByTestId("ask-unmerge"));
    expect((await screen.findByTestId("would-change")).textContent).toContain("A second independent kind of evidence");
    expect(fake.calls.find((call) => call.method === "review.explain")?.request).toEqual({ left: "r1a", right: "r1b" });
  });

  it("tells what was done, also what was taken back, and leads to where it can be undone", async () => {
    draw(<EntityHistory entity={entity()} />);
    const operations = await screen.findAllByTestId("history-operation");
    expect(operations).toHaveLength(3);
    fireEvent.click(operations[1]!);
    expect(screen.getByText(/taken back/)).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Custody" }));
    await waitFor(() => expect(useWorkspace.getState().request?.panel).toBe("custody"));
  });

  it("says so when nothing was joined", async () => {
    fake.override("entity.history", () => ({ joins: [], joins_total: 0, records: 1, held_by_all: 0, operations: [], operations_total: 0 }));
    draw(<EntityHistory entity={entity()} />);
    expect((await screen.findByTestId("entity-history")).textContent).toContain("It is one record");
    expect(screen.queryAllByTestId("history-operation")).toHaveLength(0);
  });
});
