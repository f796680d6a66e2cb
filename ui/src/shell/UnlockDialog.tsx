/** Opens a case with its passphrase, or with the key that the system's keyring holds. */
import { useRef, useState, type FormEvent } from "react";

import { openCase, planFiles } from "../domain/case/session";
import { useImports } from "../domain/state/imports";
import { t } from "../i18n";
import { toRpcError, type RpcError } from "../platform";
import { Button, Field, Input } from "../shared/controls";
import { Dialog, DialogActs, ErrorBox } from "../shared/layout";
import { visible } from "../shared/text";
import type { CaseDoor } from "./Start";
import styles from "./start.module.css";

export function UnlockDialog({ door, keyring, onClose }: { door: CaseDoor; keyring: string; onClose: () => void }) {
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
      await openCase(door.handle, secret);
      planFiles(useImports.getState().files);
    } catch (failure) {
      setError(toRpcError(failure));
      setBusy(false);
      passphrase.current?.focus();
    }
  };

  return (
    <Dialog open onClose={onClose} title={t("unlock.title", { name: visible(door.name) })} text={t("unlock.text")}>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <Field label={t("unlock.passphrase")} hint={t("unlock.keyring", { state: visible(keyring) })}>
          {(id, note) => <Input id={id} ref={passphrase} type="password" autoComplete="current-password" aria-describedby={note} data-testid="unlock-passphrase" />}
        </Field>
        <ErrorBox error={error} />
        <DialogActs>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="primary" type="submit" disabled={busy} data-testid="unlock-submit">
            {t(busy ? "unlock.busy" : "unlock.act")}
          </Button>
        </DialogActs>
      </form>
    </Dialog>
  );
}
