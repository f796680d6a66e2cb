/**
 * Makes the printed recovery code, shows it this once, and closes only when somebody says it is on paper.
 *
 * Code and page live in this dialog alone: no memory of answers holds them, and they go with it.
 */
import { Printer } from "lucide-react";
import { useState } from "react";

import { answers, ask, keyOf } from "../../api/client";
import type { RecoveryView } from "../../generated/api";
import { t } from "../../i18n";
import { toRpcError, type RpcError } from "../../platform";
import { Button, Check } from "../../shared/controls";
import { Dialog, DialogActs, ErrorBox } from "../../shared/layout";
import { visible, visibleLines } from "../../shared/text";
import styles from "./secret.module.css";

export function RecoveryDialog({ onClose }: { onClose: (made: boolean) => void }) {
  const [shown, setShown] = useState<Pick<RecoveryView, "code" | "kit"> | null>(null);
  const [printed, setPrinted] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<RpcError | null>(null);
  const make = async () => {
    setBusy(true);
    setError(null);
    try {
      const { code, kit, keys } = await ask("keys.addRecovery", {});
      answers.setQueryData(keyOf("keys.list", {}), keys);
      setShown({ code, kit });
    } catch (failure) {
      setError(toRpcError(failure));
    } finally {
      setBusy(false);
    }
  };
  if (shown === null) {
    return (
      <Dialog open onClose={() => onClose(false)} title={t("kit.title")} text={t("kit.text")}>
        <ErrorBox error={error} />
        <DialogActs>
          <Button onClick={() => onClose(false)}>{t("cancel")}</Button>
          <Button look="primary" disabled={busy} data-testid="kit-create" onClick={() => void make()}>
            {t(busy ? "waiting" : "kit.make")}
          </Button>
        </DialogActs>
      </Dialog>
    );
  }
  return (
    // Neither Esc nor a click beside it may lose a code that is shown once.
    <Dialog open onClose={() => (printed ? onClose(true) : undefined)} wide title={t("kit.title")} text={t("kit.once")}>
      <div data-print className={styles.paper}>
        <p className={styles.code} data-testid="kit-code">
          {visible(shown.code)}
        </p>
        <pre className={styles.kit} tabIndex={0} aria-label={t("kit.page")} data-testid="kit-page">
          {visibleLines(shown.kit)}
        </pre>
      </div>
      <Check label={t("kit.printed")} checked={printed} onCheck={setPrinted} testId="kit-printed" />
      <DialogActs>
        <Button data-testid="kit-print" onClick={() => window.print()}>
          <Printer size={14} aria-hidden />
          {t("kit.print")}
        </Button>
        <Button look="primary" disabled={!printed} data-testid="kit-close" onClick={() => onClose(true)}>
          {t("close")}
        </Button>
      </DialogActs>
    </Dialog>
  );
}
