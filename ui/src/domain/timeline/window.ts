/** Arithmetic of the part of time in view; pure, in milliseconds since 1970. */
export type Span = [from: number, until: number];

const SHORTEST_MS = 60_000;

/** Keeps a span inside the whole, and no shorter than a minute. */
export function within(span: Span, whole: Span): Span {
  const length = Math.min(Math.max(span[1] - span[0], SHORTEST_MS), whole[1] - whole[0]);
  const from = Math.min(Math.max(span[0], whole[0]), whole[1] - length);
  return [Math.round(from), Math.round(from + length)];
}

/** Zooms around an instant; a factor below 1 goes nearer. */
export function zoomed(span: Span, whole: Span, at: number, factor: number): Span {
  return within([at - (at - span[0]) * factor, at + (span[1] - at) * factor], whole);
}

/** Moves by a part of what is in view. */
export function panned(span: Span, whole: Span, share: number): Span {
  const step = (span[1] - span[0]) * share;
  return within([span[0] + step, span[1] + step], whole);
}

/** Tells whether a span shows everything. */
export function isWhole(span: Span, whole: Span): boolean {
  return span[0] <= whole[0] && span[1] >= whole[1];
}
