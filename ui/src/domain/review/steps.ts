/** The sum behind a score as steps of a waterfall, in thousandths of a bit. Knows numbers, not pictures. */
import type { PairView } from "../../generated/api";

/** One comparator's step: its weight, then on top what the rarity of the value adds. */
export interface Step {
  from: number;
  /** After the weight. */
  weighed: number;
  /** After the rarity. */
  to: number;
}

export interface Steps {
  prior: number;
  parts: Step[];
  total: number;
  /** Least and most that the running sum comes to, zero included. */
  low: number;
  high: number;
}

/** Returns the steps from nothing to the total. */
export function stepsOf(pair: PairView): Steps {
  let at = pair.prior_millibits;
  const parts = pair.contributions.map((part) => {
    const from = at;
    const weighed = from + part.weight_millibits;
    at = weighed + part.rarity_millibits;
    return { from, weighed, to: at };
  });
  const ends = [0, pair.prior_millibits, pair.score_millibits, ...parts.flatMap((step) => [step.from, step.weighed, step.to])];
  return { prior: pair.prior_millibits, parts, total: pair.score_millibits, low: Math.min(...ends), high: Math.max(...ends) };
}

/** Returns the log-odds of a probability, in thousandths of a bit. */
export function millibitsOf(probability: number): number {
  return 1000 * Math.log2(probability / (1 - probability));
}

/** Returns the probability of log-odds in thousandths of a bit. */
export function probabilityOf(millibits: number): number {
  return 1 / (1 + 2 ** (-millibits / 1000));
}

/** Probabilities that a scale may name, rarest first. */
const MARKS = [0.000001, 0.0001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.9999, 0.999999];

/** Returns the probabilities worth naming between two sums, at least `gap` apart; one half always when it is in sight. */
export function marksBetween(low: number, high: number, gap: number): number[] {
  const seen = MARKS.filter((mark) => millibitsOf(mark) >= low && millibitsOf(mark) <= high);
  const kept: number[] = [];
  for (const mark of [...seen].sort((a, b) => Math.abs(a - 0.5) - Math.abs(b - 0.5))) {
    if (kept.every((other) => Math.abs(millibitsOf(other) - millibitsOf(mark)) >= gap)) kept.push(mark);
  }
  return kept.sort((a, b) => a - b);
}

/** A probability in percent, with as many places as it needs: 0.01 %, 50 %, 99.99 %. */
export function percent(probability: number): string {
  const value = probability * 100;
  // 100 − 99.9 is not 0.1 to a computer.
  const rest = Number(Math.min(value, 100 - value).toFixed(8));
  const places = rest >= 1 || rest === 0 ? 0 : Math.min(4, Math.ceil(-Math.log10(rest)));
  return `${value.toFixed(places)} %`;
}
