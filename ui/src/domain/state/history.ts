/** What the last taking back left without ground, and at which operation the case is shown; words only, forgotten with the case. */
import { create } from "zustand";

/** The operation the case is shown as of, in words. */
export interface Moment {
  operation: string;
  text: string;
  at: string;
}

interface History {
  conflicts: { text: string; list: string[] } | null;
  moment: Moment | null;
  left: (text: string, list: string[]) => void;
  stand: (moment: Moment | null) => void;
  dismiss: () => void;
  clear: () => void;
}

export const useHistory = create<History>((set) => ({
  conflicts: null,
  moment: null,
  left: (text, list) => set({ conflicts: list.length === 0 ? null : { text, list } }),
  stand: (moment) => set({ moment }),
  dismiss: () => set({ conflicts: null }),
  clear: () => set({ conflicts: null, moment: null }),
}));
