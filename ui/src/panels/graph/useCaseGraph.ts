/** The graph of the panel: its question to the backend, its answer as a graph, its growth by expansion. */
import { useEffect, useMemo, useState } from "react";

import { ask, useAnswer } from "../../api/client";
import { ColumnsError, decodeGraph } from "../../api/columns";
import { buildGraph, expandGraph, type CaseGraph } from "../../domain/graph/model";
import { placesFor } from "../../domain/graph/places";
import { useFilters } from "../../domain/state/filters";
import { complain } from "../../domain/state/notices";
import type { GraphViewRequest } from "../../generated/api";
import type { RpcError } from "../../platform";

export const MOST_NODES = 2000;

export interface CaseGraphState {
  graph: CaseGraph | null;
  edition: number;
  whole: number;
  pending: boolean;
  error: RpcError | ColumnsError | null;
  expand: (id: string) => Promise<void>;
  moved: (id: string, x: number, y: number) => void;
}

export function useCaseGraph(focus: string | null, depth: number): CaseGraphState {
  const kinds = useFilters((state) => state.kinds);
  const request: GraphViewRequest = { focus: focus === null ? [] : [focus], depth, kinds, relations: [], min_score: 0, max_nodes: MOST_NODES };
  const question = JSON.stringify([focus, depth]);
  const names = useAnswer("graph.columns", {});
  const picture = useAnswer("graph.view", request);
  const [edition, setEdition] = useState(0);

  const built = useMemo(() => {
    if (picture.data === undefined || names.data === undefined) return null;
    try {
      const decoded = decodeGraph(picture.data);
      const graph = buildGraph(decoded, names.data.kinds, names.data.relation_kinds, placesFor(question));
      return { graph, whole: decoded.whole, error: null };
    } catch (error) {
      if (error instanceof ColumnsError) return { graph: null, whole: 0, error };
      throw error;
    }
  }, [picture.data, names.data, question]);

  const graph = built?.graph ?? null;
  useEffect(() => setEdition((value) => value + 1), [graph]);

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
    pending: picture.isPending || names.isPending,
    error: built?.error ?? picture.error ?? names.error,
    expand,
    moved: (id, x, y) => placesFor(question).set(id, { x, y }),
  };
}
