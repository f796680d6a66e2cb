/** Takes a way into the case away, after saying what that means. */
import { useState } from "react";

import { ask } from "../../api/client";
import type { SlotView } from "../../generated/api";
import { t, term } from "../../i18n";
import { toRpcError, type RpcError } from "../../platform";
import { Button } from "../../shared/controls";
import { Dialog, DialogActs, ErrorBox } from "../../shared/layout";
import { visible } from "../../shared/text";
import { keepKeys } from "./KeysPanel";

export function RemoveDialog({ slot, onClose }: { slot: SlotView; onClose: () => void }) {
  const [error, setError] = useState<RpcError | null>(null);
  const [busy, setBusy] = useState(false);
  const remove = async () => {
    setBusy(true);
    setError(null);
    try {
      keepKeys(await ask("keys.remove", { id: slot.id }));
      onClose();
    } catch (failure) {
      setError(toRpcError(failure));
      setBusy(false);
    }
  };
  const name = slot.label === "" ? term("slot", slot.kind) : `${term("slot", slot.kind)}, ${visible(slot.label)}`;
  return (
    <Dialog open onClose={onClose} title={t("keys.remove.title", { name })} text={t("keys.remove.text")}>
      <ErrorBox error={error} />
      <DialogActs>
        <Button onClick={onClose}>{t("cancel")}</Button>
        <Button look="danger" disabled={busy} data-testid="remove-submit" onClick={() => void remove()}>
          {t("keys.remove")}
        </Button>
      </DialogActs>
    </Dialog>
  );
}
