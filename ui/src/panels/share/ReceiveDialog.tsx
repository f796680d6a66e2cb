/** Receiving a package while no case is open. */
import { t } from "../../i18n";
import { Button } from "../../shared/controls";
import { Dialog, DialogActs } from "../../shared/layout";
import { Receive } from "./Receive";

export function ReceiveDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog open onClose={onClose} wide title={t("share.in")}>
      <Receive caseOpen={false} onOpened={onClose} />
      <DialogActs>
        <Button onClick={onClose}>{t("close")}</Button>
      </DialogActs>
    </Dialog>
  );
}
