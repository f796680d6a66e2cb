/**
 * A queue of pairs that one person goes through with the keyboard.
 *
 * The backend says which pairs wait; this says where they stand on the screen. Three promises: the pair on the screen never changes
 * under a key, whatever is fused meanwhile; a verdict takes its pair away at once and its undoing brings it back to its place at once;
 * the log gets exactly the verdicts given, in their order, however fast they come.
 */
import { create, type StoreApi, type UseBoundStore } from "zustand";

import { ask } from "../../api/client";
import type { PairView, QuestionView, ReviewPageView } from "../../generated/api";
import { t } from "../../i18n";
import { complain, useNotices } from "../state/notices";
import type { Verdict } from "./judge";

export interface Item {
  id: string;
  pair: PairView;
  question: QuestionView | null;
}

/** A verdict of this sitting. */
interface Decision {
  id: string;
  verdict: Verdict;
  /** Its operation in the log; nothing when it was refused. */
  recorded: Promise<string | null>;
  /** Length of the log with it; nothing while it is on its way. */
  log: number | null;
}

export interface Sitting {
  /** What was last seen of each pair. */
  items: ReadonlyMap<string, Item>;
  /** Places in the list; those of decided pairs are kept. */
  order: readonly string[];
  /** What waits by the backend's last answer. */
  waiting: ReadonlySet<string>;
  /** Taken back, and not in an answer since. */
  returned: ReadonlySet<string>;
  /** Put off, in this order. */
  later: readonly string[];
  /** Newest last. */
  decided: readonly Decision[];
  /** What stands on the screen; only a person's act changes it. */
  chosen: string | null;
  total: number;
}

export interface Queue extends Sitting {
  learn: (page: ReviewPageView) => void;
  choose: (id: string) => void;
  move: (by: number) => void;
  decide: (verdict: Verdict, reason: string) => void;
  putOff: () => void;
  takeBack: () => void;
  /** Somebody else took changes back or made them again: the backend's answer alone counts. */
  forget: () => void;
  clear: () => void;
}

const NOTHING: Sitting = { items: new Map(), order: [], waiting: new Set(), returned: new Set(), later: [], decided: [], chosen: null, total: 0 };

/** Names a pair by its records. */
export const idOf = (pair: PairView): string => `${pair.left.id}:${pair.right.id}`;

/** Returns the ids on the list in their order: what waits, then what was put off. */
export function listed(sitting: Sitting): string[] {
  const gone = new Set(sitting.decided.map((each) => each.id));
  const stays = (id: string) => !gone.has(id) && (sitting.waiting.has(id) || sitting.returned.has(id) || sitting.chosen === id);
  const off = new Set(sitting.later);
  return [...sitting.order.filter((id) => stays(id) && !off.has(id)), ...sitting.later.filter(stays)];
}

/** Returns how many pairs wait, those beyond the list included. */
export function left(sitting: Sitting): number {
  const gone = sitting.decided.filter((each) => sitting.waiting.has(each.id)).length;
  const back = [...sitting.returned].filter((id) => !sitting.waiting.has(id)).length;
  return Math.max(0, sitting.total - gone + back);
}

function learned(sitting: Sitting, page: ReviewPageView): Partial<Sitting> {
  const items = new Map(sitting.items);
  const ids = page.pairs.map((pair, at) => {
    const id = idOf(pair);
    items.set(id, { id, pair, question: page.questions[at] ?? null });
    return id;
  });
  const waiting = new Set(ids);
  const returned = new Set([...sitting.returned].filter((id) => !waiting.has(id)));
  // An answer that knows a verdict and still asks says that somebody else took it back.
  const standing = sitting.decided.filter((each) => each.verdict === "unsure" || each.log === null || each.log > page.log || !waiting.has(each.id));
  const decided = new Set(standing.map((each) => each.id));
  const later = sitting.later.filter((id) => waiting.has(id) || returned.has(id) || decided.has(id));
  // Before the first act the list is the backend's; afterwards nothing moves, and what is new comes behind.
  const untouched = standing.length === 0 && sitting.decided.length === 0 && returned.size === 0 && later.length === 0 && (sitting.chosen === null || sitting.chosen === sitting.order[0]);
  const kept = untouched ? [] : sitting.order.filter((id) => waiting.has(id) || returned.has(id) || decided.has(id) || id === sitting.chosen);
  const known = new Set(kept);
  const order = [...kept, ...ids.filter((id) => !known.has(id))];
  const chosen = sitting.chosen !== null && (known.has(sitting.chosen) || waiting.has(sitting.chosen)) ? sitting.chosen : null;
  const next: Sitting = { ...sitting, items, order, waiting, returned, later, decided: standing, chosen, total: page.total };
  return { ...next, chosen: chosen ?? listed(next)[0] ?? null };
}

/** Returns what is shown after the chosen pair leaves its place: the next on the list, at its end the first. */
function following(sitting: Sitting): string | null {
  const list = listed(sitting);
  const at = sitting.chosen === null ? -1 : list.indexOf(sitting.chosen);
  const next = list[at + 1] ?? list[0];
  return next === undefined || next === sitting.chosen ? null : next;
}

/** What is said goes to the log one after the other. */
let last: Promise<unknown> = Promise.resolve();

function inTurn<T>(act: () => Promise<T>): Promise<T> {
  const turn = last.then(act, act);
  last = turn.catch(() => undefined);
  return turn;
}

/** Makes a queue of its own. */
export function createQueue(): UseBoundStore<StoreApi<Queue>> {
  return create<Queue>((set, get) => ({
    ...NOTHING,
    learn: (page) => set((state) => learned(state, page)),
    choose: (id) => set({ chosen: id }),
    move: (by) =>
      set((state) => {
        const list = listed(state);
        const at = state.chosen === null ? 0 : list.indexOf(state.chosen);
        return { chosen: list[Math.max(0, Math.min(list.length - 1, at + by))] ?? null };
      }),
    decide: (verdict, reason) => {
      const item = get().items.get(get().chosen ?? "");
      if (item === undefined) return;
      const { id, pair } = item;
      const recorded = inTurn(() => ask("review.decide", { left: pair.left.id, right: pair.right.id, verdict, reason })).then(
        (done) => {
          useNotices.getState().say(t(`judged.${verdict}`));
          set((state) => ({ decided: state.decided.map((each) => (each.recorded === recorded ? { ...each, log: done.log } : each)) }));
          return done.operation;
        },
        (error: unknown) => {
          complain(error);
          // It was not recorded, so it waits where it waited.
          set((state) => ({ decided: state.decided.filter((each) => each.recorded !== recorded) }));
          return null;
        },
      );
      set((state) => ({
        chosen: following(state),
        returned: new Set([...state.returned].filter((each) => each !== id)),
        decided: [...state.decided.filter((each) => each.id !== id), { id, verdict, recorded, log: null }],
      }));
    },
    putOff: () =>
      set((state) => {
        const id = state.chosen;
        if (id === null) return {};
        return { chosen: following(state) ?? id, later: [...state.later.filter((each) => each !== id), id] };
      }),
    takeBack: () => {
      const decision = get().decided.at(-1);
      if (decision === undefined) return;
      const { id, recorded } = decision;
      set((state) => ({ chosen: id, decided: state.decided.slice(0, -1), returned: new Set([...state.returned, id]) }));
      void inTurn(async () => {
        const operation = await recorded;
        if (operation === null) return;
        await ask("review.takeBack", { operation });
        useNotices.getState().say(t("review.takenBack"));
      }).catch((error: unknown) => {
        complain(error);
        // It still stands.
        set((state) => ({ decided: [...state.decided, decision], returned: new Set([...state.returned].filter((each) => each !== id)) }));
      });
    },
    forget: () => set({ decided: [], returned: new Set() }),
    clear: () => set(NOTHING),
  }));
}

/** The queue of pairs that wait for a verdict. */
export const useReview = createQueue();

/** The pairs that chance has drawn for a check. */
export const useSample = createQueue();
