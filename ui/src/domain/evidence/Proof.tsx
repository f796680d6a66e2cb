/** Opens a number to what it is made of: parts, findings, statements, and at the end the quoted file. */
import { useState, type ReactNode } from "react";

import type { ConfidenceView, FindingView, RiskView } from "../../generated/api";
import { t } from "../../i18n";
import { Meter } from "../../shared/controls";
import { score } from "../../shared/format";
import { Chevron } from "../../shared/layout";
import { visible } from "../../shared/text";
import { RiskMark } from "../entity/marks";
import styles from "./proof.module.css";
import { Statements } from "./Statements";

interface FigureProps {
  label: string;
  lead?: string;
  figure: ReactNode;
  /** What the figure belongs to; stands before it in the same line. */
  beside?: ReactNode;
  /** What is said about the figure whether it is open or not. */
  note?: ReactNode;
  children: ReactNode;
  testId?: string;
}

/** A figure with its ▸; what it opens stands below it. */
export function Figure({ label, lead, figure, beside, note, children, testId }: FigureProps) {
  const [open, setOpen] = useState(false);
  const button = (
    <>
      {lead === undefined ? null : <span className={styles.lead}>{lead}</span>}
      <button type="button" className={styles.figure} aria-expanded={open} data-testid={testId} onClick={() => setOpen(!open)}>
        {figure}
        <span className="visually-hidden">{t("proof.open", { label })}</span>
        <Chevron open={open} />
      </button>
    </>
  );
  return (
    <div>
      {beside === undefined ? (
        button
      ) : (
        <div className={styles.beside}>
          <div className={styles.besideText}>{beside}</div>
          <div className={styles.besideFigure}>{button}</div>
        </div>
      )}
      {note}
      {open ? <div className={styles.tree}>{children}</div> : null}
    </div>
  );
}

/** What would have to be untrue for the level to be another. */
export function Flip({ text }: { text: string }) {
  return (
    <p className={styles.flip} data-testid="flip">
      {visible(text)}
    </p>
  );
}

interface PartProps {
  name: string;
  value: number;
  weight?: number | undefined;
  children: ReactNode;
}

function Part({ name, value, weight, children }: PartProps) {
  const [open, setOpen] = useState(false);
  return (
    <div>
      <button type="button" className={styles.part} aria-expanded={open} onClick={() => setOpen(!open)}>
        <Chevron open={open} />
        <span>{visible(name)}</span>
        <Meter share={value / 100} label={name} />
        <span className={styles.right}>{score(value)}</span>
        <span className={styles.weight}>{weight === undefined ? "" : `× ${(weight / 100).toFixed(2)}`}</span>
      </button>
      {open ? children : null}
    </div>
  );
}

const words = (name: string) => name.replaceAll("-", " ").replaceAll("_", " ");

export function ConfidenceProof({ confidence }: { confidence: ConfidenceView }) {
  return (
    <>
      <p className={styles.why}>{t("proof.interval", { low: score(confidence.low), high: score(confidence.high) })}</p>
      {confidence.parts.map((part) => (
        <Part key={part.name} name={words(part.name)} value={part.score} weight={part.weight}>
          <p className={styles.why}>{visible(part.why)}</p>
          {part.statements.length === 0 ? null : <Statements ids={part.statements} />}
        </Part>
      ))}
    </>
  );
}

/** The factors of a risk with their findings; the flip sentence stands beside the figure, open or not. */
export function RiskProof({ risk }: { risk: RiskView }) {
  return (
    <>
      {risk.factors.map((factor) => (
        <Part key={factor.name} name={words(factor.name)} value={factor.score} weight={factor.weight}>
          {factor.findings.length === 0 ? <p className={styles.why}>{t("proof.noFindings")}</p> : factor.findings.map((finding) => <Finding key={finding.id} finding={finding} />)}
        </Part>
      ))}
    </>
  );
}

/** A finding as its headline; opened, how it may be innocent, what to do, and the statements it stands on. */
export function Finding({ finding, children }: { finding: FindingView; children?: ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <div className={styles.finding}>
      <button type="button" className={styles.findingHead} aria-expanded={open} data-testid="finding" onClick={() => setOpen(!open)}>
        <RiskMark level={finding.severity} />
        <span className={styles.findingText}>{visible(finding.text)}</span>
        <Chevron open={open} />
      </button>
      {children}
      {open ? (
        <div className={styles.tree}>
          {finding.innocent === "" ? null : (
            <p className={styles.aside}>
              <span className={styles.asideLabel}>{t("finding.innocent")} </span>
              {visible(finding.innocent)}
            </p>
          )}
          {finding.recommendation === "" ? null : (
            <p className={styles.aside}>
              <span className={styles.asideLabel}>{t("finding.next")} </span>
              {visible(finding.recommendation)}
            </p>
          )}
          <Figure label={finding.rule} figure={<span className={styles.aside}>{t("statements.count", { count: finding.statements.length })}</span>}>
            <Statements ids={finding.statements} />
          </Figure>
        </div>
      ) : null}
    </div>
  );
}

/** Statements behind a value of any kind. */
export function StatementProof({ label, ids, figure }: { label: string; ids: string[]; figure?: ReactNode }) {
  return (
    <Figure label={label} figure={figure ?? t("statements.count", { count: ids.length })}>
      <Statements ids={ids} />
    </Figure>
  );
}

