/** Files waiting for a plan, what the analyst chose for each, and which job imports them. */
import { create } from "zustand";

import type { ImportFileRequest } from "../../generated/api";
import type { PickedFile } from "../../platform";

export type Choice = Omit<ImportFileRequest, "handle">;

interface Imports {
  files: PickedFile[];
  choices: Record<string, Choice>;
  job: number | null;
  add: (files: PickedFile[]) => void;
  choose: (handle: string, change: Choice) => void;
  remove: (handle: string) => void;
  started: (job: number) => void;
  clear: () => void;
}

export const useImports = create<Imports>((set) => ({
  files: [],
  choices: {},
  job: null,
  add: (files) =>
    set((state) => {
      // After an import the next files start a new list.
      const kept = state.job === null ? state.files : [];
      const known = new Set(kept.map((file) => file.handle));
      return { files: [...kept, ...files.filter((file) => !known.has(file.handle))], job: null, choices: state.job === null ? state.choices : {} };
    }),
  choose: (handle, change) =>
    set((state) => {
      const merged = { ...state.choices[handle], ...change };
      // An emptied field is no choice at all: the backend then decides again.
      const kept = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== "")) as Choice;
      return { choices: { ...state.choices, [handle]: kept } };
    }),
  remove: (handle) => set((state) => ({ files: state.files.filter((file) => file.handle !== handle) })),
  started: (job) => set({ job }),
  clear: () => set({ files: [], choices: {}, job: null }),
}));

/** Returns the request for plan or import. */
export function fileRequests(files: PickedFile[], choices: Record<string, Choice>): ImportFileRequest[] {
  return files.map((file) => ({ handle: file.handle, ...choices[file.handle] }));
}
