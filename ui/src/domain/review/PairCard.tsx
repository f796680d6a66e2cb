/**
 * Two records side by side, with every comparator's part of the sum.
 *
 * The bars are a waterfall in bits: each starts where the one above ended, from the prior to the total.
 */
import { useState } from "react";

import type { ContributionView, PairView, RecordView } from "../../generated/api";
import { t, term } from "../../i18n";
import { Text } from "../../shared/controls";
import { bits, cx } from "../../shared/format";
import { Chevron } from "../../shared/layout";
import { visible } from "../../shared/text";
import { KindMark } from "../entity/marks";
import { Statements } from "../evidence/Statements";
import styles from "./pair.module.css";

const WIDTH = 96;
const HEIGHT = 18;

/** A step of the waterfall in thousandths of a bit. */
export interface Step {
  from: number;
  to: number;
}

/** Returns prior, contributions and total as steps. */
export function waterfall(pair: PairView): { prior: Step; parts: Step[]; total: Step } {
  let at = pair.prior_millibits;
  const parts = pair.contributions.map((part) => {
    const from = at;
    at += part.weight_millibits;
    return { from, to: at };
  });
  return { prior: { from: 0, to: pair.prior_millibits }, parts, total: { from: 0, to: pair.score_millibits } };
}

function Bar({ step, low, high, tone }: { step: Step; low: number; high: number; tone: string }) {
  const range = Math.max(1, high - low);
  const place = (value: number) => ((value - low) / range) * (WIDTH - 2) + 1;
  const from = place(step.from);
  const to = place(step.to);
  return (
    <svg className={styles.bars} width={WIDTH} height={HEIGHT} aria-hidden>
      <line x1={place(0)} x2={place(0)} y1="0" y2={HEIGHT} stroke="var(--line-strong)" strokeDasharray="2 2" />
      <rect x={Math.min(from, to)} y="4" width={Math.max(1.5, Math.abs(to - from))} height={HEIGHT - 8} fill={tone} />
    </svg>
  );
}

function Side({ record }: { record: RecordView }) {
  return (
    <div className={styles.side}>
      <div className={styles.sideName}>
        <KindMark kind={record.kind} size={18} alone />
        <Text value={record.label} longest={60} />
      </div>
      <div className={styles.sources}>{record.sources.map(visible).join(", ")}</div>
    </div>
  );
}

interface ContributionProps {
  part: ContributionView;
  step: Step;
  low: number;
  high: number;
}

/** One comparator's row; its statements open below it over the whole width. */
function Contribution({ part, step, low, high }: ContributionProps) {
  const [open, setOpen] = useState(false);
  const supports = part.weight_millibits >= 0;
  const proof = t("statements.count", { count: part.statements.length });
  return (
    <>
      <tr>
        <td>{visible(part.feature)}</td>
        <td>
          <Text value={part.left} longest={60} />
        </td>
        <td>
          <Text value={part.right} longest={60} />
        </td>
        <td>
          <span className={cx(part.weight_millibits > 0 && styles.agree, part.weight_millibits < 0 && styles.against)}>{visible(part.agreement)}</span>{" "}
          {part.statements.length === 0 ? null : (
            <button type="button" className={styles.count} aria-expanded={open} title={proof} onClick={() => setOpen(!open)}>
              <span aria-hidden>{part.statements.length}</span>
              <span className="visually-hidden">{`${visible(part.feature)}: ${proof}`}</span>
              <Chevron open={open} />
            </button>
          )}
        </td>
        <td className={styles.right}>{bits(part.weight_millibits)}</td>
        <td>
          <Bar step={step} low={low} high={high} tone={supports ? "var(--ok)" : "var(--bad)"} />
        </td>
      </tr>
      {open ? (
        <tr>
          <td colSpan={6}>
            <Statements ids={part.statements} />
          </td>
        </tr>
      ) : null}
    </>
  );
}

export function PairCard({ pair }: { pair: PairView }) {
  const steps = waterfall(pair);
  const ends = [0, steps.prior.to, steps.total.to, ...steps.parts.flatMap((step) => [step.from, step.to])];
  const low = Math.min(...ends);
  const high = Math.max(...ends);
  return (
    <div>
      <div className={styles.head}>
        <Side record={pair.left} />
        <Side record={pair.right} />
      </div>
      <div className={styles.sum}>
        <span className={styles.strong}>{visible(pair.likelihood)}</span>
        <span>{t("pair.probability", { value: (pair.probability * 100).toFixed(1) })}</span>
        <span>{t("pair.kinds", { count: pair.kinds_of_evidence })}</span>
        <span>{term("state", pair.decision)}</span>
      </div>
      {pair.why === "" ? null : <p className={styles.why}>{visible(pair.why)}</p>}
      <table className={styles.table}>
        <colgroup>
          <col className={styles.feature} />
          <col />
          <col />
          <col className={styles.agreement} />
          <col className={styles.bits} />
          <col className={styles.sumColumn} />
        </colgroup>
        <thead>
          <tr>
            <th>{t("pair.feature")}</th>
            <th>{t("pair.left")}</th>
            <th>{t("pair.right")}</th>
            <th>{t("pair.agreement")}</th>
            <th className={styles.right}>{t("pair.bits")}</th>
            <th>{t("pair.sum")}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td>{t("pair.prior")}</td>
            <td colSpan={3}>{t("pair.prior.text")}</td>
            <td className={styles.right}>{bits(pair.prior_millibits)}</td>
            <td>
              <Bar step={steps.prior} low={low} high={high} tone="var(--fg-3)" />
            </td>
          </tr>
          {pair.contributions.map((part, index) => {
            const step = steps.parts[index] ?? { from: 0, to: 0 };
            return <Contribution key={`${part.feature}-${index}`} part={part} step={step} low={low} high={high} />;
          })}
          <tr>
            <td className={styles.strong}>{t("pair.total")}</td>
            <td colSpan={3} />
            <td className={cx(styles.right, styles.strong)}>{bits(pair.score_millibits)}</td>
            <td>
              <Bar step={steps.total} low={low} high={high} tone="var(--accent)" />
            </td>
          </tr>
        </tbody>
      </table>
    </div>
  );
}
