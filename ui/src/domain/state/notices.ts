/** What happened, for the status line and its tray; never a pile of pop-ups. */
import { create } from "zustand";

export interface Notice {
  number: number;
  tone: "plain" | "bad";
  text: string;
  hint: string;
  code: string;
}

interface Notices {
  list: Notice[];
  say: (text: string) => void;
  complain: (error: unknown) => void;
  clear: () => void;
}

const KEPT = 50;
let next = 1;

function add(list: Notice[], notice: Omit<Notice, "number">): Notice[] {
  next += 1;
  return [{ number: next, ...notice }, ...list].slice(0, KEPT);
}

function part(error: unknown, name: "code" | "hint"): string {
  if (typeof error !== "object" || error === null) return "";
  const value = (error as Record<string, unknown>)[name];
  return typeof value === "string" ? value : "";
}

export const useNotices = create<Notices>((set) => ({
  list: [],
  say: (text) => set((state) => ({ list: add(state.list, { tone: "plain", text, hint: "", code: "" }) })),
  complain: (error) =>
    set((state) => ({
      list: add(state.list, {
        tone: "bad",
        text: error instanceof Error ? error.message : String(error),
        hint: part(error, "hint"),
        code: part(error, "code"),
      }),
    })),
  clear: () => set({ list: [] }),
}));

/** Says an error in the status line; for acts whose place on the screen has no room for it. */
export function complain(error: unknown): void {
  useNotices.getState().complain(error);
}
