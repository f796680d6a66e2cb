/** Right after a case was made: without a printed code a forgotten passphrase loses it for good. */
import { KeyRound } from "lucide-react";
import { useState } from "react";

import { useAnswer } from "../api/client";
import { RecoveryDialog } from "../domain/case/RecoveryDialog";
import { useWorkspace } from "../domain/state/workspace";
import { t } from "../i18n";
import { Button } from "../shared/controls";
import styles from "./shell.module.css";

export function KitOffer() {
  const offered = useWorkspace((state) => state.kitOffered);
  const [making, setMaking] = useState(false);
  const slots = useAnswer("keys.list", {}, { when: offered }).data?.slots;
  // Whoever has made another way in meanwhile, or stands before the past, is not told that there is none.
  const isAlone = slots === undefined || slots.length < 2;
  if (!offered || !(isAlone || making)) return null;
  const done = () => useWorkspace.setState({ kitOffered: false });
  return (
    <div className={styles.barPast} role="status" data-testid="kit-offer">
      <KeyRound size={14} aria-hidden />
      <span className={styles.barText}>{t("kit.offer")}</span>
      <Button small look="primary" data-testid="kit-make" onClick={() => setMaking(true)}>
        {t("kit.offer.act")}
      </Button>
      <Button small look="quiet" onClick={done}>
        {t("kit.offer.later")}
      </Button>
      {making ? (
        <RecoveryDialog
          onClose={(made) => {
            setMaking(false);
            if (made) done();
          }}
        />
      ) : null}
    </div>
  );
}
