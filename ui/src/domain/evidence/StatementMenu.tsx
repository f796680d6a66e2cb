/** What may be done to one statement: correct it, reveal what it seals, copy it. */
import { Ellipsis } from "lucide-react";
import { useState, type FormEvent } from "react";

import { ask, caseChanged } from "../../api/client";
import type { RevealView, StatementView } from "../../generated/api";
import { t } from "../../i18n";
import { toRpcError, type RpcError } from "../../platform";
import { Area, Button, Field, IconButton, Input, Text } from "../../shared/controls";
import { Dialog, DialogActs, ErrorBox, Menu } from "../../shared/layout";
import { ReasonDialog } from "../../shared/ReasonDialog";
import { visible } from "../../shared/text";
import { useOpenCase } from "../case/session";
import { copyText } from "../state/Copied";
import { useHistory } from "../state/history";
import { useNotices } from "../state/notices";
import styles from "./proof.module.css";

const SECRET = ["password", "password-hash", "auth-token"];

/** Tells whether a statement seals something that could be revealed. */
export function isSecret(statement: StatementView): boolean {
  return SECRET.includes(statement.property);
}

interface StatementMenuProps {
  statement: StatementView;
  onRevealed: (revealed: RevealView) => void;
}

export function StatementMenu({ statement, onRevealed }: StatementMenuProps) {
  const writable = useOpenCase()?.writable === true;
  const [asked, setAsked] = useState<"edit" | "reveal" | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<RpcError | null>(null);
  const close = () => {
    setAsked(null);
    setError(null);
  };
  const reveal = async (reason: string) => {
    setBusy(true);
    try {
      onRevealed(await ask("statement.reveal", { statement: statement.id, reason }));
      close();
    } catch (failure) {
      setError(toRpcError(failure));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Menu
        trigger={
          <IconButton small label={t("statement.acts")} data-testid="statement-menu">
            <Ellipsis size={14} aria-hidden />
          </IconButton>
        }
        items={[
          { label: t("edit.act"), act: () => setAsked("edit"), disabled: !writable || isSecret(statement) },
          ...(isSecret(statement) ? [{ label: t("reveal.act"), act: () => setAsked("reveal"), disabled: !writable }] : []),
          null,
          { label: t("statement.copy"), act: () => void copyText(visible(statement.original)) },
        ]}
      />
      {asked === "edit" ? <EditDialog statement={statement} onClose={close} /> : null}
      {asked === "reveal" ? <ReasonDialog open title={t("reveal.title")} consequence={t("reveal.consequence")} act={t("reveal.do")} busy={busy} error={error} onClose={close} onReason={(reason) => void reveal(reason)} /> : null}
    </>
  );
}

function EditDialog({ statement, onClose }: { statement: StatementView; onClose: () => void }) {
  const [text, setText] = useState(statement.value === "" ? statement.original : statement.value);
  const [reason, setReason] = useState("");
  const [error, setError] = useState<RpcError | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const done = await ask("statement.edit", { statement: statement.id, text: text.trim(), reason: reason.trim() });
      useNotices.getState().say(t("edit.done"));
      useHistory.getState().left(done.text ?? "", done.conflicts);
      caseChanged();
      onClose();
    } catch (failure) {
      setError(toRpcError(failure));
      setBusy(false);
    }
  };
  return (
    <Dialog open onClose={onClose} title={t("edit.title")} text={t("edit.text")}>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <div className={styles.asRead}>
          {t("edit.original")}
          <div className={styles.quote}>
            <Text value={statement.original} longest={400} />
          </div>
        </div>
        <Field label={t("edit.field")} hint={t("edit.field.hint")}>
          {(id, note) => <Input id={id} aria-describedby={note} value={text} data-testid="edit-field" onChange={(event) => setText(event.target.value)} />}
        </Field>
        <Field label={t("reason")} hint={t("reason.hint")}>
          {(id, note) => <Area id={id} aria-describedby={note} rows={2} value={reason} data-testid="edit-reason" onChange={(event) => setReason(event.target.value)} />}
        </Field>
        <ErrorBox error={error} />
        <DialogActs>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="primary" type="submit" disabled={busy || reason.trim() === ""} data-testid="edit-submit">
            {t("edit.do")}
          </Button>
        </DialogActs>
      </form>
    </Dialog>
  );
}

/** A secret in clear text until it is hidden again, or the sentence why there is none. */
export function Revealed({ revealed, onHide }: { revealed: RevealView; onHide: () => void }) {
  return (
    <div className={styles.revealed} role="status" data-testid="revealed">
      {revealed.text === null ? (
        <span>
          {t("reveal.notKept")} {visible(revealed.hint)}
        </span>
      ) : (
        <code>
          <bdi>{visible(revealed.text)}</bdi>
        </code>
      )}
      <Button small look="quiet" onClick={onHide}>
        {t("reveal.hide")}
      </Button>
    </div>
  );
}
