/** Shows, while files hover over the window, that they may be dropped, and what will happen then. */
import { t } from "../i18n";
import styles from "./shell.module.css";

export function DropVeil({ over, caseOpen }: { over: number; caseOpen: boolean }) {
  if (over === 0) return null;
  return (
    <div className={styles.veil} role="status">
      <p className={styles.veilText}>{t(caseOpen ? "drop.case" : "drop.start")}</p>
    </div>
  );
}
