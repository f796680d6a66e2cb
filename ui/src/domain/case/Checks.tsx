/** Checks with their figures, one a line. */
import type { CheckView } from "../../generated/api";
import { t } from "../../i18n";
import { cx } from "../../shared/format";
import { visible } from "../../shared/text";
import styles from "./checks.module.css";

export function Checks({ checks }: { checks: CheckView[] }) {
  return (
    <div style={{ padding: "0 12px 8px" }}>
      {checks.map((check) => (
        <div key={check.name} className={styles.line} data-testid="check">
          <span className={cx(styles.state, check.state === "ok" ? styles.ok : styles.bad)} style={{ width: 44 }}>
            {t(check.state === "ok" ? "check.ok" : "check.bad")}
          </span>
          <span style={{ width: 180, flex: "none" }}>{visible(check.name)}</span>
          <span className={styles.grow} style={{ overflowWrap: "anywhere" }}>
            {visible(check.text)}
          </span>
        </div>
      ))}
    </div>
  );
}
