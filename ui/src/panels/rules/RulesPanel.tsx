/** The rules in force: the commented file, where it comes from, and its digest, which is part of the revision. */
import { useAnswer } from "../../api/client";
import { t } from "../../i18n";
import { short } from "../../shared/format";
import { ErrorBox, Panel, Skeleton, Spacer } from "../../shared/layout";
import { visible, visibleLines } from "../../shared/text";
import styles from "../panels.module.css";

export function RulesPanel() {
  const answer = useAnswer("rules.show", {});
  const view = answer.data;
  return (
    <Panel
      id="rules"
      label={t("panel.rules")}
      toolbar={
        <>
          <span>{view === undefined ? "" : visible(view.origin)}</span>
          <Spacer />
          <span className={styles.muted} title={view?.digest}>
            {view === undefined ? "" : t("rules.digest", { digest: short(view.digest) })}
          </span>
        </>
      }
    >
      <ErrorBox error={answer.error} />
      {answer.isPending ? <Skeleton rows={14} /> : null}
      {view === undefined ? null : (
        <pre className={`${styles.scroll} ${styles.text}`} tabIndex={0} role="group" aria-label={t("panel.rules")}>
          {visibleLines(view.text)}
        </pre>
      )}
    </Panel>
  );
}
