/** The key map, opened by `?`. */
import { useWorkspace } from "../domain/state/workspace";
import { t } from "../i18n";
import { Button, Kbd } from "../shared/controls";
import { Dialog, DialogActs } from "../shared/layout";
import { GO, KEYS } from "./keymap";
import styles from "./shell.module.css";

export function KeyHelp() {
  const open = useWorkspace((state) => state.helpOpen);
  const setHelp = useWorkspace((state) => state.setHelp);
  return (
    <Dialog open={open} onClose={() => setHelp(false)} wide title={t("keys.title")} text={t("keys.text")}>
      <div className={styles.keys}>
        <dl className={styles.keyList}>
          {KEYS.map(([keys, meaning]) => (
            <div key={keys} className={styles.keyRow}>
              <dt>
                <Kbd>{keys}</Kbd>
              </dt>
              <dd>{t(meaning)}</dd>
            </div>
          ))}
        </dl>
        <dl className={styles.keyList}>
          {GO.map(([letter, panel]) => (
            <div key={letter} className={styles.keyRow}>
              <dt>
                <Kbd>g</Kbd> <Kbd>{letter}</Kbd>
              </dt>
              <dd>{t(`panel.${panel}`)}</dd>
            </div>
          ))}
        </dl>
      </div>
      <DialogActs>
        <Button onClick={() => setHelp(false)}>{t("close")}</Button>
      </DialogActs>
    </Dialog>
  );
}
