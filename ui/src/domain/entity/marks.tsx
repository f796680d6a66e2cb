/** How an entity, a risk, a confidence, a grade and a marking look, wherever they stand. */
import type { CSSProperties } from "react";

import type { EntityRefView, GradeView } from "../../generated/api";
import { t, term } from "../../i18n";
import { Text } from "../../shared/controls";
import { cx, score } from "../../shared/format";
import { useSelection } from "../state/selection";
import { OUTLINES, RISK_LETTERS, lookOf, riskStep } from "./kinds";
import styles from "./marks.module.css";

/** The shape, colour and drawing of a kind; its name is said when it stands alone. */
export function KindMark({ kind, size = 16, alone = false }: { kind: string; size?: number; alone?: boolean }) {
  const look = lookOf(kind);
  const named = alone ? { role: "img", "aria-label": term("kind", kind) } : { "aria-hidden": true };
  return (
    <svg className={styles.kind} width={size} height={size} viewBox="-1 -1 26 26" {...named}>
      <title>{term("kind", kind)}</title>
      <path d={OUTLINES[look.shape]} fill={`var(${look.token})`} />
      <path d={look.glyph} fill="none" stroke="#fff" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round" transform="translate(12 12) scale(.78) translate(-12 -12)" />
    </svg>
  );
}

/** A risk as letter, number and word; never as colour alone. */
export function RiskMark({ level, value, word = false }: { level: string; value?: number; word?: boolean }) {
  const step = riskStep(level);
  const style = { color: `var(--risk-${step})`, "--mark": `var(--risk-${step})` } as CSSProperties;
  return (
    <span className={styles.risk} title={`${t("risk")}: ${term("risk", level)}`}>
      <span className={cx(styles.letter, step >= 3 && styles.strong)} style={style}>
        <span aria-hidden>{RISK_LETTERS[step]}</span>
      </span>
      {word ? <span>{term("risk", level)}</span> : <span className="visually-hidden">{term("risk", level)}</span>}
      {value === undefined ? null : <span className={styles.number}>{score(value)}</span>}
    </span>
  );
}

/** A confidence as number and as a line whose whiskers are the interval. */
export function ConfidenceMark({ value, low, high, words = false }: { value: number; low?: number; high?: number; words?: boolean }) {
  const interval = low !== undefined && high !== undefined ? `${score(low)}–${score(high)}` : undefined;
  return (
    <span className={styles.confidence} title={`${t("confidence")}: ${score(value)}${interval === undefined ? "" : ` (${interval})`}`}>
      <span className={styles.number}>{score(value)}</span>
      <svg width="44" height="10" viewBox="0 0 44 10" aria-hidden>
        <line x1="2" x2="42" y1="5" y2="5" stroke="var(--line)" strokeWidth="1" />
        {low === undefined || high === undefined ? (
          <line x1="2" x2={2 + value * 0.4} y1="5" y2="5" stroke="var(--fg-3)" strokeWidth="3" />
        ) : (
          <line x1={2 + low * 0.4} x2={2 + high * 0.4} y1="5" y2="5" stroke="var(--fg-3)" strokeWidth="3" />
        )}
        <line x1={2 + value * 0.4} x2={2 + value * 0.4} y1="1" y2="9" stroke="var(--fg-1)" strokeWidth="2" />
      </svg>
      {words && interval !== undefined ? <span className={styles.interval}>{interval}</span> : null}
    </span>
  );
}

/** An Admiralty grade; its words on hover. */
export function GradeMark({ grade }: { grade: GradeView }) {
  return (
    <abbr className={styles.grade} title={`${grade.reliability}; ${grade.credibility}`}>
      {grade.text}
    </abbr>
  );
}

const TLP_COLOURS: Record<string, string> = {
  RED: "#FF2B2B",
  "AMBER+STRICT": "#FFC000",
  AMBER: "#FFC000",
  GREEN: "#33FF00",
  CLEAR: "#FFFFFF",
};
export const TLP_MARKS = ["RED", "AMBER+STRICT", "AMBER", "GREEN", "CLEAR"] as const;

/** A Traffic Light Protocol 2.0 mark in the standard's colours on black. */
export function TlpMark({ tlp, large = false }: { tlp: string; large?: boolean }) {
  return (
    <span className={cx(styles.tlp, large && styles.tlpLarge)} style={{ color: TLP_COLOURS[tlp] ?? "#FFFFFF" }}>
      TLP:{tlp}
    </span>
  );
}

/** An entity that can be looked at: choosing it moves the shared selection. */
export function EntityLink({ entity, longest = 48 }: { entity: EntityRefView; longest?: number }) {
  const select = useSelection((state) => state.select);
  return (
    <button type="button" className={styles.link} onClick={() => select(entity)}>
      <KindMark kind={entity.kind} size={15} />
      <Text value={entity.label} longest={longest} />
    </button>
  );
}
