/** Creates a case. The passphrase is taken from its fields once, when everything else is said, and sent. */
import { useRef, useState, type FormEvent } from "react";

import { ask } from "../api/client";
import { NewPassphrase, type NewPassphraseHandle } from "../domain/case/NewPassphrase";
import { createCase, planFiles } from "../domain/case/session";
import { useImports } from "../domain/state/imports";
import type { CaseStatusView } from "../generated/api";
import { t } from "../i18n";
import { toRpcError, type PickedPlace, type RpcError } from "../platform";
import { Button, Field, Input, Text } from "../shared/controls";
import { Dialog, DialogActs, ErrorBox } from "../shared/layout";
import styles from "./start.module.css";

export function CreateDialog({ status, onClose }: { status: CaseStatusView; onClose: () => void }) {
  const [name, setName] = useState("");
  const [region, setRegion] = useState("");
  const [folder, setFolder] = useState<PickedPlace | null>(null);
  const [error, setError] = useState<RpcError | null>(null);
  const [busy, setBusy] = useState(false);
  const passphrase = useRef<NewPassphraseHandle>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === "") return;
    const secret = passphrase.current?.take() ?? null;
    if (secret === null) return;
    setBusy(true);
    setError(null);
    try {
      await createCase(name.trim(), region.trim().toUpperCase(), secret, folder?.handle ?? null);
      planFiles(useImports.getState().files);
    } catch (failure) {
      setError(toRpcError(failure));
      setBusy(false);
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
    <Dialog open onClose={onClose} title={t("create.title")} text={t("create.text")}>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <Field label={t("create.name")}>
          {(id) => <Input id={id} value={name} required data-testid="create-name" onChange={(event) => setName(event.target.value)} />}
        </Field>
        <div className={styles.place}>
          <span>
            {t("create.place")} <Text value={folder?.name ?? status.default_folder} longest={44} />
          </span>
          <Button small look="quiet" onClick={() => void elsewhere()}>
            {t("create.place.other")}
          </Button>
        </div>
        <Field label={t("create.region")} hint={t("create.region.hint")}>
          {(id, note) => (
            <Input id={id} aria-describedby={note} value={region} maxLength={2} size={4} pattern="[A-Za-z]{2}" className={styles.region} data-testid="create-region" onChange={(event) => setRegion(event.target.value)} />
          )}
        </Field>
        <NewPassphrase ref={passphrase} label={t("create.passphrase")} testId="create-passphrase" />
        <ErrorBox error={error} />
        <DialogActs>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="primary" type="submit" disabled={busy || name.trim() === ""} data-testid="create-submit">
            {t(busy ? "create.busy" : "create.act")}
          </Button>
        </DialogActs>
      </form>
    </Dialog>
  );
}
