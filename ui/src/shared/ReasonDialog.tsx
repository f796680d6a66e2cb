/** Asks why, before something is disclosed or taken back; the consequence stands above the question. */
import { useState } from "react";

import { t } from "../i18n";
import { Area, Button, Field } from "./controls";
import { Dialog, DialogActs, ErrorBox } from "./layout";

interface ReasonDialogProps {
  open: boolean;
  title: string;
  consequence: string;
  act: string;
  busy?: boolean;
  error?: { message: string; code?: string; hint?: string } | null;
  onClose: () => void;
  onReason: (reason: string) => void;
  /** A second way to do it. */
  other?: { label: string; act: (reason: string) => void };
}

export function ReasonDialog({ open, title, consequence, act, busy = false, error = null, onClose, onReason, other }: ReasonDialogProps) {
  const [reason, setReason] = useState("");
  const ready = reason.trim() !== "" && !busy;
  return (
    <Dialog open={open} onClose={onClose} title={title} text={consequence}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) onReason(reason.trim());
        }}
      >
        <Field label={t("reason")} hint={t("reason.hint")}>
          {(id, note) => <Area id={id} aria-describedby={note} rows={3} value={reason} data-testid="reason" onChange={(event) => setReason(event.target.value)} />}
        </Field>
        <ErrorBox error={error} />
        <DialogActs>
          <Button onClick={onClose}>{t("cancel")}</Button>
          {other === undefined ? null : (
            <Button disabled={!ready} onClick={() => other.act(reason.trim())}>
              {other.label}
            </Button>
          )}
          <Button look="primary" type="submit" disabled={!ready} data-testid="reason-submit">
            {act}
          </Button>
        </DialogActs>
      </form>
    </Dialog>
  );
}
