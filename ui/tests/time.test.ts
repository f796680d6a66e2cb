/** Arithmetic of the part of time in view, and the order of job events. */
import { describe, expect, it } from "vitest";

import { withEvent } from "../src/domain/state/jobs";
import { ticks } from "../src/domain/timeline/paint";
import { isWhole, panned, within, zoomed, type Span } from "../src/domain/timeline/window";
import type { JobEvent } from "../src/generated/api";

const WHOLE: Span = [0, 10_000_000];

describe("the part of time in view", () => {
  it.each<[string, Span, Span]>([
    ["stays", [1_000_000, 2_000_000], [1_000_000, 2_000_000]],
    ["is pushed in from the left", [-500_000, 500_000], [0, 1_000_000]],
    ["is pushed in from the right", [9_900_000, 10_900_000], [9_000_000, 10_000_000]],
    ["is no shorter than a minute", [5_000_000, 5_000_001], [5_000_000, 5_060_000]],
    ["is no longer than everything", [-1, 99_000_000], WHOLE],
  ])("%s", (_, span, expected) => {
    expect(within(span, WHOLE)).toEqual(expected);
  });

  it("keeps the instant under the pointer when zooming", () => {
    const [from, until] = zoomed([2_000_000, 4_000_000], WHOLE, 2_500_000, 0.5);
    expect((2_500_000 - from) / (until - from)).toBeCloseTo(0.25);
  });

  it("knows when it shows everything", () => {
    expect(isWhole(panned(WHOLE, WHOLE, 0.5), WHOLE)).toBe(true);
  });

  it("has ticks inside", () => {
    for (const tick of ticks([Date.UTC(2020, 0, 1), Date.UTC(2023, 0, 1)], 600)) expect(tick.text).toMatch(/^20\d\d(-\d\d)?$/);
  });
});

describe("job events", () => {
  const event = (state: string, job = 1): JobEvent => ({ job, kind: "import", state, text: "", done: 0, total: 0, import: null, error: null });

  it("keep a finished job finished when an older event comes late", () => {
    expect(withEvent([event("done")], event("running"))[0]?.state).toBe("done");
  });

  it("list the latest first", () => {
    expect(withEvent([event("running", 1)], event("running", 2)).map((each) => each.job)).toEqual([2, 1]);
  });
});
