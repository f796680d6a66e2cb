/** The byte columns of a graph picture. */
import { describe, expect, it } from "vitest";

import { encodeGraph } from "../dev/fakeHost";
import { ColumnsError, decodeGraph } from "../src/api/columns";
import { addPicture, buildGraph, emptyGraph, expandGraph, neighbourTowards } from "../src/domain/graph/model";

const node = (id: string, x: number, y: number, label = id) => ({ id, label, kind: 0, risk: 3, confidence: 84, degree: 2, community: 1, x, y });
const NODES = [node("a", 0, 0, "Mara Ellison"), node("b", 1, 0, "Café — tab\u202Eless"), node("c", 0, 1)];
const EDGES = [
  { id: "ab", from: 0, to: 1, score: 8150, kind: 1, directed: true },
  { id: "ac", from: 2, to: 0, score: 300, kind: 0, directed: false },
];
const picture = () => encodeGraph(NODES, EDGES, 17);

describe("decodeGraph", () => {
  it("reads every column", () => {
    const graph = decodeGraph(picture());
    expect(graph.whole).toBe(17);
    expect(graph.ids).toEqual(["a", "b", "c"]);
    expect(graph.labels[1]).toBe("Café — tab\u202Eless");
    expect([...graph.x]).toEqual([0, 1, 0]);
    expect([...graph.risk]).toEqual([3, 3, 3]);
    expect([...graph.from]).toEqual([0, 2]);
    expect([...graph.score]).toEqual([8150, 300]);
    expect([...graph.directed]).toEqual([1, 0]);
    expect(graph.relationIds).toEqual(["ab", "ac"]);
  });

  it("reads an empty picture", () => {
    expect(decodeGraph(encodeGraph([], [], 0)).ids).toEqual([]);
  });

  it.each([
    ["another magic", () => new ArrayBuffer(64)],
    ["a cut file", () => picture().slice(0, 40)],
    ["a cut text", () => picture().slice(0, -1)],
    ["bytes too many", () => new Uint8Array([...new Uint8Array(picture()), 0]).buffer],
    ["an edge to nowhere", () => encodeGraph(NODES, [{ ...EDGES[0]!, to: 9 }], 3)],
  ])("refuses %s", (_, bytes) => {
    expect(() => decodeGraph(bytes())).toThrow(ColumnsError);
  });

  it("refuses every cut of a good picture", () => {
    const whole = picture();
    for (let length = 20; length < whole.byteLength; length += 1) expect(() => decodeGraph(whole.slice(0, length))).toThrow(ColumnsError);
  });
});

describe("the graph of a picture", () => {
  const kinds = ["person"];
  const relations = ["owns", "uses"];

  it("holds nodes and edges with readable labels", () => {
    const graph = buildGraph(decodeGraph(picture()), kinds, relations, new Map());
    expect(graph.order).toBe(3);
    expect(graph.getNodeAttribute("b", "label")).toBe("Café — tab⟦RLO⟧less");
    expect(graph.getEdgeAttribute("ab", "relation")).toBe("uses");
    expect(graph.isDirected("ab")).toBe(true);
  });

  it("keeps a node where the analyst put it", () => {
    const places = new Map([["b", { x: 9, y: 9 }]]);
    const graph = buildGraph(decodeGraph(picture()), kinds, relations, places);
    expect(graph.getNodeAttributes("b")).toMatchObject({ x: 9, y: 9 });
  });

  it("moves nothing when it grows", () => {
    const places = new Map();
    const graph = buildGraph(decodeGraph(picture()), kinds, relations, places);
    const more = decodeGraph(encodeGraph([node("a", 5, 5), node("d", 8, 5)], [{ id: "ad", from: 0, to: 1, score: 1, kind: 0, directed: true }], 2));
    expect(expandGraph(graph, "a", more, kinds, relations, places)).toEqual(["d"]);
    expect(graph.getNodeAttributes("a")).toMatchObject({ x: 0, y: 0 });
    expect(graph.getNodeAttribute("d", "x")).toBeGreaterThan(0);
    expect(graph.hasEdge("ad")).toBe(true);
  });

  it("walks along relations in the direction of the arrow", () => {
    const graph = emptyGraph();
    addPicture(graph, decodeGraph(picture()), kinds, relations, (index) => ({ x: NODES[index]!.x, y: NODES[index]!.y }));
    expect(neighbourTowards(graph, "a", "ArrowRight")).toBe("b");
    expect(neighbourTowards(graph, "a", "ArrowUp")).toBe("c");
    expect(neighbourTowards(graph, "a", "ArrowLeft")).toBeUndefined();
  });
});
