/** The one selection that table, graph, timeline and inspector share, with the way back. */
import { create } from "zustand";

import type { EntityRefView, FollowedView } from "../../generated/api";

/** Why something else is selected than a person chose: what they chose is no more. */
export interface Followed {
  label: string;
  moved: FollowedView;
}

interface Selection {
  current: EntityRefView | null;
  past: EntityRefView[];
  followed: Followed | null;
  select: (entity: EntityRefView) => void;
  back: () => void;
  /** Puts the entity that holds most of its records in the place of one that is no more. */
  follow: (moved: FollowedView, into: EntityRefView) => void;
  clear: () => void;
}

const LONGEST_WAY_BACK = 100;

/** Leaves out steps that lead to where one is already. */
function steps(past: EntityRefView[], current: EntityRefView | null): EntityRefView[] {
  const kept = past.filter((entity, at) => entity.id !== past[at + 1]?.id);
  return kept.at(-1)?.id === current?.id ? kept.slice(0, -1) : kept;
}

export const useSelection = create<Selection>((set) => ({
  current: null,
  past: [],
  followed: null,
  select: (entity) =>
    set((state) => {
      if (state.current?.id === entity.id) return state;
      const past = state.current === null ? state.past : [...state.past, state.current].slice(-LONGEST_WAY_BACK);
      return { current: entity, past, followed: null };
    }),
  back: () => set((state) => ({ current: state.past.at(-1) ?? null, past: state.past.slice(0, -1), followed: null })),
  follow: (moved, into) =>
    set((state) => {
      const led = (entity: EntityRefView) => (entity.id === moved.id ? into : entity);
      const current = state.current === null ? null : led(state.current);
      const followed = state.current?.id === moved.id ? { label: state.current.label, moved } : state.followed;
      return { current, past: steps(state.past.map(led), current), followed };
    }),
  clear: () => set({ current: null, past: [], followed: null }),
}));
