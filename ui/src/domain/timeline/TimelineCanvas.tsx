/** The picture of time with zoom, pan and brush. The list beside it is its twin for keyboard and screen reader. */
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";

import type { EventView, TimelineDensityView } from "../../generated/api";
import { t } from "../../i18n";
import { useRepaint } from "../../shared/repaint";
import { token, useLook } from "../../shared/theme";
import { LEFT, STRIP, paint, spanText } from "./paint";
import { panned, within, zoomed, type Span } from "./window";

interface TimelineCanvasProps {
  whole: Span;
  view: Span;
  overall: TimelineDensityView;
  detail: TimelineDensityView;
  marks: EventView[];
  currentId: string | undefined;
  onView: (view: Span) => void;
  onWidth: (width: number) => void;
}

type Drag = { kind: "brush"; from: number } | { kind: "pan"; x: number; view: Span };

export function TimelineCanvas({ whole, view, overall, detail, marks, currentId, onView, onWidth }: TimelineCanvasProps) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const drag = useRef<Drag | null>(null);
  const [box, setBox] = useState<[width: number, height: number]>([0, 0]);
  const look = useLook();
  const repaint = useRepaint();
  const [width, height] = box;
  const inside = Math.max(1, width - LEFT - 8);

  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const measure = () => {
      // A panel that is out of sight has no size; its picture waits with the last one.
      if (element.clientWidth === 0 || element.clientHeight === 0) return;
      setBox((before) => (before[0] === element.clientWidth && before[1] === element.clientHeight ? before : [element.clientWidth, element.clientHeight]));
      onWidth(element.clientWidth);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [onWidth, repaint]);

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (element === null || context === null || context === undefined || width === 0) return;
    const ratio = window.devicePixelRatio || 1;
    element.width = Math.round(width * ratio);
    element.height = Math.round(height * ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    paint(context, {
      width,
      height,
      whole,
      view,
      overall,
      detail,
      marks,
      currentId,
      font: getComputedStyle(document.body).fontFamily,
      colours: {
        text: token("--fg-2"),
        faint: token("--line-strong"),
        line: token("--line"),
        bar: token("--fg-3"),
        accent: token("--accent"),
        soft: token("--accent-soft"),
        back: token("--bg-1"),
        warn: token("--warn"),
      },
    });
  }, [width, height, whole, view, overall, detail, marks, currentId, look, repaint]);

  const xOf = (event: { clientX: number }) => event.clientX - (canvas.current?.getBoundingClientRect().left ?? 0);
  const instantIn = (span: Span, x: number) => span[0] + ((x - LEFT) / inside) * (span[1] - span[0]);

  // React listens to wheel passively; zooming must keep the page from scrolling.
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return undefined;
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const at = instantIn(view, xOf(event));
      if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) onView(panned(view, whole, event.deltaX / inside));
      else onView(zoomed(view, whole, at, event.deltaY > 0 ? 1.25 : 0.8));
    };
    element.addEventListener("wheel", wheel, { passive: false });
    return () => element.removeEventListener("wheel", wheel);
  });

  const down = (event: PointerEvent<HTMLCanvasElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    const x = xOf(event);
    const y = event.clientY - event.currentTarget.getBoundingClientRect().top;
    drag.current = y < STRIP ? { kind: "brush", from: instantIn(whole, x) } : event.shiftKey ? { kind: "brush", from: instantIn(view, x) } : { kind: "pan", x, view };
  };
  const move = (event: PointerEvent<HTMLCanvasElement>) => {
    const now = drag.current;
    if (now === null) return;
    const x = xOf(event);
    if (now.kind === "pan") onView(panned(now.view, whole, (now.x - x) / inside));
    else {
      const y = event.clientY - event.currentTarget.getBoundingClientRect().top;
      const to = instantIn(y < STRIP ? whole : view, x);
      if (Math.abs(to - now.from) > 1000) onView(within([Math.min(now.from, to), Math.max(now.from, to)], whole));
    }
  };
  const key = (event: KeyboardEvent) => {
    const middle = (view[0] + view[1]) / 2;
    if (event.key === "ArrowLeft") onView(panned(view, whole, -0.2));
    else if (event.key === "ArrowRight") onView(panned(view, whole, 0.2));
    else if (event.key === "+" || event.key === "=") onView(zoomed(view, whole, middle, 0.6));
    else if (event.key === "-") onView(zoomed(view, whole, middle, 1 / 0.6));
    else if (event.key === "0") onView(whole);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div ref={frame} style={{ position: "absolute", inset: 0 }}>
      <canvas
        ref={canvas}
        data-testid="timeline-canvas"
        role="img"
        aria-label={t("timeline.aria", { span: spanText(view) })}
        tabIndex={0}
        style={{ width: "100%", height: "100%", display: "block", touchAction: "none" }}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={() => {
          drag.current = null;
        }}
        onDoubleClick={() => onView(whole)}
        onKeyDown={key}
      />
    </div>
  );
}
