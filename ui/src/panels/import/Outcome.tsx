/** What became of an import: progress while it runs, then every file with its state. */
import { ask } from "../../api/client";
import { pickFiles } from "../../domain/case/session";
import { useImports } from "../../domain/state/imports";
import { useJobs } from "../../domain/state/jobs";
import { complain } from "../../domain/state/notices";
import { useWorkspace } from "../../domain/state/workspace";
import type { FileOutcomeView, JobEvent } from "../../generated/api";
import { t, term } from "../../i18n";
import { Button, Meter, Text } from "../../shared/controls";
import { count, cx } from "../../shared/format";
import { ErrorBox, Panel, Spacer } from "../../shared/layout";
import { visible } from "../../shared/text";
import styles from "../panels.module.css";

const tone = (state: string) => (state === "imported" ? styles.ok : state === "failed" ? styles.bad : styles.warn);

export function Outcome({ event, names }: { event: JobEvent | undefined; names: string[] }) {
  const running = event === undefined || event.state === "running";
  const outcomes = event?.import?.files;
  const cancel = async () => {
    if (event === undefined) return;
    try {
      useJobs.getState().replace((await ask("job.cancel", { job: event.job })).jobs);
    } catch (error) {
      complain(error);
    }
  };
  return (
    <Panel id="import" label={t("panel.import")}>
      <div className={styles.plan}>
        <div className={styles.planName} aria-live="polite" data-testid="import-state">
          {running ? t("import.running", { count: names.length }) : `${t("job.import")}: ${term("state", event.state)}`}
        </div>
        <div className={styles.planCounts}>
          {running ? (
            <Button small onClick={() => void cancel()}>
              {t("job.cancel")}
            </Button>
          ) : null}
        </div>
        <div className={styles.planText}>{visible(event?.text ?? "")}</div>
        {running ? (
          <div style={{ gridColumn: "1 / -1" }}>
            <Meter share={event === undefined || event.total === 0 ? 0 : event.done / event.total} label={t("job.import")} />
          </div>
        ) : null}
      </div>
      <ErrorBox error={event?.error} />
      <div className={styles.scroll} tabIndex={0} role="group" aria-label={t("import.outcome")}>
        {outcomes?.map((outcome, index) => <OutcomeRow key={`${outcome.name}-${index}`} outcome={outcome} />)}
      </div>
      {running ? null : (
        <div className={styles.acts}>
          <Spacer />
          <Button onClick={() => void pickFiles()}>{t("import.more")}</Button>
          <Button
            look="primary"
            data-testid="import-done"
            onClick={() => {
              useImports.getState().clear();
              useWorkspace.getState().open("entities");
            }}
          >
            {t("import.look")}
          </Button>
        </div>
      )}
    </Panel>
  );
}

function OutcomeRow({ outcome }: { outcome: FileOutcomeView }) {
  return (
    <div className={styles.plan} data-testid="import-outcome">
      <div className={styles.planName}>
        <Text value={outcome.name} longest={70} />
        <span className={cx(styles.state, tone(outcome.state))}>{term("state", outcome.state)}</span>
      </div>
      <div className={styles.planCounts}>{outcome.state === "imported" ? t("outcome.counts", { rows: count(outcome.rows), negative: count(outcome.negative), statements: count(outcome.statements) }) : ""}</div>
      <div className={styles.planText}>
        {visible(outcome.message)} {visible(outcome.hint)}
      </div>
      <div className={styles.planCounts}>
        {outcome.warnings === 0 ? null : (
          <Button small look="quiet" onClick={() => useWorkspace.getState().open("evidence")}>
            {t("plan.warnings", { count: count(outcome.warnings) })}
          </Button>
        )}
      </div>
    </div>
  );
}
