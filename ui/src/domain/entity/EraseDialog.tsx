/**
 * Erases for good what speaks of an entity, or a source: first what would go and which copies remain, then a reason, then a word typed by hand.
 */
import { useState, type FormEvent } from "react";

import { ask, caseChanged, useAnswer } from "../../api/client";
import { t } from "../../i18n";
import { toRpcError, type RpcError } from "../../platform";
import { Area, Button, Field, Input } from "../../shared/controls";
import { count } from "../../shared/format";
import { Dialog, DialogActs, ErrorBox, Skeleton } from "../../shared/layout";
import { visible } from "../../shared/text";
import { useNotices } from "../state/notices";
import { useSelection } from "../state/selection";
import styles from "./dialogs.module.css";

export function EraseDialog({ target, label, onClose }: { target: string; label: string; onClose: () => void }) {
  const plan = useAnswer("evidence.erasePlan", { target, reason: "" });
  const [reason, setReason] = useState("");
  const [typed, setTyped] = useState("");
  const [error, setError] = useState<RpcError | null>(null);
  const [busy, setBusy] = useState(false);
  const word = t("erase.word");
  const ready = plan.data !== undefined && reason.trim() !== "" && typed.trim().toLowerCase() === word && !busy;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    setBusy(true);
    setError(null);
    try {
      const done = await ask("evidence.erase", { target, reason: reason.trim() });
      useNotices.getState().say(t("erase.done", { text: done.text }));
      // What was erased must not stay on the screen.
      if (useSelection.getState().current?.id === target) useSelection.getState().clear();
      caseChanged();
      onClose();
    } catch (failure) {
      setError(toRpcError(failure));
      setBusy(false);
    }
  };
  return (
    <Dialog open onClose={onClose} title={t("erase.title", { label: visible(label) })} text={t("erase.text")}>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <ErrorBox error={plan.error} />
        {plan.isPending ? <Skeleton rows={3} /> : null}
        {plan.data === undefined ? null : (
          <div className={styles.plan} data-testid="erase-plan">
            <dl className={styles.figures}>
              <dt>{count(plan.data.sources)}</dt>
              <dd>{t("erase.sources", { sources: plan.data.sources })}</dd>
              <dt>{count(plan.data.observations)}</dt>
              <dd>{t("erase.observations", { observations: plan.data.observations })}</dd>
              <dt>{count(plan.data.originals)}</dt>
              <dd>{t("erase.originals", { originals: plan.data.originals })}</dd>
            </dl>
            {plan.data.copies.length === 0 ? (
              <p className={styles.muted}>{t("erase.copies.none")}</p>
            ) : (
              <div className={styles.copies}>
                <strong>{t("erase.copies")}</strong>
                <ul data-testid="erase-copies">
                  {plan.data.copies.map((copy) => (
                    <li key={copy}>{visible(copy)}</li>
                  ))}
                </ul>
              </div>
            )}
          </div>
        )}
        <Field label={t("erase.reason")} hint={t("reason.hint")}>
          {(id, note) => <Area id={id} aria-describedby={note} rows={2} value={reason} data-testid="erase-reason" onChange={(event) => setReason(event.target.value)} />}
        </Field>
        <Field label={t("erase.confirm", { word })}>{(id) => <Input id={id} value={typed} data-testid="erase-word" onChange={(event) => setTyped(event.target.value)} />}</Field>
        <ErrorBox error={error} />
        <DialogActs>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="danger" type="submit" disabled={!ready} data-testid="erase-submit">
            {t(busy ? "erase.busy" : "erase.act")}
          </Button>
        </DialogActs>
      </form>
    </Dialog>
  );
}
