/** Versions, sizes and the self-test of this machine. */
import { useAnswer } from "../../api/client";
import { Checks } from "../../domain/case/Checks";
import { t } from "../../i18n";
import { Button } from "../../shared/controls";
import { Body, ErrorBox, Panel, Skeleton } from "../../shared/layout";
import { visible } from "../../shared/text";
import styles from "../panels.module.css";

export function DiagnosticsPanel() {
  const answer = useAnswer("app.doctor", {});
  return (
    <Panel
      id="diagnostics"
      label={t("panel.diagnostics")}
      toolbar={
        <Button small disabled={answer.isFetching} onClick={() => void answer.refetch()}>
          {t("diagnostics.again")}
        </Button>
      }
    >
      <ErrorBox error={answer.error} />
      {answer.isPending ? <Skeleton rows={8} /> : null}
      {answer.data === undefined ? null : (
        <Body>
          <Checks checks={answer.data.checks} />
          {answer.data.advice.map((text) => (
            <p key={text} className={styles.formNote} style={{ padding: "4px 12px" }}>
              {visible(text)}
            </p>
          ))}
        </Body>
      )}
    </Panel>
  );
}
