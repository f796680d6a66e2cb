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

/** A figure with its ▸; what it opens stands below it. */
export function Figure({ label, lead, figure, children, testId }: { label: string; lead?: string; figure: ReactNode; children: ReactNode; testId?: string }) {
  const [open, setOpen] = useState(false);
  return (
    <div>
      {lead === undefined ? null : <span className={styles.lead}>{lead}</span>}
      <button type="button" className={styles.figure} aria-expanded={open} data-testid={testId} onClick={() => setOpen(!open)}>
        {figure}
        <span className="visually-hidden">{t("proof.open", { label })}</span>
        <Chevron open={open} />
      </button>
      {open ? <div className={styles.tree}>{children}</div> : null}
    </div>
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

export function RiskProof({ risk }: { risk: RiskView }) {
  return (
    <>
      {risk.flip === null ? null : (
        <p className={styles.flip} data-testid="flip">
          {visible(risk.flip.text)}
        </p>
      )}
      {risk.factors.map((factor) => (
        <Part key={factor.name} name={words(factor.name)} value={factor.score} weight={factor.weight}>
          {factor.findings.length === 0 ? <p className={styles.why}>{t("proof.noFindings")}</p> : factor.findings.map((finding) => <Finding key={finding.id} finding={finding} />)}
        </Part>
      ))}
    </>
  );
}

/** A finding with how it may be innocent, what to do, and the statements it stands on. */
export function Finding({ finding, children }: { finding: FindingView; children?: ReactNode }) {
  return (
    <div className={styles.finding}>
      <div className={styles.findingHead}>
        <RiskMark level={finding.severity} />
        <span>{visible(finding.text)}</span>
      </div>
      {children}
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

