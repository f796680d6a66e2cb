/** Paints names beside nodes, and the drawing of the kind inside nodes that are large enough for it. */
import type { NodeLabelDrawingFunction } from "sigma/rendering";

import { lookOf } from "../entity/kinds";
import { elide } from "../../shared/text";
import type { EdgeLook, NodeLook } from "./model";

export interface LabelColours {
  text: string;
  halo: string;
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
    if (!data.label) return;
    const text = elide(data.label, 32);
    const { labelSize: size, labelFont: font } = settings;
    context.font = `${(data as { forceLabel?: boolean }).forceLabel === true ? 600 : 400} ${size}px ${font}`;
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
