/** The plan of an import: what each file is, what it would bring, what is missing; nothing is stored before Import. */
import { useMemo, useState } from "react";

import { ask, useAnswer } from "../../api/client";
import { pickFiles } from "../../domain/case/session";
import { fileRequests, useImports } from "../../domain/state/imports";
import { useJobs } from "../../domain/state/jobs";
import { complain } from "../../domain/state/notices";
import type { FilePlanView } from "../../generated/api";
import { t } from "../../i18n";
import { Button } from "../../shared/controls";
import { count } from "../../shared/format";
import { Empty, ErrorBox, Panel, Skeleton, Spacer } from "../../shared/layout";
import { useLater } from "../../shared/useLater";
import styles from "../panels.module.css";
import { Outcome } from "./Outcome";
import { PlanRow } from "./PlanRow";

/** Tells whether a file would be imported as the plan stands. */
export function wouldImport(plan: FilePlanView): boolean {
  return plan.state === "ready";
}

export function ImportPanel() {
  const { files, choices, job, started, clear } = useImports();
  const event = useJobs((state) => (job === null ? undefined : state.list.find((each) => each.job === job)));
  const [busy, setBusy] = useState(false);
  const later = useLater(choices, 250);
  const request = useMemo(() => ({ files: fileRequests(files, later) }), [files, later]);
  const plan = useAnswer("import.plan", request, { when: files.length > 0 && job === null, keep: true });
  const plans = plan.data?.files ?? [];
  const ready = plans.filter(wouldImport);

  const run = async () => {
    setBusy(true);
    try {
      const wanted = new Set(ready.map((each) => each.handle));
      const answer = await ask("import.run", { files: fileRequests(files, choices).filter((file) => wanted.has(file.handle)) });
      started(answer.job);
    } catch (error) {
      complain(error);
    } finally {
      setBusy(false);
    }
  };

  if (job !== null) return <Outcome event={event} names={files.map((file) => file.name)} />;
  if (files.length === 0) {
    return (
      <Panel id="import" label={t("panel.import")}>
        <Empty title={t("import.empty.title")} text={t("import.empty.text")}>
          <Button look="primary" onClick={() => void pickFiles()}>
            {t("evidence.add")}
          </Button>
        </Empty>
      </Panel>
    );
  }
  const sum = (of: (each: FilePlanView) => number) => count(ready.reduce((total, each) => total + of(each), 0));
  return (
    <Panel id="import" label={t("panel.import")}>
      <ErrorBox error={plan.error} />
      {plan.isPending ? <Skeleton rows={files.length * 3} /> : null}
      <div className={styles.scroll} tabIndex={0} role="group" aria-label={t("import.plan")}>
        {plans.map((each) => (
          <PlanRow key={each.handle} plan={each} />
        ))}
      </div>
      <div className={styles.acts}>
        <span>
          {t("import.sum", { ready: ready.length, files: plans.length, records: sum((each) => each.records - each.known_records), known: sum((each) => each.known_records), statements: sum((each) => each.statements) })}
        </span>
        <Spacer />
        <Button onClick={clear}>{t("import.discard")}</Button>
        <Button onClick={() => void pickFiles()}>{t("import.more")}</Button>
        <Button look="primary" disabled={busy || ready.length === 0 || plan.isFetching || later !== choices} data-testid="import-submit" onClick={() => void run()}>
          {t("import.act", { count: ready.length })}
        </Button>
      </div>
    </Panel>
  );
}
