/** Everything that was done to the case, whether it is whole, and the way back. */
import { useMemo, useState } from "react";

import { ask } from "../../api/client";
import { usePages, useSight, type Paging } from "../../api/pages";
import { Checks } from "../../domain/case/Checks";
import { step, useOpenCase } from "../../domain/case/session";
import type { OperationView, VerifyView } from "../../generated/api";
import { t } from "../../i18n";
import { toRpcError, type RpcError } from "../../platform";
import { Button, Text } from "../../shared/controls";
import { count, cx, instant } from "../../shared/format";
import { ErrorBox, Panel, Skeleton, Spacer } from "../../shared/layout";
import { visible } from "../../shared/text";
import { VirtualTable, type Column } from "../../shared/VirtualTable";
import styles from "../panels.module.css";


const PAGING: Paging<"log.page", OperationView> = {
  method: "log.page",
  request: (offset, limit) => ({ offset, limit }),
  rows: (answer) => answer.operations,
  total: (answer) => answer.total,
  pageSize: 200,
};

export function CustodyPanel() {
  const open = useOpenCase();
  const [first, last, see] = useSight();
  const pages = usePages(PAGING, first, last);
  const [verdict, setVerdict] = useState<VerifyView | null>(null);
  const [error, setError] = useState<RpcError | null>(null);
  const [busy, setBusy] = useState(false);
  const columns = useMemo(operationColumns, []);
  const verify = async () => {
    setBusy(true);
    try {
      setVerdict(await ask("case.verify", {}));
      setError(null);
    } catch (failure) {
      setError(toRpcError(failure));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Panel
      id="custody"
      label={t("panel.custody")}
      toolbar={
        <>
          <Button small disabled={busy} data-testid="verify" onClick={() => void verify()}>
            {t(busy ? "verify.busy" : "verify")}
          </Button>
          <Button small disabled={open?.undo === null || open?.undo === undefined} data-testid="undo" onClick={() => void step("undo")}>
            {open?.undo === null || open?.undo === undefined ? t("undo") : t("undo.what", { what: visible(open.undo) })}
          </Button>
          <Button small disabled={open?.redo === null || open?.redo === undefined} data-testid="redo" onClick={() => void step("redo")}>
            {open?.redo === null || open?.redo === undefined ? t("redo") : t("redo.what", { what: visible(open.redo) })}
          </Button>
          <Spacer />
          <span className={styles.muted}>{pages.pending ? "" : t("log.count", { count: count(pages.total) })}</span>
        </>
      }
    >
      <ErrorBox error={error ?? pages.error} />
      {verdict === null ? null : (
        <section aria-label={t("verify")} role="status" style={{ flex: "none", maxHeight: "45%", overflow: "auto", borderBottom: "1px solid var(--line)" }}>
          <div className={styles.plan}>
            <div className={cx(styles.planName, verdict.verdict === "verified" ? styles.ok : styles.bad)} data-testid="verdict">
              {t(verdict.verdict === "verified" ? "verify.ok" : "verify.bad")}
            </div>
            {verdict.first_bad === null ? null : <div className={styles.planText}>{t("verify.first", { what: visible(verdict.first_bad) })}</div>}
          </div>
          <Checks checks={verdict.checks} />
        </section>
      )}
      {pages.pending ? <Skeleton rows={12} /> : <VirtualTable label={t("log")} columns={columns} total={pages.total} row={pages.row} idOf={(operation) => operation.id} onSight={see} rowTestId="operation-row" />}
    </Panel>
  );
}

function operationColumns(): Column<OperationView>[] {
  return [
    { id: "at", header: t("column.at"), cell: ({ row }) => <span title={`${row.original.at}`}>{instant(row.original.at)}</span>, meta: { track: "126px", text: (each) => each.at } },
    { id: "kind", header: t("column.kind"), cell: ({ row }) => visible(row.original.kind), meta: { track: "96px", text: (each) => each.kind } },
    {
      id: "text",
      header: t("column.what"),
      cell: ({ row }) => (
        <>
          <Text value={row.original.text} longest={160} className={cx(row.original.retracted && styles.strike)} />
          {row.original.retracted ? <span className={styles.muted}>{t("log.retracted")}</span> : null}
        </>
      ),
      meta: { track: "minmax(200px, 1fr)", text: (each) => visible(each.text) },
    },
    { id: "author", header: t("column.author"), cell: ({ row }) => <Text value={row.original.author} longest={24} />, meta: { track: "110px", text: (each) => visible(each.author) } },
  ];
}
