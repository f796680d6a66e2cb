/** Lets a colleague's public key open the case. */
import { useState, type FormEvent } from "react";

import { ask } from "../../api/client";
import { isRecipient } from "../../domain/case/recipient";
import { t } from "../../i18n";
import { toRpcError, type RpcError } from "../../platform";
import { Button, Field, Input } from "../../shared/controls";
import { Dialog, DialogActs, ErrorBox } from "../../shared/layout";
import styles from "../panels.module.css";
import { keepKeys } from "./KeysPanel";

export function ColleagueDialog({ onClose }: { onClose: () => void }) {
  const [recipient, setRecipient] = useState("");
  const [label, setLabel] = useState("");
  const [error, setError] = useState<RpcError | null>(null);
  const [busy, setBusy] = useState(false);
  const wrong = recipient.trim() !== "" && !isRecipient(recipient);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      keepKeys(await ask("keys.addColleague", { recipient: recipient.trim(), label: label.trim() }));
      onClose();
    } catch (failure) {
      setError(toRpcError(failure));
      setBusy(false);
    }
  };
  return (
    <Dialog open onClose={onClose} title={t("keys.colleague.title")} text={t("keys.colleague.text")}>
      <form className={styles.dialogForm} onSubmit={(event) => void submit(event)}>
        <Field label={t("keys.colleague.recipient")} hint={t("recipient.hint")} wrong={wrong ? t("recipient.wrong") : undefined}>
          {(id, note) => <Input id={id} aria-describedby={note} aria-invalid={wrong} className={styles.codeField} value={recipient} data-testid="colleague-recipient" onChange={(event) => setRecipient(event.target.value)} />}
        </Field>
        <Field label={t("keys.colleague.label")} hint={t("keys.colleague.label.hint")}>
          {(id, note) => <Input id={id} aria-describedby={note} maxLength={64} value={label} data-testid="colleague-label" onChange={(event) => setLabel(event.target.value)} />}
        </Field>
        <ErrorBox error={error} />
        <DialogActs>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="primary" type="submit" disabled={busy || !isRecipient(recipient) || label.trim() === ""} data-testid="colleague-submit">
            {t(busy ? "keys.busy" : "keys.colleague.do")}
          </Button>
        </DialogActs>
      </form>
    </Dialog>
  );
}
