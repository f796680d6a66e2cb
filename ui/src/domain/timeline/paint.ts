/** Paints the timeline: a density strip of the whole time with the view in it, and lanes of the view below. */
import { utcTicks } from "d3-time";

import type { EventView, PatternView, TimelineDensityView } from "../../generated/api";
import { term } from "../../i18n";
import { isoOf } from "../../shared/format";
import type { Span } from "./window";

export const STRIP = 34;
export const AXIS = 20;
export const LEFT = 78;

export interface Colours {
  text: string;
  faint: string;
  line: string;
  bar: string;
  accent: string;
  soft: string;
  back: string;
  warn: string;
}

export interface Picture {
  width: number;
  height: number;
  whole: Span;
  view: Span;
  overall: TimelineDensityView;
  detail: TimelineDensityView;
  marks: EventView[];
  currentId: string | undefined;
  colours: Colours;
  font: string;
}

/** Returns instants at which an axis of this width has ticks, with their text. */
export function ticks(view: Span, width: number): { at: number; text: string }[] {
  const length = view[1] - view[0];
  const day = 86_400_000;
  return utcTicks(new Date(view[0]), new Date(view[1]), Math.max(2, Math.floor(width / 96))).map((date) => {
    const iso = date.toISOString();
    const text = length > 900 * day ? iso.slice(0, 7) : length > 4 * day ? iso.slice(0, 10) : iso.slice(5, 16).replace("T", " ");
    return { at: date.getTime(), text: length > 3600 * day ? iso.slice(0, 4) : text };
  });
}

/** Sums all lanes. */
export function total(density: TimelineDensityView): number[] {
  const sums: number[] = [];
  for (const lane of density.lanes) for (const [index, value] of lane.counts.entries()) sums[index] = (sums[index] ?? 0) + value;
  return sums;
}

/** Height of a lane when so many share the room. */
export function laneHeight(height: number, lanes: number): number {
  return Math.max(14, Math.min(44, Math.floor((height - STRIP - AXIS - 8) / Math.max(1, lanes))));
}

const clampText = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

function bars(context: CanvasRenderingContext2D, counts: readonly number[], from: number, until: number, box: Span, x: (at: number) => number, bottom: number, height: number): void {
  const highest = Math.max(1, ...counts);
  const step = (until - from) / Math.max(1, counts.length);
  for (const [index, value] of counts.entries()) {
    if (value === 0) continue;
    const left = Math.max(box[0], x(from + index * step));
    const right = Math.min(box[1], x(from + (index + 1) * step));
    if (right <= left) continue;
    // A root keeps single events visible beside a burst.
    const tall = Math.max(2, Math.sqrt(value / highest) * height);
    context.fillRect(left, bottom - tall, Math.max(1, right - left - 0.5), tall);
  }
}

function patterns(context: CanvasRenderingContext2D, list: readonly PatternView[], x: (at: number) => number, box: Span, draw: (left: number, right: number) => void): void {
  for (const pattern of list) {
    const left = Math.max(box[0], x(Date.parse(pattern.start)));
    const right = Math.min(box[1], x(Date.parse(pattern.end)));
    if (right > left || (right === left && left > box[0])) draw(left, Math.max(right, left + 2));
  }
  context.setLineDash([]);
}

function uncertain(event: EventView): boolean {
  return event.precision === "year" || event.precision === "month";
}

export function paint(context: CanvasRenderingContext2D, picture: Picture): void {
  const { width, height, whole, view, overall, detail, colours, font } = picture;
  const box: Span = [LEFT, width - 8];
  const inside = box[1] - box[0];
  const xWhole = (at: number) => box[0] + ((at - whole[0]) / Math.max(1, whole[1] - whole[0])) * inside;
  const xView = (at: number) => box[0] + ((at - view[0]) / Math.max(1, view[1] - view[0])) * inside;
  context.clearRect(0, 0, width, height);
  context.fillStyle = colours.back;
  context.fillRect(0, 0, width, height);
  context.font = `11px ${font}`;
  context.textBaseline = "middle";

  // The strip: everything, with the view as a window in it.
  context.fillStyle = colours.faint;
  bars(context, total(overall), overall.from_ms, overall.until_ms, box, xWhole, STRIP - 4, STRIP - 10);
  const left = xWhole(view[0]);
  const right = xWhole(view[1]);
  context.fillStyle = colours.soft;
  context.globalAlpha = 0.5;
  context.fillRect(left, 2, Math.max(3, right - left), STRIP - 4);
  context.globalAlpha = 1;
  context.strokeStyle = colours.accent;
  context.lineWidth = 1;
  context.strokeRect(left + 0.5, 2.5, Math.max(3, right - left - 1), STRIP - 5);

  // The axis.
  context.fillStyle = colours.text;
  context.strokeStyle = colours.line;
  for (const tick of ticks(view, inside)) {
    const x = Math.round(xView(tick.at)) + 0.5;
    context.beginPath();
    context.moveTo(x, STRIP);
    context.lineTo(x, height);
    context.stroke();
    if (x + context.measureText(tick.text).width < width) context.fillText(tick.text, x + 4, STRIP + AXIS / 2);
  }

  const tall = laneHeight(height, detail.lanes.length);
  const top = STRIP + AXIS;
  const bottom = top + tall * detail.lanes.length;

  // Silences are hatched, bursts bracketed; both are listed in words beside the picture.
  patterns(context, overall.gaps, xView, box, (from, until) => {
    context.save();
    context.beginPath();
    context.rect(from, top, until - from, bottom - top);
    context.clip();
    context.strokeStyle = colours.line;
    context.beginPath();
    for (let x = from - (bottom - top); x < until; x += 8) {
      context.moveTo(x, bottom);
      context.lineTo(x + (bottom - top), top);
    }
    context.stroke();
    context.restore();
  });
  patterns(context, overall.bursts, xView, box, (from, until) => {
    context.strokeStyle = colours.warn;
    context.lineWidth = 2;
    context.beginPath();
    context.moveTo(from, top + 5);
    context.lineTo(from, top + 1);
    context.lineTo(until, top + 1);
    context.lineTo(until, top + 5);
    context.stroke();
    context.lineWidth = 1;
  });

  for (const [index, lane] of detail.lanes.entries()) {
    const base = top + (index + 1) * tall;
    context.strokeStyle = colours.line;
    context.beginPath();
    context.moveTo(0, base + 0.5);
    context.lineTo(width, base + 0.5);
    context.stroke();
    context.fillStyle = colours.text;
    context.fillText(clampText(term("event", lane.kind), 12), 8, base - tall / 2);
    const marks = picture.marks.filter((event) => event.kind === lane.kind);
    if (picture.marks.length === 0) {
      context.fillStyle = colours.bar;
      bars(context, lane.counts, detail.from_ms, detail.until_ms, box, xView, base, tall - 4);
      continue;
    }
    for (const event of marks) {
      const from = xView(event.span.start_ms);
      const until = xView(event.span.end_ms);
      if (until < box[0] || from > box[1]) continue;
      const chosen = picture.currentId !== undefined && event.participants.some((each) => each.entity.id === picture.currentId);
      context.strokeStyle = chosen ? colours.accent : colours.bar;
      context.fillStyle = chosen ? colours.accent : colours.bar;
      const middle = base - tall / 2;
      if (uncertain(event)) {
        // Known only to the month or year: a hollow, dashed interval instead of a point that would claim too much.
        context.setLineDash([3, 2]);
        context.strokeRect(Math.max(box[0], from), middle - 4, Math.max(4, Math.min(box[1], until) - Math.max(box[0], from)), 8);
        context.setLineDash([]);
      } else context.fillRect(Math.max(box[0], from), middle - 5, Math.max(3, Math.min(until - from, 6)), 10);
    }
  }
}

/** Says a span in words. */
export function spanText(span: Span): string {
  return `${isoOf(span[0]).slice(0, 10)} – ${isoOf(span[1]).slice(0, 10)}`;
}
