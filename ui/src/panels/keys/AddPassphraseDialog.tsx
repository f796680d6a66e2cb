/** Adds one more passphrase beside those there are, for somebody else. */
import { useRef, useState, type FormEvent } from "react";

import { ask } from "../../api/client";
import { NewPassphrase, type NewPassphraseHandle } from "../../domain/case/NewPassphrase";
import { t } from "../../i18n";
import { toRpcError, type RpcError } from "../../platform";
import { Button, Field, Input } from "../../shared/controls";
import { Dialog, DialogActs, ErrorBox } from "../../shared/layout";
import styles from "../panels.module.css";
import { keepKeys } from "./KeysPanel";

export function AddPassphraseDialog({ onClose }: { onClose: () => void }) {
  const next = useRef<NewPassphraseHandle>(null);
  const [label, setLabel] = useState("");
  const [error, setError] = useState<RpcError | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const passphrase = next.current?.take() ?? null;
    if (passphrase === null) return;
    setBusy(true);
    setError(null);
    try {
      keepKeys(await ask("keys.addPassphrase", { passphrase, label: label.trim() }));
      onClose();
    } catch (failure) {
      setError(toRpcError(failure));
      setBusy(false);
    }
  };
  return (
    <Dialog open onClose={onClose} title={t("keys.addPassphrase.title")} text={t("keys.addPassphrase.text")}>
      <form className={styles.dialogForm} onSubmit={(event) => void submit(event)}>
        <NewPassphrase ref={next} label={t("keys.passphrase.next")} testId="add-passphrase" />
        <Field label={t("keys.addPassphrase.label")}>{(id) => <Input id={id} maxLength={64} value={label} data-testid="add-label" onChange={(event) => setLabel(event.target.value)} />}</Field>
        <ErrorBox error={error} />
        <DialogActs>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="primary" type="submit" disabled={busy} data-testid="add-submit">
            {t(busy ? "keys.busy" : "keys.addPassphrase.do")}
          </Button>
        </DialogActs>
      </form>
    </Dialog>
  );
}
