/** The one selection that table, graph, timeline and inspector share, with the way back. */
import { create } from "zustand";

import type { EntityRefView } from "../../generated/api";

interface Selection {
  current: EntityRefView | null;
  past: EntityRefView[];
  select: (entity: EntityRefView) => void;
  back: () => void;
  clear: () => void;
}

const LONGEST_WAY_BACK = 100;

export const useSelection = create<Selection>((set) => ({
  current: null,
  past: [],
  select: (entity) =>
    set((state) => {
      if (state.current?.id === entity.id) return state;
      const past = state.current === null ? state.past : [...state.past, state.current].slice(-LONGEST_WAY_BACK);
      return { current: entity, past };
    }),
  back: () => set((state) => ({ current: state.past.at(-1) ?? null, past: state.past.slice(0, -1) })),
  clear: () => set({ current: null, past: [] }),
}));
