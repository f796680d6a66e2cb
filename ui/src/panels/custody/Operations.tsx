/** What changed, latest first: taken back or brought back wherever it stands, and the case shown as it was then. */
import { TriangleAlert, X } from "lucide-react";
import { useMemo, useState } from "react";

import { ask, useAnswer } from "../../api/client";
import { usePages, useSight, type Paging } from "../../api/pages";
import { standAt, step, useOpenCase } from "../../domain/case/session";
import { useHistory } from "../../domain/state/history";
import type { OperationView } from "../../generated/api";
import { t, term } from "../../i18n";
import { Button, IconButton, Input, Select, Text } from "../../shared/controls";
import { count, cx, instant } from "../../shared/format";
import { Empty, ErrorBox, Skeleton, Spacer } from "../../shared/layout";
import { visible } from "../../shared/text";
import { useLater } from "../../shared/useLater";
import { VirtualTable, type Column } from "../../shared/VirtualTable";
import styles from "../panels.module.css";
import own from "./custody.module.css";

export function Operations() {
  const open = useOpenCase();
  const [kind, setKind] = useState("");
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<OperationView | null>(null);
  const [first, last, see] = useSight();
  const asked = useLater(text.trim(), 150);
  const paging = useMemo<Paging<"log.page", OperationView>>(
    () => ({
      method: "log.page",
      request: (offset, limit) => ({ offset, limit, ...(kind === "" ? {} : { kind }), ...(asked === "" ? {} : { text: asked }) }),
      rows: (answer) => answer.operations,
      total: (answer) => answer.total,
      pageSize: 200,
    }),
    [kind, asked],
  );
  const pages = usePages(paging, first, last);
  const columns = useMemo(operationColumns, []);
  const kinds = useAnswer("log.page", { offset: 0, limit: 1 }).data?.kinds ?? [];
  const current = chosen === null ? undefined : (find(pages.row, first, last, chosen.id) ?? chosen);
  const load = async (from: number, until: number) => (await ask("log.page", paging.request(from, Math.min(1000, until - from + 1)))).operations;
  const changeable = open?.writable === true && open.as_of === null;
  return (
    <>
      <div className={own.bar} role="toolbar" aria-label={t("log")}>
        <Select aria-label={t("log.kind")} value={kind} data-testid="log-kind" onChange={(event) => setKind(event.target.value)}>
          <option value="">{t("log.kind")}</option>
          {[...new Set([...kinds, ...(kind === "" ? [] : [kind])])].sort().map((each) => (
            <option key={each} value={each}>
              {term("operation", each)}
            </option>
          ))}
        </Select>
        <Input type="search" aria-label={t("log.filter")} placeholder={t("log.filter")} value={text} data-filter data-testid="log-filter" onChange={(event) => setText(event.target.value)} />
        <Button small disabled={!changeable || open.undo === null} data-testid="undo" onClick={() => void step("undo")}>
          {open?.undo === null || open === null ? t("undo") : <span className={own.what} title={visible(open.undo)}>
              {t("undo.what", { what: visible(open.undo) })}
            </span>}
        </Button>
        <Button small disabled={!changeable || open.redo === null} data-testid="redo" onClick={() => void step("redo")}>
          {open?.redo === null || open === null ? t("redo") : <span className={own.what} title={visible(open.redo)}>
              {t("redo.what", { what: visible(open.redo) })}
            </span>}
        </Button>
        <Spacer />
        <span className={styles.muted} data-testid="log-count">
          {pages.pending ? "" : t("log.count", { count: count(pages.total) })}
        </span>
      </div>
      <WithoutGround />
      <ErrorBox error={pages.error} />
      {pages.pending ? (
        <Skeleton rows={12} />
      ) : pages.total === 0 ? (
        <Empty title={t(kind === "" && asked === "" ? "log.empty.title" : "log.noMatch.title")} text={t(kind === "" && asked === "" ? "log.empty.text" : "log.noMatch.text")} />
      ) : (
        <VirtualTable label={t("log")} columns={columns} total={pages.total} row={pages.row} idOf={(operation) => operation.id} onSight={see} currentId={current?.id} onCurrent={setChosen} load={load} rowTestId="operation-row" />
      )}
      {current === undefined ? null : <Detail operation={current} changeable={changeable} shown={open?.as_of === current.id} onClose={() => setChosen(null)} />}
    </>
  );
}

function find(row: (index: number) => OperationView | undefined, first: number, last: number, id: string): OperationView | undefined {
  for (let index = first; index <= last; index += 1) {
    const operation = row(index);
    if (operation?.id === id) return operation;
  }
  return undefined;
}

/** What the last taking back left standing without ground. */
function WithoutGround() {
  const conflicts = useHistory((state) => state.conflicts);
  const dismiss = useHistory((state) => state.dismiss);
  if (conflicts === null) return null;
  return (
    <div className={own.ground} role="status" data-testid="conflicts">
      <div className={own.line}>
        <span className={own.words}>{t("conflicts.text", { what: visible(conflicts.text), count: conflicts.list.length })}</span>
        <IconButton small label={t("close")} onClick={dismiss}>
          <X size={13} aria-hidden />
        </IconButton>
      </div>
      <ul>
        {conflicts.list.map((text, index) => (
          <li key={index}>{visible(text)}</li>
        ))}
      </ul>
    </div>
  );
}

function Detail({ operation, changeable, shown, onClose }: { operation: OperationView; changeable: boolean; shown: boolean; onClose: () => void }) {
  const moment = { operation: operation.id, text: operation.text, at: operation.at };
  return (
    <section className={styles.strip} aria-label={t("log.one")} data-testid="operation-detail">
      <div>
        <strong>{visible(operation.text)}</strong>
        <div className={styles.muted}>
          {term("operation", operation.kind)} · {instant(operation.at)} UTC · {visible(operation.author)}
          {operation.retracted ? ` · ${t("log.retracted")}` : ""}
        </div>
        {operation.conflict === "" ? null : (
          <div className={styles.warn} data-testid="operation-conflict">
            {t("log.conflict", { why: visible(operation.conflict) })}
          </div>
        )}
      </div>
      <div className={styles.stripActs}>
        <Button small disabled={!changeable} data-testid={operation.retracted ? "bring-back" : "take-back"} onClick={() => void step(operation.retracted ? "redo" : "undo", operation.id)}>
          {t(operation.retracted ? "log.bring" : "log.take")}
        </Button>
        <Button small disabled={shown} data-testid="as-of" onClick={() => void standAt(moment)}>
          {t("asOf.act")}
        </Button>
        <IconButton small label={t("close")} onClick={onClose}>
          <X size={13} aria-hidden />
        </IconButton>
      </div>
    </section>
  );
}

function operationColumns(): Column<OperationView>[] {
  return [
    { id: "at", header: t("column.at"), cell: ({ row }) => <span title={row.original.at}>{instant(row.original.at)}</span>, meta: { track: "126px", text: (each) => each.at } },
    { id: "kind", header: t("column.kind"), cell: ({ row }) => term("operation", row.original.kind), meta: { track: "112px", text: (each) => each.kind } },
    {
      id: "text",
      header: t("column.what"),
      cell: ({ row }) => (
        <>
          {row.original.conflict === "" ? null : <TriangleAlert size={13} className={styles.warn} style={{ flex: "none" }} aria-label={t("log.conflict.mark")} />}
          <Text value={row.original.text} longest={160} className={cx(row.original.retracted && styles.strike)} />
          {row.original.retracted ? <span className={styles.muted}>{t("log.retracted")}</span> : null}
        </>
      ),
      meta: { track: "minmax(200px, 1fr)", text: (each) => visible(each.text) },
    },
    { id: "author", header: t("column.author"), cell: ({ row }) => <Text value={row.original.author} longest={24} />, meta: { spare: 2, track: "130px", text: (each) => visible(each.author) } },
  ];
}
