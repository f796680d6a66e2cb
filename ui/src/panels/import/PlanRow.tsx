/** One file of the plan, with what the analyst may decide about it. */
import { X } from "lucide-react";
import { useState } from "react";

import { useAnswer } from "../../api/client";
import { useImports, type Choice } from "../../domain/state/imports";
import type { FilePlanView } from "../../generated/api";
import { t, term } from "../../i18n";
import { Button, Check, Field, IconButton, Input, Select, Text } from "../../shared/controls";
import { count, cx, size } from "../../shared/format";
import { visible } from "../../shared/text";
import styles from "../panels.module.css";

const KINDS = ["osint", "breach", "blockchain", "socmint", "sherlock", "humint", "sigint", "corporate", "document", "forensic", "custom"];
const GRADES = ["A", "B", "C", "D", "E", "F"].flatMap((letter) => ["1", "2", "3", "4", "5", "6"].map((digit) => letter + digit));

const tone = (state: string) => (state === "ready" ? styles.ok : state === "needs-subject" || state === "already-present" ? styles.warn : styles.bad);

export function PlanRow({ plan }: { plan: FilePlanView }) {
  const [open, setOpen] = useState(plan.state === "needs-subject");
  const choice = useImports((state) => state.choices[plan.handle]) ?? {};
  const choose = useImports((state) => state.choose);
  const remove = useImports((state) => state.remove);
  const formats = useAnswer("format.list", {}, { when: open });
  const set = (change: Choice) => choose(plan.handle, change);
  const importers = formats.data?.importers ?? plan.alternatives;
  const needsSubject = plan.state === "needs-subject";
  return (
    <div className={styles.plan} data-testid="plan-row">
      <div className={styles.planName}>
        <Text value={plan.name} longest={70} />
        <span className={cx(styles.state, tone(plan.state))}>{term("state", plan.state)}</span>
        <span className={cx(styles.muted, styles.small)}>{size(plan.size)}</span>
      </div>
      <div className={styles.planCounts}>
        {plan.state === "ready" ? t("plan.counts", { create: count(plan.records - plan.known_records), known: count(plan.known_records), negative: count(plan.negative) }) : ""}
        <IconButton small label={t("plan.remove", { name: visible(plan.name) })} onClick={() => remove(plan.handle)}>
          <X size={13} aria-hidden />
        </IconButton>
      </div>
      <div className={styles.planText}>
        {plan.format_label === "" ? "" : `${visible(plan.format_label)} — `}
        {visible(plan.reason)}
        {plan.hint === "" ? null : <div>{visible(plan.hint)}</div>}
      </div>
      <div className={styles.planCounts}>
        <Button small look="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t("plan.options")}
        </Button>
      </div>
      {open || needsSubject ? (
        <div className={styles.planFields}>
          <Field label={t("plan.subject")} wrong={needsSubject ? t("plan.subject.needed") : undefined} className={styles.wide}>
            {(id, note) => <Input id={id} aria-describedby={note} defaultValue={choice.subject ?? plan.subject ?? ""} data-testid="plan-subject" onChange={(event) => set({ subject: event.target.value.trim() })} />}
          </Field>
          <Field label={t("plan.format")}>
            {(id) => (
              <Select id={id} value={choice.format ?? ""} onChange={(event) => set({ format: event.target.value })}>
                <option value="">{t("plan.detected")}</option>
                {importers.map((format) => (
                  <option key={format.id} value={format.id}>
                    {format.label}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label={t("plan.kind")}>
            {(id) => (
              <Select id={id} value={choice.kind ?? ""} onChange={(event) => set({ kind: event.target.value })}>
                <option value="">{plan.kind === "" ? t("plan.detected") : term("source", plan.kind)}</option>
                {KINDS.map((kind) => (
                  <option key={kind} value={kind}>
                    {term("source", kind)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label={t("plan.grade")}>
            {(id) => (
              <Select id={id} value={choice.grade ?? ""} onChange={(event) => set({ grade: event.target.value })}>
                <option value="">{t("plan.default")}</option>
                {GRADES.map((grade) => (
                  <option key={grade}>{grade}</option>
                ))}
              </Select>
            )}
          </Field>
          <div className={styles.planWhole}>
            <Check label={t("plan.secrets")} hint={t("plan.secrets.hint")} checked={choice.secrets === "keep"} testId="plan-secrets" onCheck={(keep) => set({ secrets: keep ? "keep" : "" })} />
          </div>
        </div>
      ) : null}
      {plan.warning_count === 0 ? null : (
        <details className={styles.warnings}>
          <summary className={styles.warn}>{t("plan.warnings", { count: count(plan.warning_count) })}</summary>
          {plan.warnings.map((warning, index) => (
            <div key={index} className={styles.warning}>
              <span className={styles.warn}>{warning.code}</span>
              <span className={styles.mono}>{visible(warning.locator)}</span>
              <span>{visible(warning.message)}</span>
            </div>
          ))}
        </details>
      )}
    </div>
  );
}
