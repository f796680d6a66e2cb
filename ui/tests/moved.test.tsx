/** Entities that are no more: whatever held them is led to where their records are, and says so. */
import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import axe from "axe-core";
import { beforeEach, describe, expect, it } from "vitest";

import { entityRow, refOf } from "../dev/invented";
import { caseChanged } from "../src/api/client";
import { EntityHistory } from "../src/domain/entity/EntityHistory";
import { useFollowedSelection } from "../src/domain/entity/moved";
import { useHistory } from "../src/domain/state/history";
import { useNotices } from "../src/domain/state/notices";
import { useReport } from "../src/domain/state/report";
import { useSelection } from "../src/domain/state/selection";
import type { FollowedView } from "../src/generated/api";
import { Inspector } from "../src/panels/inspector/Inspector";
import { draw, host } from "./harness";

const old = refOf(entityRow(0));
const into = refOf(entityRow(1));
const other = { ...refOf(entityRow(2)), label: "Yara Mirov" };

const joined: FollowedView = { id: old.id, how: "joined", now_in: [{ entity: into, records: 2 }], gone: 0 };
const parted: FollowedView = { id: old.id, how: "joined", now_in: [{ entity: into, records: 3 }, { entity: other, records: 1 }], gone: 1 };

function Held() {
  useFollowedSelection();
  return <Inspector />;
}

describe("an entity that is no more", () => {
  let fake: ReturnType<typeof host>;
  /** What the backend knows of ids that are no more. */
  let gone: FollowedView[] = [];
  const asked = () => fake.calls.filter((call) => call.method === "entity.moved");

  beforeEach(() => {
    fake = host("sample");
    gone = [];
    fake.override("entity.moved", (request) => ({ moved: gone.filter((moved) => (request as { ids: string[] }).ids.includes(moved.id)) }));
  });

  /** Selects it, and lets a fusion join it into another. */
  async function followed(moved: FollowedView) {
    act(() => {
      useSelection.getState().select(old);
      useReport.getState().add(old);
    });
    const drawn = draw(<Held />);
    await waitFor(() => expect(screen.getByTestId("inspector-title").textContent).toBe(old.label));
    await waitFor(() => expect(asked().length).toBeGreaterThan(0));
    gone = [moved];
    act(() => caseChanged());
    await waitFor(() => expect(useSelection.getState().current?.id).toBe(into.id));
    return drawn;
  }

  it("leads the inspector to the one it was joined into, and says so", async () => {
    const { container } = await followed(joined);
    expect(screen.getByTestId("inspector-title").textContent).toBe(into.label);
    expect(screen.getByTestId("moved-note").textContent).toBe(`${old.label} was joined into ${into.label}.`);
    expect(useNotices.getState().list[0]?.text).toBe(`${old.label} was joined into ${into.label}.`);
    expect(useReport.getState().entities).toEqual([into]);
    const { violations } = await axe.run(container, { rules: { region: { enabled: false }, "color-contrast": { enabled: false } } });
    expect(violations.map((each) => each.id)).toEqual([]);
    // Whatever is chosen next has nothing to do with it.
    act(() => useSelection.getState().select(other));
    expect(screen.queryByTestId("moved-note")).toBeNull();
  });

  it("names every place where its records are, each one press away", async () => {
    await followed(parted);
    const note = screen.getByTestId("moved-note");
    expect(note.textContent).toContain(`${old.label} is no more: its records are now in 2 entities, most of them in ${into.label}.`);
    expect(note.textContent).toContain("1 of its records is no longer in the case.");
    expect(note.textContent).not.toContain("3 records");
    fireEvent.click(screen.getByRole("button", { name: other.label }));
    expect(useSelection.getState().current?.id).toBe(other.id);
  });

  it("is replaced on the way back and in the next report, once each", () => {
    const { select, follow, back } = useSelection.getState();
    for (const entity of [into, old, other]) select(entity);
    useReport.setState({ entities: [into, old] });
    follow(joined, into);
    expect(useSelection.getState().past).toEqual([into]);
    expect(useSelection.getState().followed).toBeNull();
    back();
    expect(useSelection.getState().current).toEqual(into);
    useReport.getState().follow(old.id, into);
    expect(useReport.getState().entities).toEqual([into]);
  });

  it("is left alone while a former day is shown", async () => {
    gone = [joined];
    act(() => {
      useHistory.getState().stand({ operation: "1", text: "import", at: "" });
      useSelection.getState().select(old);
    });
    draw(<Held />);
    await waitFor(() => expect(screen.getByTestId("inspector-title").textContent).toBe(old.label));
    expect(asked()).toHaveLength(0);
  });
});

describe("an entity that lives on", () => {
  it("tells which of its records went elsewhere", async () => {
    const fake = host("sample");
    const left: FollowedView = { id: old.id, how: "left", now_in: [{ entity: other, records: 2 }], gone: 0 };
    const before = await fake.rpc("entity.get", { id: old.id });
    fake.override("entity.get", () => ({ ...(before as object), moved: left }));
    act(() => useSelection.getState().select(old));
    draw(<Inspector />);
    expect((await screen.findByTestId("moved-note")).textContent).toBe(`Records that were in it are now in:${other.label}2 records`);
  });

  it("names the former ids that lead to it", async () => {
    const fake = host("sample");
    const formers = Array.from({ length: 7 }, (_, n) => ({ id: `${n}`.repeat(32), records: n + 1 }));
    fake.override("entity.history", () => ({ joins: [], joins_total: 0, records: 9, held_by_all: 0, operations: [], operations_total: 0, formers }));
    draw(<EntityHistory entity={old} />);
    const list = await screen.findByTestId("history-formers");
    expect(list.textContent).toContain("Came from 000000000000 … with 1 record; that id still leads here.");
    expect(list.querySelectorAll("li")).toHaveLength(6);
    fireEvent.click(screen.getByRole("button", { name: "and 2 more" }));
    expect(list.querySelectorAll("li")).toHaveLength(7);
  });
});
