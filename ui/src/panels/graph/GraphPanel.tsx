/** The graph as a picture and as its table twin, with focus, expansion and ways between two entities. */
import { Maximize, Minus, Plus, Table2, Waypoints } from "lucide-react";
import { Suspense, lazy, useEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";

import { pickFiles } from "../../domain/case/session";
import { riskStep } from "../../domain/entity/kinds";
import { KindMark } from "../../domain/entity/marks";
import { neighbourTowards, type CaseGraph, type Direction } from "../../domain/graph/model";
import type { GraphCanvasHandle } from "../../domain/graph/GraphCanvas";
import { FilterChips } from "../../domain/state/FilterChips";
import { useMoved } from "../../domain/entity/moved";
import { useFilters } from "../../domain/state/filters";
import { useSelection } from "../../domain/state/selection";
import { usePanelKeys, useWorkspace } from "../../domain/state/workspace";
import type { EntityRefView } from "../../generated/api";
import { t, term } from "../../i18n";
import { Button, Chip, IconButton, Select } from "../../shared/controls";
import { count } from "../../shared/format";
import { Empty, ErrorBox, Panel, Skeleton, Spacer } from "../../shared/layout";
import { elide } from "../../shared/text";
import styles from "./graph.module.css";
import { GraphTable } from "./GraphTable";
import { PathFinder } from "./PathFinder";
import { useCaseGraph } from "./useCaseGraph";

const GraphCanvas = lazy(() => import("../../domain/graph/GraphCanvas"));
const NO_WAY: ReadonlySet<string> = new Set();

function refOf(graph: CaseGraph, id: string): EntityRefView {
  const { kind, label } = graph.getNodeAttributes(id);
  return { id, kind, label };
}

export function GraphPanel() {
  const [focus, setFocus] = useState<EntityRefView | null>(null);
  const [depth, setDepth] = useState(2);
  const [mode, setMode] = useState<"picture" | "table">("picture");
  const [broken, setBroken] = useState("");
  const [pathFrom, setPathFrom] = useState<EntityRefView | null>(null);
  const [way, setWay] = useState<ReadonlySet<string>>(NO_WAY);
  const { graph, edition, whole, pending, error, expand, moved, pinned, release } = useCaseGraph(focus?.id ?? null, depth);
  const minRisk = useFilters((state) => state.minRisk);
  const current = useSelection((state) => state.current);
  const select = useSelection((state) => state.select);
  const order = useWorkspace((state) => state.graphOrder);
  useMoved(focus === null ? [] : [focus.id], (old, into) => setFocus((now) => (now?.id === old.id ? into : now)));
  useMoved(pathFrom === null ? [] : [pathFrom.id], (old, into) => setPathFrom((now) => (now?.id === old.id ? into : now)));
  const canvas = useRef<GraphCanvasHandle>(null);
  const done = useRef(0);

  useEffect(() => {
    if (order === null || order.number === done.current) return;
    const entity = { id: order.id, kind: order.entityKind, label: order.label };
    if (order.kind === "focus") setFocus(entity);
    else if (order.kind === "path-from") setPathFrom(entity);
    else if (graph === null) return;
    else if (graph.hasNode(order.id)) void expand(order.id);
    else setFocus(entity);
    done.current = order.number;
  }, [order, graph, expand]);

  const kindsShown = useMemo(() => {
    const found = new Set<string>();
    if (edition > 0) graph?.forEachNode((_, attributes) => found.add(attributes.kind));
    return [...found].sort();
  }, [graph, edition]);

  const choose = (id: string) => {
    if (graph?.hasNode(id) === true) select(refOf(graph, id));
  };
  const zoom = (how: "in" | "out" | "all") => canvas.current?.zoom(how);
  usePanelKeys("graph", { "+": () => zoom("in"), "-": () => zoom("out"), "0": () => zoom("all") });

  const key = (event: KeyboardEvent) => {
    if (graph === null) return;
    const here = current !== null && graph.hasNode(current.id) ? current.id : undefined;
    if (event.key.startsWith("Arrow")) {
      const next = here === undefined ? mostConnected(graph) : neighbourTowards(graph, here, event.key as Direction);
      if (next !== undefined) choose(next);
    } else if (event.key === "Enter" && here !== undefined) void expand(here);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const empty = graph !== null && graph.order === 0;
  return (
    <Panel
      id="graph"
      label={t("panel.graph")}
      toolbar={
        <>
          <IconButton label={t("graph.picture")} pressed={mode === "picture"} onClick={() => setMode("picture")}>
            <Waypoints size={15} aria-hidden />
          </IconButton>
          <IconButton label={t("graph.table")} pressed={mode === "table"} data-testid="graph-table" onClick={() => setMode("table")}>
            <Table2 size={15} aria-hidden />
          </IconButton>
          {focus === null ? (
            <Button small disabled={current === null} onClick={() => setFocus(current)}>
              {t("graph.focus")}
            </Button>
          ) : (
            <>
              <Chip removeLabel={t("graph.whole")} onRemove={() => setFocus(null)}>
                {t("graph.around", { label: elide(focus.label, 24) })}
              </Chip>
              <Select aria-label={t("graph.depth")} value={depth} onChange={(event) => setDepth(Number(event.target.value))}>
                {[1, 2, 3, 4].map((steps) => (
                  <option key={steps} value={steps}>
                    {t("graph.steps", { count: steps })}
                  </option>
                ))}
              </Select>
            </>
          )}
          <Button small disabled={current === null} onClick={() => setPathFrom(current)}>
            {t("graph.paths")}
          </Button>
          <FilterChips />
          {pinned === 0 ? null : (
            <Chip removeLabel={t("graph.release")} onRemove={release}>
              {t("graph.pinned", { count: count(pinned) })}
            </Chip>
          )}
          <Spacer />
          <span className={styles.count} data-testid="graph-node-count">
            {graph === null ? "" : t("graph.count", { nodes: count(graph.order), edges: count(graph.size) })}
          </span>
        </>
      }
    >
      <ErrorBox error={error} />
      {graph !== null && whole > graph.order && focus === null ? <div className={styles.notice}>{t("graph.cut", { shown: count(graph.order), all: count(whole) })}</div> : null}
      {pending ? <Skeleton rows={10} /> : null}
      {empty ? (
        <Empty title={t("graph.empty.title")} text={t("graph.empty.text")}>
          <Button look="primary" onClick={() => void pickFiles()}>
            {t("evidence.add")}
          </Button>
        </Empty>
      ) : null}
      {graph === null || empty ? null : (
        <div className={styles.area}>
          {mode === "table" || broken !== "" ? (
            <div style={{ display: "flex", flexDirection: "column", flex: 1, minWidth: 0 }}>
              {broken === "" ? null : <div className={styles.notice}>{t("graph.broken", { reason: broken })}</div>}
              <GraphTable graph={graph} edition={edition} currentId={current?.id} minRisk={riskStep(minRisk)} onSelect={choose} onExpand={(id) => void expand(id)} />
            </div>
          ) : (
            <div className={styles.picture} data-testid="graph-canvas" role="application" aria-label={t("graph.aria")} tabIndex={0} onKeyDown={key}>
              <Suspense fallback={null}>
                <GraphCanvas
                  ref={canvas}
                  graph={graph}
                  edition={edition}
                  selected={current?.id ?? null}
                  way={way}
                  minRisk={riskStep(minRisk)}
                  onSelect={choose}
                  onExpand={(id) => void expand(id)}
                  onMoved={moved}
                  onBroken={setBroken}
                />
              </Suspense>
              <details className={styles.legend}>
                <summary>{t("graph.legend")}</summary>
                {kindsShown.map((kind) => (
                  <span key={kind} className={styles.legendItem}>
                    <KindMark kind={kind} size={13} />
                    {term("kind", kind)}
                  </span>
                ))}
                <span>{t("graph.legend.hollow")}</span>
                <span>{t("graph.legend.ring")}</span>
                <span>{t("graph.legend.pin")}</span>
              </details>
              <div className={styles.zoom}>
                <IconButton small label={t("zoom.in")} onClick={() => zoom("in")}>
                  <Plus size={14} aria-hidden />
                </IconButton>
                <IconButton small label={t("zoom.out")} onClick={() => zoom("out")}>
                  <Minus size={14} aria-hidden />
                </IconButton>
                <IconButton small label={t("zoom.all")} onClick={() => zoom("all")}>
                  <Maximize size={13} aria-hidden />
                </IconButton>
              </div>
              <p className="visually-hidden" aria-live="polite">
                {current !== null && graph.hasNode(current.id) ? t("graph.at", { label: current.label, kind: term("kind", current.kind), count: graph.degree(current.id) }) : ""}
              </p>
            </div>
          )}
          {pathFrom === null ? null : (
            <PathFinder
              from={pathFrom}
              onWay={(ids) => setWay(ids)}
              onClose={() => {
                setPathFrom(null);
                setWay(NO_WAY);
              }}
            />
          )}
        </div>
      )}
    </Panel>
  );
}

function mostConnected(graph: CaseGraph): string | undefined {
  let best: string | undefined;
  let degree = -1;
  graph.forEachNode((id) => {
    const here = graph.degree(id);
    if (here > degree) {
      best = id;
      degree = here;
    }
  });
  return best;
}
