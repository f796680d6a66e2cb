/** The table twin of the picture: every node in a row, and the relations of the chosen one beside it. */
import { useCallback, useMemo } from "react";

import { RISK_LEVELS } from "../../domain/entity/kinds";
import { EntityLink, KindMark, RiskMark } from "../../domain/entity/marks";
import type { CaseGraph, NodeLook } from "../../domain/graph/model";
import { t, term } from "../../i18n";
import { Button, Text } from "../../shared/controls";
import { count, score } from "../../shared/format";
import { VirtualTable, type Column } from "../../shared/VirtualTable";
import styles from "./graph.module.css";

interface Row extends NodeLook {
  id: string;
}

const LONGEST = 500;

interface GraphTableProps {
  graph: CaseGraph;
  edition: number;
  currentId: string | undefined;
  minRisk: number;
  onSelect: (id: string) => void;
  onExpand: (id: string) => void;
}

export function GraphTable({ graph, edition, currentId, minRisk, onSelect, onExpand }: GraphTableProps) {
  const rows = useMemo(() => {
    const found: Row[] = edition > 0 ? graph.mapNodes((id, attributes) => ({ ...attributes, id })) : [];
    return found.filter((row) => row.risk >= minRisk).sort((a, b) => b.degree - a.degree || (a.label < b.label ? -1 : 1));
  }, [graph, edition, minRisk]);
  const row = useCallback((index: number) => rows[index], [rows]);
  const columns = useMemo<Column<Row>[]>(
    () => [
      {
        id: "label",
        header: t("column.label"),
        cell: (cell) => (
          <>
            <KindMark kind={cell.row.original.kind} alone />
            <Text value={cell.row.original.label} longest={60} />
          </>
        ),
        meta: { track: "minmax(120px, 1fr)", text: (each) => each.label },
      },
      {
        id: "risk",
        header: t("column.risk"),
        cell: (cell) => <RiskMark level={RISK_LEVELS[cell.row.original.risk] ?? "MINIMAL"} />,
        meta: { track: "56px", right: true, text: (each) => RISK_LEVELS[each.risk] ?? "" },
      },
      { id: "degree", header: t("column.degree"), cell: (cell) => count(cell.row.original.degree), meta: { track: "64px", right: true, text: (each) => String(each.degree) } },
    ],
    [],
  );
  const chosen = currentId !== undefined && graph.hasNode(currentId) ? currentId : undefined;
  const edges = chosen === undefined ? [] : graph.edges(chosen).slice(0, LONGEST);
  return (
    <div className={styles.table}>
      <VirtualTable label={t("graph.table")} columns={columns} total={rows.length} row={row} idOf={(each) => each.id} currentId={currentId} onCurrent={(each) => onSelect(each.id)} onOpen={(each) => onExpand(each.id)} rowTestId="graph-row" />
      <div className={styles.neighbours} tabIndex={0} role="group" aria-label={t("relations")}>
        {chosen === undefined ? (
          <p className={styles.muted}>{t("graph.table.choose")}</p>
        ) : (
          <>
            <div className={styles.neighbour}>
              <strong>{t("graph.relationsOf", { label: graph.getNodeAttribute(chosen, "label") })}</strong>
              <Button small onClick={() => onExpand(chosen)}>
                {t("act.expand")}
              </Button>
            </div>
            {edges.map((edge) => {
              const other = graph.opposite(chosen, edge);
              const attributes = graph.getNodeAttributes(other);
              const { relation, score: value, directed } = graph.getEdgeAttributes(edge);
              const out = graph.source(edge) === chosen;
              return (
                <div key={edge} className={styles.neighbour}>
                  <span className={styles.muted}>
                    {directed ? (out ? "→" : "←") : "↔"} {term("relation", relation)} {score(value)}
                  </span>
                  <EntityLink entity={{ id: other, kind: attributes.kind, label: attributes.label }} />
                </div>
              );
            })}
          </>
        )}
      </div>
    </div>
  );
}
