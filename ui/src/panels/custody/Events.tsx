/** The chain of custody, latest first: who did what to which object, when by which clock, with which program, and why. */
import { ClockAlert, X } from "lucide-react";
import { useMemo, useState } from "react";

import { ask, useAnswer } from "../../api/client";
import { usePages, useSight, type Paging } from "../../api/pages";
import { Copied } from "../../domain/state/Copied";
import type { CustodyEventView } from "../../generated/api";
import { t, term } from "../../i18n";
import { IconButton, Input, Select, Text } from "../../shared/controls";
import { count, instant } from "../../shared/format";
import { Empty, ErrorBox, Skeleton, Spacer } from "../../shared/layout";
import { visible } from "../../shared/text";
import { useLater } from "../../shared/useLater";
import { VirtualTable, type Column } from "../../shared/VirtualTable";
import styles from "../panels.module.css";
import own from "./custody.module.css";

export function Events() {
  const [action, setAction] = useState("");
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<CustodyEventView | null>(null);
  const [first, last, see] = useSight();
  const asked = useLater(text.trim(), 150);
  const paging = useMemo<Paging<"custody.page", CustodyEventView>>(
    () => ({
      method: "custody.page",
      request: (offset, limit) => ({ offset, limit, ...(action === "" ? {} : { action }), ...(asked === "" ? {} : { text: asked }) }),
      rows: (answer) => answer.events,
      total: (answer) => answer.total,
      pageSize: 200,
    }),
    [action, asked],
  );
  const pages = usePages(paging, first, last);
  const actions = useAnswer("custody.page", { offset: 0, limit: 1 }).data?.actions ?? [];
  const columns = useMemo(eventColumns, []);
  const filtered = action !== "" || asked !== "";
  const load = async (from: number, until: number) => (await ask("custody.page", paging.request(from, Math.min(1000, until - from + 1)))).events;
  return (
    <>
      <div className={own.bar} role="toolbar" aria-label={t("custody.tab")}>
        <Select aria-label={t("custody.action")} value={action} data-testid="custody-action" onChange={(event) => setAction(event.target.value)}>
          <option value="">{t("custody.action")}</option>
          {[...actions].sort().map((each) => (
            <option key={each} value={each}>
              {term("action", each)}
            </option>
          ))}
        </Select>
        <Input type="search" aria-label={t("log.filter")} placeholder={t("log.filter")} value={text} data-filter data-testid="custody-filter" onChange={(event) => setText(event.target.value)} />
        <span className={styles.muted}>{t("custody.copy")}</span>
        <Spacer />
        <span className={styles.muted}>{pages.pending ? "" : t("custody.count", { count: count(pages.total) })}</span>
      </div>
      <ErrorBox error={pages.error} />
      {pages.pending ? (
        <Skeleton rows={12} />
      ) : pages.total === 0 ? (
        <Empty title={t(filtered ? "log.noMatch.title" : "custody.empty.title")} text={t(filtered ? "log.noMatch.text" : "custody.empty.text")} />
      ) : (
        <VirtualTable label={t("custody.tab")} columns={columns} total={pages.total} row={pages.row} idOf={(event) => String(event.seq)} onSight={see} currentId={chosen === null ? undefined : String(chosen.seq)} onCurrent={setChosen} load={load} rowTestId="custody-row" />
      )}
      {chosen === null ? null : <Detail event={chosen} onClose={() => setChosen(null)} />}
    </>
  );
}

function Detail({ event, onClose }: { event: CustodyEventView; onClose: () => void }) {
  return (
    <section className={styles.strip} aria-label={t("custody.one", { seq: event.seq })} data-testid="custody-detail">
      <div>
        <strong>
          {t("custody.one", { seq: count(event.seq) })}: {term("action", event.action)} — {visible(event.object)}
        </strong>
        <div>{event.reason === "" ? t("custody.noReason") : t("custody.reason", { reason: visible(event.reason) })}</div>
        <div className={styles.muted}>
          {event.at} · {event.who === "" ? t("custody.nobody") : visible(event.who)} · {visible(event.tool)}
        </div>
        {event.clock === "" ? null : <div className={styles.warn}>{t("custody.clock", { words: visible(event.clock) })}</div>}
        <Copied value={event.digest} label={t("custody.digest")} longest={40} />
      </div>
      <div className={styles.stripActs}>
        <IconButton small label={t("close")} onClick={onClose}>
          <X size={13} aria-hidden />
        </IconButton>
      </div>
    </section>
  );
}

function eventColumns(): Column<CustodyEventView>[] {
  return [
    { id: "seq", header: t("column.seq"), cell: ({ row }) => count(row.original.seq), meta: { track: "76px", right: true, text: (each) => String(each.seq) } },
    {
      id: "at",
      header: t("column.at"),
      cell: ({ row }) => (
        <>
          <span title={row.original.clock === "" ? row.original.at : visible(row.original.clock)}>{instant(row.original.at)}</span>
          {row.original.clock === "" ? null : <ClockAlert size={13} className={styles.warn} style={{ flex: "none" }} aria-label={visible(row.original.clock)} />}
        </>
      ),
      meta: { track: "144px", text: (each) => (each.clock === "" ? each.at : `${each.at} (${visible(each.clock)})`) },
    },
    { id: "action", header: t("column.action"), cell: ({ row }) => term("action", row.original.action), meta: { track: "116px", text: (each) => each.action } },
    { id: "object", header: t("column.object"), cell: ({ row }) => <Text value={row.original.object} longest={80} />, meta: { track: "minmax(210px, 1.3fr)", text: (each) => visible(each.object) } },
    { id: "who", header: t("column.author"), cell: ({ row }) => <Text value={row.original.who} longest={24} />, meta: { spare: 2, track: "minmax(90px, 120px)", text: (each) => visible(each.who) } },
    { id: "reason", header: t("column.why"), cell: ({ row }) => <Text value={row.original.reason} longest={80} />, meta: { spare: 3, track: "minmax(160px, 1fr)", text: (each) => visible(each.reason) } },
    { id: "tool", header: t("column.tool"), cell: ({ row }) => <Text value={row.original.tool} longest={28} />, meta: { spare: 4, track: "130px", text: (each) => visible(each.tool) } },
    { id: "digest", header: t("column.digest"), cell: ({ row }) => <Text value={row.original.digest} longest={12} mono />, meta: { spare: 5, track: "110px", text: (each) => each.digest } },
  ];
}
