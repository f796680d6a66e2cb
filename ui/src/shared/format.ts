/** Numbers, sizes and instants as people read them; the same everywhere. */

const whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });

/** 12,345 */
export function count(value: number): string {
  return whole.format(value);
}

/** A score of 0 to 100 without decimals. */
export function score(value: number): string {
  return String(Math.round(value));
}

/** 0.123 for shares between 0 and 1. */
export function share(value: number): string {
  return value.toFixed(3);
}

/** Log-odds in bits with sign, from thousandths. */
export function bits(millibits: number): string {
  const value = millibits / 1000;
  return `${value > 0 ? "+" : value < 0 ? "−" : ""}${Math.abs(value).toFixed(1)}`;
}

/** 3.4 kB */
export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ["kB", "MB", "GB", "TB"];
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 999.95 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value.toFixed(1)} ${units[unit] ?? "TB"}`;
}

/** The first characters of an identifier. */
export function short(id: string): string {
  return id.slice(0, 8);
}

/** 2023-04-05 10:32 of an ISO instant. */
export function instant(iso: string): string {
  return iso.slice(0, 16).replace("T", " ");
}

/** A span at its precision, without the letters that only machines need: 2019-07, 2023-04-05 21:14:20. */
export function spanText(text: string): string {
  return text.replace(/^(\d{4}-\d{2}-\d{2})T([\d:.]+)Z$/, "$1 $2");
}

/** 2023-04-05 of an ISO instant. */
export function day(iso: string): string {
  return iso.slice(0, 10);
}

/** ISO text of milliseconds since 1970; the empty text for what is no instant. */
export function isoOf(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? "" : date.toISOString();
}

/** Ends a text of the backend as a sentence, for texts that another one follows. */
export function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

/** Joins class names, leaving out what is absent. */
export function cx(...names: readonly (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(" ");
}
