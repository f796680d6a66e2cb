/** What the rules of the case want to be looked at, and what became of it. */
import { useState } from "react";

import { answers, ask, caseChanged, keyOf, useAnswer } from "../../api/client";
import { EntityLink, RiskMark } from "../../domain/entity/marks";
import { StatementProof } from "../../domain/evidence/Proof";
import { complain } from "../../domain/state/notices";
import { useWorkspace } from "../../domain/state/workspace";
import type { AlertView } from "../../generated/api";
import { t, term } from "../../i18n";
import { toRpcError, type RpcError } from "../../platform";
import { Button, Toggle } from "../../shared/controls";
import { count } from "../../shared/format";
import { Empty, ErrorBox, Panel, Skeleton, Spacer } from "../../shared/layout";
import { ReasonDialog } from "../../shared/ReasonDialog";
import { visible } from "../../shared/text";
import styles from "../panels.module.css";

export function AlertsPanel() {
  const [closed, setClosed] = useState(false);
  const [closing, setClosing] = useState<AlertView | null>(null);
  const [error, setError] = useState<RpcError | null>(null);
  const answer = useAnswer("alert.list", {});
  const alerts = (answer.data?.alerts ?? []).filter((alert) => closed || alert.state !== "closed");

  const change = async (alert: AlertView, state: string, reason: string) => {
    const list = await ask("alert.set", { id: alert.id, state, reason });
    answers.setQueryData(keyOf("alert.list", {}), list);
    caseChanged();
  };
  const close = async (reason: string) => {
    if (closing === null) return;
    try {
      await change(closing, "closed", reason);
      setClosing(null);
      setError(null);
    } catch (failure) {
      setError(toRpcError(failure));
    }
  };

  return (
    <Panel
      id="alerts"
      label={t("panel.alerts")}
      toolbar={
        <>
          <Toggle pressed={closed} onClick={() => setClosed(!closed)}>
            {t("alerts.closed")}
          </Toggle>
          <Spacer />
          <span className={styles.muted}>{answer.data === undefined ? "" : t("alerts.count", { count: count(alerts.length) })}</span>
        </>
      }
    >
      <ErrorBox error={answer.error} />
      {answer.isPending ? <Skeleton rows={8} /> : null}
      {answer.data !== undefined && alerts.length === 0 ? (
        <Empty title={t("alerts.empty.title")} text={t("alerts.empty.text")}>
          <Button onClick={() => useWorkspace.getState().open("rules")}>{t("panel.rules")}</Button>
        </Empty>
      ) : null}
      <div className={styles.scroll} tabIndex={0} role="group" aria-label={t("panel.alerts")}>
        {alerts.map((alert) => (
          <div key={alert.id} className={styles.plan} data-testid="alert-row">
            <div className={styles.planName}>
              <RiskMark level={alert.severity} />
              <span>{visible(alert.text)}</span>
            </div>
            <div className={styles.planCounts}>
              {alert.state === "new" ? (
                <Button small onClick={() => void change(alert, "seen", "").catch(complain)}>
                  {t("alert.seen")}
                </Button>
              ) : null}{" "}
              {alert.state === "closed" ? (
                <Button small onClick={() => void change(alert, "new", "").catch(complain)}>
                  {t("alert.reopen")}
                </Button>
              ) : (
                <Button small onClick={() => setClosing(alert)}>
                  {t("alert.close")}
                </Button>
              )}
            </div>
            <div className={styles.planText}>
              <EntityLink entity={alert.entity} /> <span className={styles.rule}>{visible(alert.rule).replaceAll("-", " ")}</span>
              {alert.reason === "" ? null : <div>{t("alert.reason", { reason: visible(alert.reason) })}</div>}
              <StatementProof label={alert.rule} ids={alert.statements} />
            </div>
            <div className={styles.planCounts}>{term("state", alert.state)}</div>
          </div>
        ))}
      </div>
      {closing === null ? null : (
        <ReasonDialog open title={t("alert.close")} consequence={t("alert.close.text")} act={t("alert.close")} error={error} onClose={() => setClosing(null)} onReason={(reason) => void close(reason)} />
      )}
    </Panel>
  );
}
