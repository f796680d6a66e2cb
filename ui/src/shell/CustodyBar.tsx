/** Says, across the window, what an analyst must know before trusting or changing anything, and where to go next. */
import { Lock, ShieldAlert, ShieldMinus } from "lucide-react";

import { useAnswer } from "../api/client";
import { standingOf } from "../domain/case/Standing";
import { useWorkspace } from "../domain/state/workspace";
import type { OpenCaseView } from "../generated/api";
import { t } from "../i18n";
import { Button } from "../shared/controls";
import { sentence } from "../shared/format";
import { visible } from "../shared/text";
import styles from "./shell.module.css";

export function CustodyBar({ open }: { open: OpenCaseView }) {
  const stands = standingOf(open.custody);
  const damaged = stands === "damaged";
  const behind = stands === "behind";
  const standing = useAnswer("custody.standing", {}, { when: damaged });
  if (!damaged && !behind) {
    // What is shown of the past is read-only by nature; its own bar says so.
    if (open.writable || open.as_of !== null) return null;
    return (
      <div className={styles.bar} role="status">
        <Lock size={14} aria-hidden />
        <span>{t("readonly", { reason: visible(open.read_only_reason) })}</span>
      </div>
    );
  }
  const first = standing.data?.first_bad ?? null;
  return (
    <div className={damaged ? styles.barBad : styles.bar} role={damaged ? "alert" : "status"} data-testid="custody-bar">
      {damaged ? <ShieldAlert size={15} aria-hidden /> : <ShieldMinus size={15} aria-hidden />}
      <span className={styles.barText}>
        <strong>{sentence(t(damaged ? "custody.damaged" : "custody.isBehind", { text: visible(open.custody_text) }))}</strong>{" "}
        {first === null ? "" : `${t("verify.first", { what: visible(first) })} `}
        {t(damaged ? "custody.damaged.do" : "custody.behind.do")}
      </span>
      {damaged ? (
        <Button small onClick={() => useWorkspace.getState().open("backups")}>
          {t("panel.backups")}
        </Button>
      ) : null}
      <Button small data-testid="custody-bar-open" onClick={() => useWorkspace.getState().open("custody")}>
        {t("panel.custody")}
      </Button>
    </div>
  );
}
