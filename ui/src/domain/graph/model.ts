/**
 * The graph as the picture draws it and as the table twin walks it.
 *
 * Nothing moves by itself: a node that was seen under the same question keeps its place when the case is fused anew, and a
 * node that the analyst moved stays where it was put.
 */
import Graph from "graphology";

import type { GraphPicture } from "../../api/columns";
import { visible } from "../../shared/text";
import { SHAPES, lookOf } from "../entity/kinds";

export interface NodeLook {
  x: number;
  y: number;
  size: number;
  label: string;
  kind: string;
  shape: number;
  token: string;
  color: string;
  risk: number;
  confidence: number;
  degree: number;
  /** Put there by hand. */
  pinned: boolean;
  [more: string]: unknown;
}

export interface EdgeLook {
  relation: string;
  score: number;
  directed: boolean;
  size: number;
  color: string;
  id: string;
  [more: string]: unknown;
}

export type CaseGraph = Graph<NodeLook, EdgeLook>;
export type Places = Map<string, { x: number; y: number }>;

/** Returns the radius of a node, from its neighbours. */
export function sizeOf(degree: number, nodes: number): number {
  const base = nodes > 3000 ? 1.6 : nodes > 600 ? 2.2 : nodes > 120 ? 3.4 : 5;
  return base + Math.min(8, Math.sqrt(degree) * (nodes > 600 ? 0.5 : nodes > 120 ? 1 : 1.5));
}

export function emptyGraph(): CaseGraph {
  return new Graph<NodeLook, EdgeLook>({ multi: true, type: "mixed", allowSelfLoops: true });
}

/** Adds a picture to a graph; what is there already stays untouched. Returns the ids that are new. */
export function addPicture(graph: CaseGraph, picture: GraphPicture, kinds: readonly string[], relations: readonly string[], place: (index: number, id: string) => { x: number; y: number }): string[] {
  const added: string[] = [];
  const nodes = picture.ids.length;
  for (const [index, id] of picture.ids.entries()) {
    if (graph.hasNode(id)) continue;
    const kind = kinds[picture.kind[index] ?? 0] ?? "";
    const look = lookOf(kind);
    const degree = picture.degree[index] ?? 0;
    graph.addNode(id, {
      ...place(index, id),
      size: sizeOf(degree, nodes),
      label: visible(picture.labels[index] ?? ""),
      kind,
      shape: SHAPES.indexOf(look.shape),
      token: look.token,
      color: "#888888",
      risk: picture.risk[index] ?? 0,
      confidence: picture.confidence[index] ?? 0,
      degree,
      pinned: false,
    });
    added.push(id);
  }
  for (const [index, id] of picture.relationIds.entries()) {
    const from = picture.ids[picture.from[index] ?? -1];
    const to = picture.ids[picture.to[index] ?? -1];
    if (from === undefined || to === undefined || graph.hasEdge(id)) continue;
    const score = (picture.score[index] ?? 0) / 100;
    const directed = picture.directed[index] === 1;
    const look: EdgeLook = { id, relation: relations[picture.relation[index] ?? 0] ?? "", score, directed, size: 0.6 + score / 60, color: "#888888" };
    if (directed) graph.addDirectedEdgeWithKey(id, from, to, look);
    else graph.addUndirectedEdgeWithKey(id, from, to, look);
  }
  return added;
}

/** Builds a graph from a picture, with known places kept. */
export function buildGraph(picture: GraphPicture, kinds: readonly string[], relations: readonly string[], places: Places): CaseGraph {
  const graph = emptyGraph();
  addPicture(graph, picture, kinds, relations, (index, id) => {
    const known = places.get(id) ?? { x: picture.x[index] ?? 0, y: picture.y[index] ?? 0 };
    places.set(id, known);
    return known;
  });
  return graph;
}

/** Puts the nodes that have a kept place there and marks them, and no other; returns how many there are. */
export function markPinned(graph: CaseGraph, pins: Places): number {
  let count = 0;
  graph.updateEachNodeAttributes(
    (id, attributes) => {
      const place = pins.get(id);
      if (place !== undefined) count += 1;
      return { ...attributes, ...place, pinned: place !== undefined };
    },
    { attributes: ["pinned", "x", "y"] },
  );
  return count;
}

/** Adds the neighbourhood of a node around it, in the scale of what is drawn already. */
export function expandGraph(graph: CaseGraph, centre: string, picture: GraphPicture, kinds: readonly string[], relations: readonly string[], places: Places): string[] {
  const at = picture.ids.indexOf(centre);
  const here = graph.hasNode(centre) ? graph.getNodeAttributes(centre) : { x: 0, y: 0 };
  const centreX = picture.x[at] ?? 0;
  const centreY = picture.y[at] ?? 0;
  let reach = 1e-9;
  for (const index of picture.ids.keys()) reach = Math.max(reach, Math.hypot((picture.x[index] ?? 0) - centreX, (picture.y[index] ?? 0) - centreY));
  const scale = (spread(graph) * 0.12) / reach;
  return addPicture(graph, picture, kinds, relations, (index, id) => {
    const place = places.get(id) ?? { x: here.x + ((picture.x[index] ?? 0) - centreX) * scale, y: here.y + ((picture.y[index] ?? 0) - centreY) * scale };
    places.set(id, place);
    return place;
  });
}

/** Returns the longer side of the box around all nodes. */
export function spread(graph: CaseGraph): number {
  let low = [Infinity, Infinity];
  let high = [-Infinity, -Infinity];
  graph.forEachNode((_, { x, y }) => {
    low = [Math.min(low[0] ?? x, x), Math.min(low[1] ?? y, y)];
    high = [Math.max(high[0] ?? x, x), Math.max(high[1] ?? y, y)];
  });
  const side = Math.max((high[0] ?? 0) - (low[0] ?? 0), (high[1] ?? 0) - (low[1] ?? 0));
  return Number.isFinite(side) && side > 0 ? side : 1;
}

export type Direction = "ArrowUp" | "ArrowDown" | "ArrowLeft" | "ArrowRight";
const AIM: Record<Direction, [number, number]> = { ArrowUp: [0, 1], ArrowDown: [0, -1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

/** Returns the neighbour that lies most in a direction, along a relation; none where no relation leads that way. */
export function neighbourTowards(graph: CaseGraph, from: string, direction: Direction): string | undefined {
  if (!graph.hasNode(from)) return undefined;
  const here = graph.getNodeAttributes(from);
  const [aimX, aimY] = AIM[direction];
  let best: string | undefined;
  let bestValue = 0.2;
  for (const neighbour of [...new Set(graph.neighbors(from))].sort()) {
    if (neighbour === from) continue;
    const there = graph.getNodeAttributes(neighbour);
    const dx = there.x - here.x;
    const dy = there.y - here.y;
    const length = Math.hypot(dx, dy) || 1e-9;
    const value = (dx * aimX + dy * aimY) / length;
    if (value > bestValue) {
      best = neighbour;
      bestValue = value;
    }
  }
  return best;
}
