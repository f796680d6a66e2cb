/** Replaces the passphrase; the present one is asked for, and both are sent once. */
import { useRef, useState, type FormEvent } from "react";

import { ask } from "../../api/client";
import { NewPassphrase, type NewPassphraseHandle } from "../../domain/case/NewPassphrase";
import { useNotices } from "../../domain/state/notices";
import { t } from "../../i18n";
import { toRpcError, type RpcError } from "../../platform";
import { Button, Field, Input } from "../../shared/controls";
import { Dialog, DialogActs, ErrorBox } from "../../shared/layout";
import styles from "../panels.module.css";
import { keepKeys } from "./KeysPanel";

export function PassphraseDialog({ onClose }: { onClose: () => void }) {
  const present = useRef<HTMLInputElement>(null);
  const next = useRef<NewPassphraseHandle>(null);
  const [error, setError] = useState<RpcError | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const fresh = next.current?.take() ?? null;
    if (fresh === null) return;
    const old = present.current?.value ?? "";
    if (present.current !== null) present.current.value = "";
    setBusy(true);
    setError(null);
    try {
      keepKeys(await ask("keys.changePassphrase", { present: old, next: fresh }));
      useNotices.getState().say(t("keys.passphrase.done"));
      onClose();
    } catch (failure) {
      setError(toRpcError(failure));
      setBusy(false);
      present.current?.focus();
    }
  };
  return (
    <Dialog open onClose={onClose} title={t("keys.passphrase.title")} text={t("keys.passphrase.text")}>
      <form className={styles.dialogForm} onSubmit={(event) => void submit(event)}>
        <Field label={t("keys.passphrase.present")} hint={t("keys.passphrase.present.hint")}>
          {(id, note) => <Input id={id} ref={present} type="password" autoComplete="current-password" aria-describedby={note} data-testid="present-passphrase" />}
        </Field>
        <NewPassphrase ref={next} label={t("keys.passphrase.next")} testId="next-passphrase" />
        <ErrorBox error={error} />
        <DialogActs>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="primary" type="submit" disabled={busy} data-testid="passphrase-submit">
            {t(busy ? "keys.busy" : "keys.passphrase.do")}
          </Button>
        </DialogActs>
      </form>
    </Dialog>
  );
}
