/** Says, across the window, that the case is shown as it was, and leads back to the present. */
import { History } from "lucide-react";

import { standAt } from "../domain/case/session";
import { useHistory } from "../domain/state/history";
import type { OpenCaseView } from "../generated/api";
import { t } from "../i18n";
import { Button } from "../shared/controls";
import { instant, short } from "../shared/format";
import { visible } from "../shared/text";
import styles from "./shell.module.css";

export function MomentBar({ open }: { open: OpenCaseView }) {
  const moment = useHistory((state) => state.moment);
  if (open.as_of === null) return null;
  const known = moment?.operation === open.as_of ? moment : null;
  return (
    <div className={styles.barPast} role="status" data-testid="moment-bar">
      <History size={14} aria-hidden />
      <span className={styles.barText}>
        <strong>{known === null ? t("asOf.bar.id", { id: short(open.as_of) }) : t("asOf.bar", { what: visible(known.text), at: instant(known.at) })}</strong> {t("asOf.readonly")}
      </span>
      <Button small data-testid="to-present" onClick={() => void standAt(null)}>
        {t("asOf.back")}
      </Button>
    </div>
  );
}
