/** The columns of the entity table. */
import { ConfidenceMark, KindMark, RiskMark } from "../../domain/entity/marks";
import type { EntityRowView } from "../../generated/api";
import { t, term } from "../../i18n";
import { Text } from "../../shared/controls";
import { count, score } from "../../shared/format";
import { visible } from "../../shared/text";
import type { Column } from "../../shared/VirtualTable";

export function entityColumns(): Column<EntityRowView>[] {
  return [
    {
      id: "label",
      header: t("column.label"),
      cell: ({ row }) => (
        <>
          <KindMark kind={row.original.kind} />
          <Text value={row.original.label} longest={90} />
        </>
      ),
      meta: { track: "minmax(170px, 1fr)", sorts: true, text: (row) => visible(row.label) },
    },
    {
      id: "kind",
      header: t("column.kind"),
      cell: ({ row }) => (
        <bdi>{term("kind", row.original.kind)}</bdi>
      ),
      meta: { track: "minmax(104px, 0.4fr)", spare: 1, sorts: true, text: (row) => row.kind },
    },
    {
      id: "confidence",
      header: t("column.confidence"),
      cell: ({ row }) => <ConfidenceMark value={row.original.confidence} />,
      meta: { track: "96px", right: true, spare: 2, sorts: true, text: (row) => score(row.confidence) },
    },
    {
      id: "risk",
      header: t("column.risk"),
      cell: ({ row }) => <RiskMark level={row.original.risk_level} value={row.original.risk} />,
      meta: { track: "66px", right: true, sorts: true, text: (row) => `${row.risk_level} ${score(row.risk)}` },
    },
    {
      id: "sources",
      header: t("column.sources"),
      cell: ({ row }) => count(row.original.sources),
      meta: { track: "72px", right: true, spare: 3, sorts: true, text: (row) => String(row.sources) },
    },
    {
      id: "degree",
      header: t("column.degree"),
      cell: ({ row }) => count(row.original.degree),
      meta: { track: "64px", right: true, spare: 4, sorts: true, text: (row) => String(row.degree) },
    },
    {
      id: "records",
      header: t("column.records"),
      cell: ({ row }) => count(row.original.records),
      meta: { track: "76px", right: true, spare: 6, text: (row) => String(row.records) },
    },
    {
      id: "first_seen",
      header: t("column.first"),
      cell: ({ row }) => row.original.first_seen ?? "",
      meta: { track: "92px", spare: 7, text: (row) => row.first_seen ?? "" },
    },
    {
      id: "last_seen",
      header: t("column.last"),
      cell: ({ row }) => row.original.last_seen ?? "",
      meta: { track: "92px", spare: 5, text: (row) => row.last_seen ?? "" },
    },
  ];
}
