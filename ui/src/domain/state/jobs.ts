/** Long-running work as the shell reports it. */
import { create } from "zustand";

import type { JobEvent } from "../../generated/api";

interface Jobs {
  /** Latest first. */
  list: JobEvent[];
  hear: (event: JobEvent) => void;
  replace: (list: JobEvent[]) => void;
}

/** Puts an event in the place of the older one of the same job; a finished job stays finished, however events overtake each other. */
export function withEvent(list: JobEvent[], event: JobEvent): JobEvent[] {
  const before = list.find((job) => job.job === event.job);
  if (before !== undefined && before.state !== "running" && event.state === "running") return list;
  return [event, ...list.filter((job) => job.job !== event.job)].sort((a, b) => b.job - a.job);
}

export const useJobs = create<Jobs>((set) => ({
  list: [],
  hear: (event) => set((state) => ({ list: withEvent(state.list, event) })),
  replace: (list) => set((state) => ({ list: list.reduce(withEvent, state.list) })),
}));

/** Returns the jobs that are still at work. */
export function running(list: JobEvent[]): JobEvent[] {
  return list.filter((job) => job.state === "running");
}
