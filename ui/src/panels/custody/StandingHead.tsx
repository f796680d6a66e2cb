/** Where the case stands: the verdict in words, the code of its head, who signed, and the three ways to find out more. */
import { X } from "lucide-react";
import { useState } from "react";

import { ask, caseChanged, useAnswer } from "../../api/client";
import { Checks } from "../../domain/case/Checks";
import { StandingMark, standingOf } from "../../domain/case/Standing";
import { useOpenCase } from "../../domain/case/session";
import { Copied } from "../../domain/state/Copied";
import type { VerifyView } from "../../generated/api";
import { t } from "../../i18n";
import { toRpcError, type RpcError } from "../../platform";
import { Button, IconButton } from "../../shared/controls";
import { count, cx, instant } from "../../shared/format";
import { ErrorBox } from "../../shared/layout";
import { ReasonDialog } from "../../shared/ReasonDialog";
import { visible } from "../../shared/text";
import styles from "../panels.module.css";
import { CompareDialog } from "./CompareDialog";
import own from "./custody.module.css";

export function StandingHead() {
  const open = useOpenCase();
  const standing = useAnswer("custody.standing", {});
  const [verdict, setVerdict] = useState<(VerifyView & { at: string }) | null>(null);
  const [error, setError] = useState<RpcError | null>(null);
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState<"acknowledge" | "compare" | null>(null);
  const stands = standing.data;
  const word = stands?.verdict ?? open?.custody ?? "";

  const verify = async () => {
    setBusy(true);
    setError(null);
    try {
      setVerdict({ ...(await ask("case.verify", {})), at: new Date().toISOString() });
    } catch (failure) {
      setError(toRpcError(failure));
    } finally {
      setBusy(false);
    }
  };
  const acknowledge = async (reason: string) => {
    setBusy(true);
    setError(null);
    try {
      await ask("custody.acknowledge", { reason });
      setAsking(null);
      caseChanged();
    } catch (failure) {
      setError(toRpcError(failure));
    } finally {
      setBusy(false);
    }
  };

  return (
    <section className={own.head} aria-label={t("standing")}>
      <div className={own.line}>
        <StandingMark verdict={word} testId="standing" />
        <span className={own.words}>{visible(stands?.text ?? open?.custody_text ?? "")}</span>
      </div>
      {stands === undefined || stands.first_bad === null || verdict !== null ? null : <p className={cx(own.line, styles.bad)}>{t("verify.first", { what: visible(stands.first_bad) })}</p>}
      <dl className={own.facts}>
        <div>
          <dt>{t("standing.code")}</dt>
          <dd>{stands === undefined ? "…" : <Copied value={stands.code} label={t("standing.code")} />}</dd>
        </div>
        <div>
          <dt>{t("standing.seq")}</dt>
          <dd>
            {stands === undefined ? "…" : count(stands.seq)}
            {stands === undefined ? null : <span className={styles.muted}> {stands.remembered === null ? t("standing.remembered.none") : t("standing.remembered", { seq: count(stands.remembered) })}</span>}
          </dd>
        </div>
        <div>
          <dt>{t("standing.checkpoints")}</dt>
          <dd>
            {stands === undefined ? "…" : count(stands.checkpoints)}
            {stands === undefined || stands.signers.length === 0 ? null : <span className={styles.muted}> {t("standing.signers", { names: stands.signers.map(visible).join(", ") })}</span>}
          </dd>
        </div>
      </dl>
      <div className={own.acts}>
        {standingOf(word) === "behind" ? (
          <Button small look="primary" data-testid="acknowledge" onClick={() => setAsking("acknowledge")}>
            {t("acknowledge.act")}
          </Button>
        ) : null}
        <Button small disabled={busy} data-testid="verify" onClick={() => void verify()}>
          {t(busy ? "verify.busy" : "verify")}
        </Button>
        <Button small data-testid="compare" onClick={() => setAsking("compare")}>
          {t("compare.act")}
        </Button>
      </div>
      <ErrorBox error={asking === "acknowledge" ? null : (error ?? standing.error)} />
      {verdict === null ? null : (
        <div className={own.result} role="status">
          <div className={own.line}>
            <strong className={cx(standingOf(verdict.verdict) === "verified" ? styles.ok : standingOf(verdict.verdict) === "damaged" ? styles.bad : styles.warn)} data-testid="verdict">
              {t(`verify.${standingOf(verdict.verdict)}`)}
            </strong>
            <span className={own.words}>
              {verdict.first_bad === null ? "" : `${t("verify.first", { what: visible(verdict.first_bad) })} `}
              {t("verify.at", { at: instant(verdict.at) })}
            </span>
            <IconButton small label={t("close")} onClick={() => setVerdict(null)}>
              <X size={13} aria-hidden />
            </IconButton>
          </div>
          <Checks checks={verdict.checks} />
        </div>
      )}
      {asking === "compare" ? <CompareDialog onClose={() => setAsking(null)} /> : null}
      {asking === "acknowledge" ? (
        <ReasonDialog open title={t("acknowledge.title")} consequence={t("acknowledge.consequence")} act={t("acknowledge.do")} busy={busy} error={error} onClose={() => setAsking(null)} onReason={(reason) => void acknowledge(reason)} />
      ) : null}
    </section>
  );
}
