/**
 * Creates a case. The passphrase lives in the two fields of this form and nowhere else: it is read once from them, sent, and
 * the fields are emptied, whatever the answer.
 */
import { useRef, useState, type FormEvent } from "react";

import { ask } from "../api/client";
import { createCase, planFiles } from "../domain/case/session";
import { strengthOf, type Strength } from "../domain/case/strength";
import { useImports } from "../domain/state/imports";
import type { CaseStatusView } from "../generated/api";
import { t } from "../i18n";
import { toRpcError, type PickedPlace, type RpcError } from "../platform";
import { Button, Field, Input, Meter, Text } from "../shared/controls";
import { Dialog, DialogActs, ErrorBox } from "../shared/layout";
import styles from "./start.module.css";

const LEAST = 8;

export function CreateDialog({ status, onClose }: { status: CaseStatusView; onClose: () => void }) {
  const [name, setName] = useState("");
  const [region, setRegion] = useState("");
  const [folder, setFolder] = useState<PickedPlace | null>(null);
  const [strength, setStrength] = useState<{ word: Strength; share: number }>({ word: "none", share: 0 });
  const [wrong, setWrong] = useState<{ passphrase?: string; repeat?: string }>({});
  const [error, setError] = useState<RpcError | null>(null);
  const [busy, setBusy] = useState(false);
  const passphrase = useRef<HTMLInputElement>(null);
  const repeat = useRef<HTMLInputElement>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const secret = passphrase.current?.value ?? "";
    const again = repeat.current?.value ?? "";
    const next = {
      ...(Array.from(secret).length < LEAST ? { passphrase: t("create.passphrase.short", { least: LEAST }) } : {}),
      ...(secret === again ? {} : { repeat: t("create.repeat.differs") }),
    };
    setWrong(next);
    if (Object.keys(next).length > 0 || name.trim() === "") return;
    setBusy(true);
    setError(null);
    for (const field of [passphrase.current, repeat.current]) if (field !== null) field.value = "";
    setStrength({ word: "none", share: 0 });
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
        <Field label={t("create.passphrase")} hint={t("create.passphrase.hint")} wrong={wrong.passphrase}>
          {(id, note) => (
            <Input
              id={id}
              ref={passphrase}
              type="password"
              autoComplete="new-password"
              aria-describedby={note}
              aria-invalid={wrong.passphrase !== undefined}
              data-testid="create-passphrase"
              onChange={(event) => setStrength(strengthOf(event.target.value))}
            />
          )}
        </Field>
        <div className={styles.strength}>
          <Meter
            share={strength.share}
            label={t("strength")}
            colour={strength.word === "weak" ? "var(--bad)" : strength.word === "fair" ? "var(--warn)" : "var(--ok)"}
          />
          <span aria-live="polite">{strength.word === "none" ? "" : t(`strength.${strength.word}`)}</span>
        </div>
        <Field label={t("create.repeat")} wrong={wrong.repeat}>
          {(id, note) => <Input id={id} ref={repeat} type="password" autoComplete="new-password" aria-describedby={note} aria-invalid={wrong.repeat !== undefined} data-testid="create-passphrase-repeat" />}
        </Field>
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
