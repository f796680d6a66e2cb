/** The filters that table, graph and timeline share; each is shown as a chip one can read. */
import { create } from "zustand";

export interface Filters {
  kinds: string[];
  /** Lowest risk level to keep; all when empty. */
  minRisk: string;
  text: string;
  /** Milliseconds since 1970, both or neither. */
  range: [number, number] | null;
}

interface FiltersStore extends Filters {
  set: (change: Partial<Filters>) => void;
  toggleKind: (kind: string) => void;
  clear: () => void;
}

const NONE: Filters = { kinds: [], minRisk: "", text: "", range: null };

export const useFilters = create<FiltersStore>((set) => ({
  ...NONE,
  set: (change) => set(change),
  toggleKind: (kind) =>
    set((state) => ({
      kinds: state.kinds.includes(kind) ? state.kinds.filter((each) => each !== kind) : [...state.kinds, kind].sort(),
    })),
  clear: () => set(NONE),
}));
