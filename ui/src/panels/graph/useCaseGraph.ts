/** The graph of the panel: its question to the backend, its answer as a graph, its growth by expansion. */
import { useEffect, useMemo, useRef, useState } from "react";

import { ask, useAnswer } from "../../api/client";
import { ColumnsError, decodeGraph } from "../../api/columns";
import { buildGraph, expandGraph, markPinned, type CaseGraph } from "../../domain/graph/model";
import { placesFor } from "../../domain/graph/places";
import { useFilters } from "../../domain/state/filters";
import { complain } from "../../domain/state/notices";
import type { GraphViewRequest } from "../../generated/api";
import type { RpcError } from "../../platform";
import { usePins } from "./usePins";

export const MOST_NODES = 2000;

export interface CaseGraphState {
  graph: CaseGraph | null;
  edition: number;
  whole: number;
  pending: boolean;
  error: RpcError | ColumnsError | null;
  expand: (id: string) => Promise<void>;
  moved: (id: string, x: number, y: number) => void;
  /** Nodes of this picture that were put where they are. */
  pinned: number;
  release: () => void;
}

export function useCaseGraph(focus: string | null, depth: number): CaseGraphState {
  const kinds = useFilters((state) => state.kinds);
  const request: GraphViewRequest = { focus: focus === null ? [] : [focus], depth, kinds, relations: [], min_score: 0, max_nodes: MOST_NODES };
  const question = JSON.stringify([focus, depth]);
  const names = useAnswer("graph.columns", {});
  const picture = useAnswer("graph.view", request);
  const [edition, setEdition] = useState(0);
  const [drawing, setDrawing] = useState(0);
  const pins = usePins();
  const { kept } = pins;
  const ready = kept !== null;
  const whole = focus === null;
  // Moving a node does not draw the graph anew; letting one go does, so that it returns to its computed place.
  const latest = useRef(kept);
  useEffect(() => {
    const released = [...(latest.current?.keys() ?? [])].filter((id) => kept?.has(id) !== true);
    latest.current = kept;
    if (!whole || released.length === 0) return;
    const places = placesFor(question);
    for (const id of released) places.delete(id);
    setDrawing((value) => value + 1);
  }, [kept, whole, question]);

  const built = useMemo(() => {
    if (picture.data === undefined || names.data === undefined || !ready) return null;
    try {
      const decoded = decodeGraph(picture.data);
      const places = placesFor(question);
      if (whole) for (const [id, place] of latest.current ?? []) places.set(id, place);
      const graph = buildGraph(decoded, names.data.kinds, names.data.relation_kinds, places);
      return { graph, whole: decoded.whole, error: null };
    } catch (error) {
      if (error instanceof ColumnsError) return { graph: null, whole: 0, error };
      throw error;
    }
    // `drawing` counts the wishes for a fresh picture.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [picture.data, names.data, question, ready, whole, drawing]);

  const graph = built?.graph ?? null;
  useEffect(() => setEdition((value) => value + 1), [graph]);
  const pinned = useMemo(() => (graph === null ? 0 : markPinned(graph, whole ? (kept ?? new Map()) : new Map())), [graph, kept, whole]);

  const expand = async (id: string) => {
    if (graph === null || names.data === undefined) return;
    try {
      const around = decodeGraph(await ask("graph.view", { ...request, focus: [id], depth: 1, kinds: [] }));
      expandGraph(graph, id, around, names.data.kinds, names.data.relation_kinds, placesFor(question));
      setEdition((value) => value + 1);
    } catch (error) {
      complain(error);
    }
  };

  return {
    graph,
    edition,
    whole: built?.whole ?? 0,
    pending: picture.isPending || names.isPending || !ready,
    error: built?.error ?? picture.error ?? names.error,
    expand,
    moved: (id, x, y) => {
      placesFor(question).set(id, { x, y });
      if (whole) pins.pin(id, x, y);
    },
    pinned,
    release: pins.release,
  };
}
