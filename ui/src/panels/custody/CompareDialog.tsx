/** Asks whether a code printed on a receipt or report belongs to the history of this case. */
import { useState, type FormEvent } from "react";

import { ask } from "../../api/client";
import type { CustodyCompareView } from "../../generated/api";
import { t } from "../../i18n";
import { toRpcError, type RpcError } from "../../platform";
import { Button, Field, Input } from "../../shared/controls";
import { cx } from "../../shared/format";
import { Dialog, DialogActs, ErrorBox } from "../../shared/layout";
import { visible } from "../../shared/text";
import styles from "../panels.module.css";

export function CompareDialog({ onClose }: { onClose: () => void }) {
  const [code, setCode] = useState("");
  const [found, setFound] = useState<CustodyCompareView | null>(null);
  const [error, setError] = useState<RpcError | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setFound(null);
    setError(null);
    try {
      setFound(await ask("custody.compare", { code: code.trim() }));
    } catch (failure) {
      setError(toRpcError(failure));
    }
  };
  return (
    <Dialog open onClose={onClose} title={t("compare.title")} text={t("compare.text")}>
      <form className={styles.dialogForm} onSubmit={(event) => void submit(event)}>
        <Field label={t("standing.code")}>
          {(id) => (
            <Input
              id={id}
              className={styles.codeField}
              value={code}
              data-testid="compare-code"
              onChange={(event) => {
                setCode(event.target.value);
                setFound(null);
              }}
            />
          )}
        </Field>
        <p role="status" className={cx(styles.answer, found === null ? undefined : found.seq === null ? styles.bad : styles.ok)} data-testid="compare-answer">
          {found === null ? "" : visible(found.text)}
        </p>
        <ErrorBox error={error} />
        <DialogActs>
          <Button onClick={onClose}>{t("close")}</Button>
          <Button look="primary" type="submit" disabled={code.trim() === ""} data-testid="compare-submit">
            {t("compare.do")}
          </Button>
        </DialogActs>
      </form>
    </Dialog>
  );
}
