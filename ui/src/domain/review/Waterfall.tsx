/**
 * The sum behind one pair as a picture: from what was likely before any evidence, comparator by comparator, to the total.
 *
 * Each bar starts where the one above ended. A full bar is the weight of the agreement, the hatched one on top of it what the rarity of
 * the value adds. A hollow ring at its end says that it is held back, in part or altogether, and the reason stands beside it. Lines show from
 * where a pair is asked about and from where it is joined. The table below the picture says the same in words; for a screen reader it takes the picture's place.
 */
import { useId, useLayoutEffect, useRef, useState } from "react";

import { useAnswer } from "../../api/client";
import type { PairView, ThresholdsView } from "../../generated/api";
import { t, term } from "../../i18n";
import { bits } from "../../shared/format";
import { elide, visible, wrapped } from "../../shared/text";
import { marksBetween, millibitsOf, percent, probabilityOf, stepsOf } from "./steps";
import styles from "./waterfall.module.css";

/** Below this many pixels the words stand above the bars instead of beside them. */
const NARROW = 520;
const ROW = 34;
const NARROW_ROW = 46;
const TOP = 20;
const SCALE = 30;
const NUMBER = 58;
const BAR = 12;
/** The same for the reasons, whose last line is cut only where it must be. */
const SMALL_LETTER = 5.7;
/** A line of a reason below the values, and how many there may be. */
const LINE = 14;
const MOST_LINES = 3;
const EDGE = 12;
/** Pixels that a letter of the small text takes at most, for shortening. */
const LETTER = 6.4;

/** From where a pair is asked about, and from where it is joined. */
export function useThresholds(): ThresholdsView | undefined {
  return useAnswer("review.thresholds", {}).data;
}

export function Waterfall({ pair }: { pair: PairView }) {
  const holder = useRef<HTMLDivElement>(null);
  const width = useWidthOf(holder);
  const thresholds = useThresholds();
  return (
    <div ref={holder} className={styles.holder}>
      {width === 0 ? null : <Picture pair={pair} thresholds={thresholds} width={width} />}
    </div>
  );
}

interface PictureProps {
  pair: PairView;
  thresholds: ThresholdsView | undefined;
  width: number;
}

/** Draws the picture for a width; exported for tests, where nothing has a width. */
export function Picture({ pair, thresholds, width }: PictureProps) {
  const hatch = useId();
  const steps = stepsOf(pair);
  const narrow = width < NARROW;
  const row = narrow ? NARROW_ROW : ROW;
  const words = narrow ? 0 : Math.min(280, Math.round(width * 0.42));
  const plot = { left: narrow ? EDGE : words + 2 * EDGE, right: width - NUMBER - EDGE };
  const lines = thresholds === undefined ? [] : [thresholds.review_millibits, thresholds.link_millibits];
  const margin = Math.max(1000, (steps.high - steps.low) * 0.04);
  const low = Math.min(steps.low, ...lines) - margin;
  const high = Math.max(steps.high, ...lines) + margin;
  const x = (millibits: number) => plot.left + ((millibits - low) / (high - low)) * (plot.right - plot.left);
  const letters = Math.floor((narrow ? width - 2 * EDGE : words) / LETTER);
  const reasons = pair.contributions.map((part) => wrapped(visible(part.held_back === "" ? "" : `${part.agreement}: ${part.held_back}`), Math.floor((narrow ? width - 2 * EDGE : words) / SMALL_LETTER), MOST_LINES));
  const rows = placed([[], ...reasons, []], row);
  const bottom = rows.bottom;
  const middle = (at: number) => (narrow ? rows.top(at + 1) - BAR / 2 - 6 : rows.top(at) + row / 2);
  const gap = ((high - low) * 56) / Math.max(1, plot.right - plot.left);

  const label = (at: number, name: string, values: string, reason: string[] = []) => (
    <>
      <text x={EDGE} y={rows.top(at) + 13} className={styles.feature}>
        {elide(name, letters)}
      </text>
      {[...(values === "" ? [] : [values]), ...reason].map((line, nth) => (
        <text key={nth} x={EDGE} y={rows.top(at) + 27 + nth * LINE} className={styles.values}>
          {line}
        </text>
      ))}
    </>
  );
  const number = (at: number, text: string, strong: boolean) => (
    <text x={width - EDGE} y={middle(at) + 4} className={strong ? styles.strong : styles.number}>
      {text}
    </text>
  );
  const joint = (at: number, millibits: number) => <line x1={x(millibits)} x2={x(millibits)} y1={middle(at) + BAR / 2} y2={middle(at + 1) - BAR / 2} className={styles.joint} />;

  return (
    <svg className={styles.picture} width={width} height={bottom + SCALE} aria-hidden focusable="false" data-testid="waterfall">
      <defs>
        <pattern id={hatch} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="4" height="4" className={styles.rareGround} />
          <line x1="0" y1="0" x2="0" y2="4" className={styles.rareLine} />
        </pattern>
      </defs>
      {Array.from({ length: rows.count }, (_, at) => (at % 2 === 0 ? null : <rect key={at} x={0} y={rows.top(at)} width={width} height={rows.top(at + 1) - rows.top(at)} className={styles.band} />))}
      <line x1={x(0)} x2={x(0)} y1={TOP} y2={bottom} className={styles.even} />
      {thresholds === undefined ? null : <Threshold at={x(thresholds.review_millibits)} bottom={bottom} text={t("waterfall.review")} side="end" />}
      {thresholds === undefined ? null : <Threshold at={x(thresholds.link_millibits)} bottom={bottom} text={t("waterfall.link")} side="start" />}

      {label(0, t("pair.prior"), narrow ? "" : t("waterfall.prior"))}
      <rect {...span(x(0), x(steps.prior))} y={middle(0) - BAR / 2} height={BAR} className={styles.prior} />
      {number(0, bits(steps.prior), false)}
      {joint(0, steps.prior)}

      {pair.contributions.map((part, index) => {
        const step = steps.parts[index];
        if (step === undefined) return null;
        const at = index + 1;
        const y = middle(at) - BAR / 2;
        const sum = part.weight_millibits + part.rarity_millibits;
        const nothing = part.weight_millibits === 0 && part.rarity_millibits === 0;
        const held = part.held_back !== "";
        const half = (value: string) => (value === "" ? "—" : elide(visible(value), Math.floor(letters / 2) - 1));
        return (
          <g key={`${part.feature}-${index}`} data-testid="waterfall-step" data-held={held ? (nothing ? "whole" : "part") : "no"}>
            {label(at, visible(term("feature", part.feature)), `${half(part.left)} | ${half(part.right)}`, reasons[index])}
            {nothing ? null : (
              <>
                <rect {...span(x(step.from), x(step.weighed))} y={y} height={BAR} className={part.weight_millibits < 0 ? styles.against : styles.agree} />
                {part.rarity_millibits === 0 ? null : <rect {...span(x(step.weighed), x(step.to))} y={y} height={BAR} fill={`url(#${hatch})`} className={styles.rare} />}
              </>
            )}
            {held || nothing ? <circle cx={x(step.to) + (nothing ? 0 : sum < 0 ? -7 : 7)} cy={middle(at)} r={4} className={styles.held} /> : null}
            {number(at, nothing ? "0" : bits(sum), false)}
            {joint(at, step.to)}
          </g>
        );
      })}

      {label(rows.count - 1, t("pair.total"), narrow ? "" : elide(visible(pair.likelihood), letters))}
      <rect {...span(x(0), x(steps.total))} y={middle(rows.count - 1) - BAR / 2} height={BAR} className={styles.total} />
      {number(rows.count - 1, bits(steps.total), true)}

      <line x1={plot.left} x2={plot.right} y1={bottom} y2={bottom} className={styles.axis} />
      {marksBetween(low, high, gap).map((mark) => (
        <g key={mark}>
          <line x1={x(millibitsOf(mark))} x2={x(millibitsOf(mark))} y1={bottom} y2={bottom + 4} className={styles.axis} />
          <text x={x(millibitsOf(mark))} y={bottom + 16} className={styles.mark}>
            {percent(mark)}
          </text>
        </g>
      ))}
      <text x={EDGE} y={bottom + 16} className={styles.values}>
        {narrow ? "" : t("waterfall.scale")}
      </text>
      <text x={width - EDGE} y={bottom + 16} className={styles.strong}>
        {percent(Math.round(probabilityOf(steps.total) * 1000) / 1000)}
      </text>
    </svg>
  );
}

/** What the picture's marks mean; shown once below it. */
export function WaterfallKey() {
  return (
    <p className={styles.key}>
      {([[styles.keyAgree, "waterfall.for"], [styles.keyAgainst, "waterfall.against"], [styles.keyRare, "waterfall.rare"], [styles.keyHeld, "waterfall.held"]] as const).map(([mark, words]) => (
        <span key={words} className={styles.keyItem}>
          <span className={mark} aria-hidden /> {t(words)}
        </span>
      ))}
    </p>
  );
}

/** Places rows below each other, each as high as its reason needs. */
function placed(reasons: string[][], row: number): { count: number; bottom: number; top: (at: number) => number } {
  const tops = [TOP];
  for (const reason of reasons) tops.push((tops.at(-1) ?? TOP) + row + reason.length * LINE);
  const bottom = tops.at(-1) ?? TOP;
  return { count: reasons.length, bottom, top: (at) => tops[at] ?? bottom };
}

function Threshold({ at, bottom, text, side }: { at: number; bottom: number; text: string; side: "start" | "end" }) {
  return (
    <g>
      <line x1={at} x2={at} y1={TOP - 6} y2={bottom} className={styles.threshold} />
      <text x={side === "start" ? at + 3 : at - 3} y={11} textAnchor={side} className={styles.thresholdText}>
        {text}
      </text>
    </g>
  );
}

/** Attributes of a bar between two places; never so thin that it cannot be seen. */
function span(from: number, to: number): { x: number; width: number } {
  return { x: Math.min(from, to), width: Math.max(1.5, Math.abs(to - from)) };
}

function useWidthOf(holder: React.RefObject<HTMLDivElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = holder.current;
    if (element === null) return;
    const measure = () => setWidth(Math.floor(element.getBoundingClientRect().width));
    measure();
    if (typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [holder]);
  return width;
}
