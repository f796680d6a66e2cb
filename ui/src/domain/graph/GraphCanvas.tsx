/**
 * The picture of the graph. Sigma draws; the graph belongs to the panel, and every change of it is drawn without moving the rest.
 *
 * A picture that was out of sight is painted anew when it comes back; one whose WebGL context the engine took away is built anew.
 * Above five thousand edges the line program draws them and they are hidden while the picture moves.
 */
import { useEffect, useImperativeHandle, useRef, useState, type Ref } from "react";
import Sigma from "sigma";
import { EdgeArrowProgram, EdgeLineProgram, EdgeRectangleProgram } from "sigma/rendering";
import type { CameraState, EdgeDisplayData, NodeDisplayData } from "sigma/types";

import { useRepaint } from "../../shared/repaint";
import { token, useLook } from "../../shared/theme";
import { labelPainter } from "./labels";
import type { CaseGraph, EdgeLook, NodeLook } from "./model";
import { ShapeProgram } from "./shapeProgram";

const MANY_EDGES = 5000;

export interface GraphCanvasHandle {
  zoom: (way: "in" | "out" | "all") => void;
  centreOn: (id: string) => void;
}

interface GraphCanvasProps {
  graph: CaseGraph;
  /** Grows when nodes or edges were added, so that counts and styles are read again. */
  edition: number;
  selected: string | null;
  /** Edges and nodes of the shown way; empty when none is. */
  way: ReadonlySet<string>;
  minRisk: number;
  onSelect: (id: string) => void;
  onExpand: (id: string) => void;
  onMoved: (id: string, x: number, y: number) => void;
  onBroken: (message: string) => void;
  ref?: Ref<GraphCanvasHandle>;
}

export default function GraphCanvas({ graph, edition, selected, way, minRisk, onSelect, onExpand, onMoved, onBroken, ref }: GraphCanvasProps) {
  const place = useRef<HTMLDivElement>(null);
  const sigma = useRef<Sigma<NodeLook, EdgeLook> | null>(null);
  const latest = useRef({ selected, way, minRisk, onSelect, onExpand, onMoved, onBroken });
  const look = useLook();
  const repaint = useRepaint();
  const [ready, setReady] = useState(0);
  const [attempt, setAttempt] = useState(0);
  const seen = useRef<{ graph: CaseGraph; camera: CameraState } | null>(null);

  useEffect(() => {
    latest.current = { selected, way, minRisk, onSelect, onExpand, onMoved, onBroken };
    sigma.current?.refresh({ skipIndexation: true });
  });

  useEffect(() => {
    const container = place.current;
    if (container === null) return undefined;
    const start = () => {
      if (sigma.current !== null || container.clientWidth === 0 || container.clientHeight === 0) return;
      try {
        sigma.current = draw(graph, container, latest);
        if (seen.current?.graph === graph) sigma.current.getCamera().setState(seen.current.camera);
        setReady((value) => value + 1);
      } catch (error) {
        latest.current.onBroken(error instanceof Error ? error.message : String(error));
      }
    };
    start();
    // A docked panel may be opened without size and get it later.
    const observer = new ResizeObserver(() => {
      start();
      if (container.clientWidth > 0 && container.clientHeight > 0) sigma.current?.resize();
    });
    observer.observe(container);
    const lost = () => setAttempt((value) => value + 1);
    container.addEventListener("webglcontextlost", lost, { capture: true });
    return () => {
      observer.disconnect();
      container.removeEventListener("webglcontextlost", lost, { capture: true });
      if (sigma.current !== null) seen.current = { graph, camera: sigma.current.getCamera().getState() };
      sigma.current?.kill();
      sigma.current = null;
    };
  }, [graph, attempt]);

  useEffect(() => {
    const instance = sigma.current;
    const container = place.current;
    if (instance === null || container === null || container.clientWidth === 0 || container.clientHeight === 0) return;
    instance.resize(true);
    instance.refresh({ skipIndexation: true });
  }, [repaint]);

  useEffect(() => {
    const instance = sigma.current;
    if (instance === null) return;
    const colours = { text: token("--fg-1"), halo: token("--bg-1"), pin: token("--fg-2") };
    const edge = token("--edge");
    graph.updateEachNodeAttributes((_, attributes) => ({ ...attributes, color: token(attributes.token) }), { attributes: ["color"] });
    graph.updateEachEdgeAttributes((_, attributes) => ({ ...attributes, color: edge }), { attributes: ["color"] });
    const many = graph.size > MANY_EDGES;
    instance.setSetting("defaultDrawNodeLabel", labelPainter(colours));
    instance.setSetting("hideEdgesOnMove", many);
    instance.setSetting("hideLabelsOnMove", graph.order > 2000);
    instance.setSetting("defaultEdgeType", many ? "line" : "rectangle");
    instance.refresh();
  }, [graph, edition, look, ready]);

  useImperativeHandle(ref, () => ({
    zoom: (wayIn) => {
      const camera = sigma.current?.getCamera();
      const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
      const duration = still ? 0 : 120;
      if (wayIn === "in") void camera?.animatedZoom({ duration });
      else if (wayIn === "out") void camera?.animatedUnzoom({ duration });
      else void camera?.animatedReset({ duration });
    },
    centreOn: (id) => {
      const at = sigma.current?.getNodeDisplayData(id);
      if (at !== undefined) sigma.current?.getCamera().setState({ x: at.x, y: at.y });
    },
  }));

  return <div ref={place} style={{ position: "absolute", inset: 0 }} />;
}

interface Latest {
  selected: string | null;
  way: ReadonlySet<string>;
  minRisk: number;
  onSelect: (id: string) => void;
  onExpand: (id: string) => void;
  onMoved: (id: string, x: number, y: number) => void;
}

function draw(graph: CaseGraph, container: HTMLElement, latest: { current: Latest }): Sigma<NodeLook, EdgeLook> {
  const nodeReducer = (id: string, attributes: NodeLook): Partial<NodeDisplayData> => {
    const { selected, way, minRisk } = latest.current;
    const chosen = id === selected;
    const onWay = way.has(id);
    const faded = way.size > 0 && !onWay && !chosen;
    const result = {
      ...attributes,
      hidden: attributes.risk < minRisk && !chosen,
      hollow: attributes.confidence < 50,
      ring: chosen ? token("--accent") : attributes.risk >= 3 ? token(`--risk-${attributes.risk}`) : "rgba(0,0,0,0)",
      zIndex: chosen || onWay ? 2 : 1,
      forceLabel: chosen || onWay || attributes.pinned,
      bold: chosen || onWay,
      ...(faded ? { color: token("--bg-3"), label: "" } : {}),
    };
    return result as unknown as Partial<NodeDisplayData>;
  };
  const edgeReducer = (id: string, attributes: EdgeLook): Partial<EdgeDisplayData> => {
    const { selected, way } = latest.current;
    const onWay = way.has(id);
    const near = selected !== null && graph.hasNode(selected) && graph.hasExtremity(id, selected);
    const many = graph.size > MANY_EDGES;
    const base = many ? "line" : attributes.directed ? "arrow" : "rectangle";
    if (onWay) return { ...attributes, type: base, color: token("--accent"), size: 3, zIndex: 2 };
    if (way.size > 0) return { ...attributes, type: base, color: token("--bg-3"), size: 0.5 };
    return { ...attributes, type: base, ...(near ? { color: token("--fg-2"), zIndex: 1 } : {}) };
  };
  const instance = new Sigma<NodeLook, EdgeLook>(graph, container, {
    nodeProgramClasses: { shape: ShapeProgram as never },
    edgeProgramClasses: { line: EdgeLineProgram as never, rectangle: EdgeRectangleProgram as never, arrow: EdgeArrowProgram as never },
    defaultNodeType: "shape",
    defaultEdgeType: graph.size > MANY_EDGES ? "line" : "rectangle",
    labelFont: getComputedStyle(document.body).fontFamily,
    labelSize: 12,
    labelDensity: 0.7,
    labelGridCellSize: 90,
    labelRenderedSizeThreshold: graph.order > 600 ? 6 : 4,
    defaultDrawNodeHover: () => undefined,
    nodeReducer,
    edgeReducer,
    zIndex: true,
    stagePadding: 36,
    minCameraRatio: 0.02,
    maxCameraRatio: 4,
    doubleClickZoomingDuration: 0,
    allowInvalidContainer: true,
    itemSizesReference: "screen",
  });

  let dragged: string | null = null;
  let moved = false;
  instance.on("downNode", ({ node }) => {
    dragged = node;
    moved = false;
    // Without a fixed box the whole picture would be rescaled while one node is pulled outwards.
    if (instance.getCustomBBox() === null) instance.setCustomBBox(instance.getBBox());
  });
  const captor = instance.getMouseCaptor();
  captor.on("mousemovebody", (event) => {
    if (dragged === null) return;
    moved = true;
    const at = instance.viewportToGraph(event);
    graph.mergeNodeAttributes(dragged, { x: at.x, y: at.y });
    event.preventSigmaDefault();
    event.original.preventDefault();
    event.original.stopPropagation();
  });
  const release = () => {
    if (dragged !== null && moved) {
      const { x, y } = graph.getNodeAttributes(dragged);
      latest.current.onMoved(dragged, x, y);
    }
    dragged = null;
  };
  captor.on("mouseup", release);
  captor.on("mouseleave", release);
  instance.on("clickNode", ({ node }) => {
    if (!moved) latest.current.onSelect(node);
  });
  instance.on("doubleClickNode", (event) => {
    event.preventSigmaDefault();
    latest.current.onExpand(event.node);
  });
  instance.on("enterNode", () => {
    container.style.cursor = "pointer";
  });
  instance.on("leaveNode", () => {
    container.style.cursor = "default";
  });
  return instance;
}
