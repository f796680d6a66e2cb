/** Opens a case: with its passphrase (or the key that the system's keyring holds), its printed code or page, or a colleague's key file. */
import { useRef, useState, type FormEvent } from "react";

import { ask } from "../api/client";
import { NewPassphrase, type NewPassphraseHandle } from "../domain/case/NewPassphrase";
import { grouped } from "../domain/case/recovery";
import { openCase, planFiles, recoverCase, type Unlocking } from "../domain/case/session";
import { useImports } from "../domain/state/imports";
import { t } from "../i18n";
import { toRpcError, type PickedFile, type RpcError } from "../platform";
import { Area, Button, Field, Input, Radios, Text } from "../shared/controls";
import { Dialog, DialogActs, ErrorBox } from "../shared/layout";
import { visible } from "../shared/text";
import type { CaseDoor } from "./Start";
import styles from "./start.module.css";

type Way = "passphrase" | "recovery" | "identity" | "kit";

export function UnlockDialog({ door, keyring, onClose }: { door: CaseDoor; keyring: string; onClose: () => void }) {
  const passphrase = useRef<HTMLInputElement>(null);
  const code = useRef<HTMLTextAreaElement>(null);
  const next = useRef<NewPassphraseHandle>(null);
  const [way, setWay] = useState<Way>("passphrase");
  const [file, setFile] = useState<PickedFile | null>(null);
  const [error, setError] = useState<RpcError | null>(null);
  const [busy, setBusy] = useState(false);

  const key = (): Unlocking => {
    if (way === "identity") return { identity: file?.handle ?? "" };
    if (way === "recovery") return { recovery: code.current?.value.trim() ?? "" };
    const secret = passphrase.current?.value ?? "";
    if (passphrase.current !== null) passphrase.current.value = "";
    return { passphrase: secret };
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const fresh = way === "kit" ? (next.current?.take() ?? null) : "";
    if (fresh === null) return;
    setBusy(true);
    setError(null);
    try {
      if (way === "kit") await recoverCase(door.handle, file?.handle ?? "", code.current?.value.trim() ?? "", fresh);
      else await openCase(door.handle, key());
      planFiles(useImports.getState().files);
    } catch (failure) {
      setError(toRpcError(failure));
      setBusy(false);
      // A long code stays to be mended where it was mistyped; it goes with the dialog.
      (way === "passphrase" ? passphrase : code).current?.focus();
    }
  };
  const pick = async () => {
    try {
      const picked = (await ask("shell.pickFiles", {})).handles[0];
      if (picked !== undefined) setFile(picked);
    } catch (failure) {
      setError(toRpcError(failure));
    }
  };

  return (
    <Dialog open onClose={onClose} title={t("unlock.title", { name: visible(door.name) })} text={t("unlock.text")}>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        {way === "passphrase" ? (
          <Field label={t("unlock.passphrase")} hint={t("unlock.keyring", { state: visible(keyring) })}>
            {(id, note) => <Input id={id} ref={passphrase} type="password" autoFocus autoComplete="current-password" aria-describedby={note} data-testid="unlock-passphrase" />}
          </Field>
        ) : null}
        {way === "recovery" || way === "kit" ? (
          <Field label={t("unlock.recovery")} hint={t("unlock.recovery.hint")}>
            {(id, note) => (
              <Area
                id={id}
                ref={code}
                rows={3}
                autoFocus
                autoComplete="off"
                autoCapitalize="characters"
                className={styles.codeField}
                aria-describedby={note}
                data-testid="unlock-recovery"
                onChange={(event) => {
                  const field = event.target;
                  // While something is mended in the middle, the cursor must not jump.
                  if (field.selectionEnd === field.value.length) field.value = grouped(field.value);
                }}
              />
            )}
          </Field>
        ) : null}
        {way === "identity" || way === "kit" ? (
          <Field label={t(way === "kit" ? "unlock.kit" : "unlock.identity")} hint={t(way === "kit" ? "unlock.kit.hint" : "unlock.identity.hint")}>
            {(id, note) => (
              <span className={styles.pick}>
                <Button id={id} aria-describedby={note} data-testid="unlock-identity" onClick={() => void pick()}>
                  {t("unlock.identity.pick")}
                </Button>
                {file === null ? null : <Text value={file.name} longest={40} />}
              </span>
            )}
          </Field>
        ) : null}
        {way === "kit" ? <NewPassphrase ref={next} label={t("unlock.kit.next")} testId="unlock-next" /> : null}
        <ErrorBox error={error} />
        <Radios
          label={t("unlock.way")}
          value={way}
          testId="unlock-way"
          onChoose={(chosen) => {
            setWay(chosen);
            setFile(null);
            setError(null);
          }}
          options={[
            { value: "passphrase", label: t("unlock.way.passphrase") },
            { value: "recovery", label: t("unlock.way.recovery") },
            { value: "identity", label: t("unlock.way.identity") },
            { value: "kit", label: t("unlock.way.kit") },
          ]}
        />
        <DialogActs>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="primary" type="submit" disabled={busy || ((way === "identity" || way === "kit") && file === null)} data-testid="unlock-submit">
            {t(busy ? "unlock.busy" : "unlock.act")}
          </Button>
        </DialogActs>
      </form>
    </Dialog>
  );
}
