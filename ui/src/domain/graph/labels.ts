/** Paints names beside nodes, and the drawing of the kind inside nodes that are large enough for it. */
import type { NodeLabelDrawingFunction } from "sigma/rendering";

import { lookOf } from "../entity/kinds";
import { elide } from "../../shared/text";
import type { EdgeLook, NodeLook } from "./model";

export interface LabelColours {
  text: string;
  halo: string;
  pin: string;
}

const glyphs = new Map<string, Path2D>();

function glyphOf(kind: string): Path2D {
  let path = glyphs.get(kind);
  if (path === undefined) {
    path = new Path2D(lookOf(kind).glyph);
    glyphs.set(kind, path);
  }
  return path;
}

const SMALLEST_WITH_GLYPH = 7;

/** A pin whose foot stands at a place. */
function paintPin(context: CanvasRenderingContext2D, x: number, y: number, colours: LabelColours): void {
  context.save();
  context.translate(x, y);
  context.beginPath();
  context.moveTo(0, 0);
  context.lineTo(-4, -7);
  context.strokeStyle = colours.pin;
  context.lineWidth = 1.5;
  context.stroke();
  context.beginPath();
  context.arc(-4.5, -8, 3, 0, Math.PI * 2);
  context.fillStyle = colours.pin;
  context.fill();
  context.lineWidth = 1;
  context.strokeStyle = colours.halo;
  context.stroke();
  context.restore();
}

/** Returns a function that sigma calls for each node whose name is shown. */
export function labelPainter(colours: LabelColours): NodeLabelDrawingFunction<NodeLook, EdgeLook> {
  return (context, data, settings) => {
    const kind = String((data as { kind?: unknown }).kind ?? "");
    if (data.size >= SMALLEST_WITH_GLYPH) {
      const scale = (data.size * 1.25) / 24;
      context.save();
      context.translate(data.x, data.y);
      context.scale(scale, scale);
      context.translate(-12, -12);
      context.strokeStyle = "#ffffff";
      context.lineWidth = 2.2;
      context.lineCap = "round";
      context.lineJoin = "round";
      context.stroke(glyphOf(kind));
      context.restore();
    }
    if ((data as { pinned?: unknown }).pinned === true) paintPin(context, data.x - data.size * 0.7, data.y - data.size * 0.7, colours);
    if (!data.label) return;
    const text = elide(data.label, 32);
    const { labelSize: size, labelFont: font } = settings;
    context.font = `${(data as { bold?: boolean }).bold === true ? 600 : 400} ${size}px ${font}`;
    const x = data.x + data.size + 5;
    const y = data.y + size / 3;
    context.lineWidth = 3;
    context.lineJoin = "round";
    context.strokeStyle = colours.halo;
    context.strokeText(text, x, y);
    context.fillStyle = colours.text;
    context.fillText(text, x, y);
  };
}
