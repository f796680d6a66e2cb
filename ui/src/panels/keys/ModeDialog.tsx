/** Switches between one secret and two; the passphrase in force is asked for. */
import { useRef, useState, type FormEvent } from "react";

import { ask } from "../../api/client";
import { t } from "../../i18n";
import { toRpcError, type RpcError } from "../../platform";
import { Button, Field, Input } from "../../shared/controls";
import { Dialog, DialogActs, ErrorBox } from "../../shared/layout";
import styles from "../panels.module.css";
import { keepKeys } from "./KeysPanel";

export function ModeDialog({ to, onClose }: { to: "standard" | "high"; onClose: () => void }) {
  const passphrase = useRef<HTMLInputElement>(null);
  const [error, setError] = useState<RpcError | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const secret = passphrase.current?.value ?? "";
    if (passphrase.current !== null) passphrase.current.value = "";
    setBusy(true);
    setError(null);
    try {
      keepKeys(await ask("keys.mode", { mode: to, passphrase: secret }));
      onClose();
    } catch (failure) {
      setError(toRpcError(failure));
      setBusy(false);
      passphrase.current?.focus();
    }
  };
  const act = t(to === "high" ? "keys.mode.toHigh" : "keys.mode.toStandard");
  return (
    <Dialog open onClose={onClose} title={act} text={t(to === "high" ? "keys.mode.toHigh.text" : "keys.mode.toStandard.text")}>
      <form className={styles.dialogForm} onSubmit={(event) => void submit(event)}>
        <Field label={t("keys.passphrase.present")}>{(id) => <Input id={id} ref={passphrase} type="password" autoComplete="current-password" data-testid="mode-passphrase" />}</Field>
        <ErrorBox error={error} />
        <DialogActs>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="primary" type="submit" disabled={busy} data-testid="mode-submit">
            {t(busy ? "keys.busy" : "keys.mode.do")}
          </Button>
        </DialogActs>
      </form>
    </Dialog>
  );
}
