/** What a package would bring to the open case, or has brought: new, contradicting with both sides, the same. */
import { CircleEqual, CirclePlus, TriangleAlert, type LucideIcon } from "lucide-react";
import { useMemo, useState } from "react";

import type { MergeRowView, MergeView } from "../../generated/api";
import { t, term } from "../../i18n";
import { Button, Text, Toggle } from "../../shared/controls";
import { count, cx } from "../../shared/format";
import { Spacer } from "../../shared/layout";
import { visible } from "../../shared/text";
import { VirtualTable, type Column } from "../../shared/VirtualTable";
import styles from "../panels.module.css";

const MARKS: Record<string, { Icon: LucideIcon; tone: string | undefined }> = {
  new: { Icon: CirclePlus, tone: styles.ok },
  conflict: { Icon: TriangleAlert, tone: styles.warn },
  same: { Icon: CircleEqual, tone: styles.muted },
};

interface MergeTableProps {
  view: MergeView;
  merged: boolean;
  busy: boolean;
  writable: boolean;
  onMerge: () => void;
}

export function MergeTable({ view, merged, busy, writable, onMerge }: MergeTableProps) {
  const [only, setOnly] = useState<"new" | "conflict" | "same" | null>(null);
  const rows = useMemo(() => view.rows.map((row, index) => ({ ...row, index })).filter((row) => only === null || row.state === only), [view, only]);
  const columns = useMemo(mergeColumns, []);
  const toggle = (state: "new" | "conflict" | "same") => setOnly(only === state ? null : state);
  return (
    <section aria-label={t("merge.title")} className={styles.stack} data-testid="merge">
      <div className={styles.acts}>
        <Toggle pressed={only === "new"} onClick={() => toggle("new")}>
          {t("merge.count.new", { count: count(view.new) })}
        </Toggle>
        <Toggle pressed={only === "conflict"} onClick={() => toggle("conflict")}>
          {t("merge.count.conflict", { count: count(view.conflicts) })}
        </Toggle>
        <Toggle pressed={only === "same"} onClick={() => toggle("same")}>
          {t("merge.count.same", { count: count(view.same) })}
        </Toggle>
        <Spacer />
        {merged ? (
          <strong className={styles.ok} role="status" data-testid="merged">
            {t("merge.done")}
          </strong>
        ) : (
          <Button look="primary" disabled={busy || !writable || view.new + view.conflicts === 0} data-testid="merge-submit" onClick={onMerge}>
            {t("merge.act")}
          </Button>
        )}
      </div>
      <p className={styles.pageText} style={{ padding: "0 12px" }}>
        {t("merge.text")}
      </p>
      <div style={{ height: `${Math.min(12, rows.length + 1) * 30 + 4}px`, minHeight: 120 }}>
        <VirtualTable label={t("merge.title")} columns={columns} total={rows.length} row={(index) => rows[index]} idOf={(row) => String(row.index)} rowTestId="merge-row" />
      </div>
    </section>
  );
}

function mergeColumns(): Column<MergeRowView & { index: number }>[] {
  return [
    {
      id: "state",
      header: t("column.state"),
      cell: ({ row }) => {
        const mark = MARKS[row.original.state];
        return (
          <span className={cx(styles.kindCell, mark?.tone)}>
            {mark === undefined ? null : <mark.Icon size={14} aria-hidden />}
            {term("merge", row.original.state)}
          </span>
        );
      },
      meta: { track: "104px", text: (each) => each.state },
    },
    { id: "kind", header: t("column.kind"), cell: ({ row }) => term("operation", row.original.kind), meta: { track: "104px", text: (each) => each.kind } },
    { id: "theirs", header: t("merge.theirs"), cell: ({ row }) => <Text value={row.original.text} longest={120} />, meta: { track: "minmax(180px, 1.2fr)", text: (each) => visible(each.text) } },
    { id: "here", header: t("merge.here"), cell: ({ row }) => <Text value={row.original.here} longest={120} />, meta: { track: "minmax(140px, 1fr)", text: (each) => visible(each.here) } },
  ];
}
