/** What the next report is about. */
import { create } from "zustand";

import type { EntityRefView } from "../../generated/api";

interface ReportChoice {
  entities: EntityRefView[];
  /** TLP mark; empty until the analyst has chosen one. */
  tlp: string;
  add: (entity: EntityRefView) => void;
  remove: (id: string) => void;
  /** Puts another entity in the place of one that is no more. */
  follow: (id: string, into: EntityRefView) => void;
  mark: (tlp: string) => void;
  clear: () => void;
}

export const useReport = create<ReportChoice>((set) => ({
  entities: [],
  tlp: "",
  add: (entity) => set((state) => (state.entities.some((each) => each.id === entity.id) ? state : { entities: [...state.entities, entity] })),
  remove: (id) => set((state) => ({ entities: state.entities.filter((each) => each.id !== id) })),
  follow: (id, into) =>
    set((state) => {
      const entities = state.entities.map((each) => (each.id === id ? into : each));
      return { entities: entities.filter((each, at) => entities.findIndex((other) => other.id === each.id) === at) };
    }),
  mark: (tlp) => set({ tlp }),
  clear: () => set({ entities: [], tlp: "" }),
}));
