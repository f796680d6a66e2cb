/** Restores a backup into a new folder and opens it; nothing that is there already is touched. */
import { useRef, useState, type FormEvent } from "react";

import { ask } from "../../api/client";
import { opened, useStatus } from "../../domain/case/session";
import { t } from "../../i18n";
import { toRpcError, type PickedPlace, type RpcError } from "../../platform";
import { Button, Field, Input, Text } from "../../shared/controls";
import { Dialog, DialogActs, ErrorBox } from "../../shared/layout";
import { visible } from "../../shared/text";
import styles from "../panels.module.css";

export function RestoreDialog({ backup, onClose }: { backup: { handle: string; name: string }; onClose: () => void }) {
  const passphrase = useRef<HTMLInputElement>(null);
  const status = useStatus().data;
  const [folder, setFolder] = useState<PickedPlace | null>(null);
  const [error, setError] = useState<RpcError | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const secret = passphrase.current?.value ?? "";
    if (passphrase.current !== null) passphrase.current.value = "";
    setBusy(true);
    setError(null);
    try {
      await ask("backup.restore", { backup: backup.handle, passphrase: secret, ...(folder === null ? {} : { folder: folder.handle }) });
      await opened();
      onClose();
    } catch (failure) {
      setError(toRpcError(failure));
      setBusy(false);
      passphrase.current?.focus();
    }
  };
  const elsewhere = async () => {
    try {
      const picked = await ask("shell.pickFolder", {});
      if (picked !== null) setFolder(picked);
    } catch (failure) {
      setError(toRpcError(failure));
    }
  };
  return (
    <Dialog open onClose={onClose} title={t("restore.title", { name: visible(backup.name) })} text={t("restore.text")}>
      <form className={styles.dialogForm} onSubmit={(event) => void submit(event)}>
        <Field label={t("restore.passphrase")} hint={t("restore.passphrase.hint")}>
          {(id, note) => <Input id={id} ref={passphrase} type="password" autoComplete="current-password" aria-describedby={note} data-testid="restore-passphrase" />}
        </Field>
        <div className={styles.place}>
          <span>
            {t("restore.into")} <Text value={folder?.name ?? status?.default_folder ?? ""} longest={44} />
          </span>
          <Button small look="quiet" onClick={() => void elsewhere()}>
            {t("create.place.other")}
          </Button>
        </div>
        <ErrorBox error={error} />
        <DialogActs>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="primary" type="submit" disabled={busy} data-testid="restore-submit">
            {t(busy ? "restore.busy" : "restore.act")}
          </Button>
        </DialogActs>
      </form>
    </Dialog>
  );
}
