/**
 * Evidence is hostile until shown as text. Here characters that steer, hide or reorder text are made visible.
 *
 * The result is always a plain string, never markup. What is honest script (Arabic, Hebrew, Devanagari with its joiners, emoji
 * sequences) stays as it is; the browser isolates its direction through `<bdi>`.
 */

const STEERING = new Map<number, string>([
  [0x00ad, "SHY"],
  [0x034f, "CGJ"],
  [0x061c, "ALM"],
  [0x115f, "filler"],
  [0x1160, "filler"],
  [0x17b4, "hidden vowel"],
  [0x17b5, "hidden vowel"],
  [0x180e, "MVS"],
  [0x200b, "ZWSP"],
  [0x200e, "LRM"],
  [0x200f, "RLM"],
  [0x2028, "LSEP"],
  [0x2029, "PSEP"],
  [0x202a, "LRE"],
  [0x202b, "RLE"],
  [0x202c, "PDF"],
  [0x202d, "LRO"],
  [0x202e, "RLO"],
  [0x2060, "WJ"],
  [0x2066, "LRI"],
  [0x2067, "RLI"],
  [0x2068, "FSI"],
  [0x2069, "PDI"],
  [0x2800, "blank"],
  [0x3164, "filler"],
  [0xfeff, "BOM"],
  [0xffa0, "filler"],
]);

function mark(code: number): string {
  const name = STEERING.get(code);
  return `⟦${name ?? `U+${code.toString(16).toUpperCase().padStart(4, "0")}`}⟧`;
}

function isJoiner(code: number): boolean {
  return code === 0x200c || code === 0x200d;
}

/** Scripts and emoji in which a joiner changes how letters are drawn, so that it is not a hiding place. */
const JOINING = /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Oriya}\p{Script=Sinhala}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Mongolian}\p{Extended_Pictographic}\u{FE0F}\u{1F3FB}-\u{1F3FF}]/u;

function hidden(code: number): boolean {
  if (STEERING.has(code)) return true;
  if (code < 0x20 || (code >= 0x7f && code <= 0x9f)) return true;
  if (code >= 0x2061 && code <= 0x206f) return true;
  if (code >= 0xd800 && code <= 0xdfff) return true;
  if (code >= 0xfff0 && code <= 0xfffb) return true;
  if (code >= 0xe0000 && code <= 0xe0fff) return true;
  return code >= 0x1d173 && code <= 0x1d17a;
}

const PLAIN = /^[\x20-\x7e\u00a0-\u00ac\u00ae-\u02ff]*$/;

/** Makes every steering or hidden character visible; line ends become `⏎`, tabs `⇥`. */
export function visible(text: string): string {
  if (PLAIN.test(text)) return text;
  const characters = Array.from(text);
  let result = "";
  for (const [index, character] of characters.entries()) {
    const code = character.codePointAt(0) ?? 0;
    if (character === "\n") result += "⏎";
    else if (character === "\t") result += "⇥";
    else if (isJoiner(code)) {
      const before = characters[index - 1] ?? "";
      const after = characters[index + 1] ?? "";
      const honest = JOINING.test(before) && (code === 0x200c || JOINING.test(after));
      result += honest ? character : code === 0x200d ? "⟦ZWJ⟧" : "⟦ZWNJ⟧";
    } else result += hidden(code) ? mark(code) : character;
  }
  return result;
}

/** The same for text of several lines, whose line ends and tabs are kept. */
export function visibleLines(text: string): string {
  return text
    .split(/\r\n|\n/)
    .map((line) => line.split("\t").map(visible).join("\t"))
    .join("\n");
}

/** Cuts a long text in its middle, so that both ends can be compared. */
export function elide(text: string, longest: number): string {
  const characters = Array.from(text);
  if (characters.length <= longest) return text;
  const kept = Math.max(2, longest - 1);
  const head = Math.ceil(kept / 2);
  return `${characters.slice(0, head).join("")}…${characters.slice(characters.length - (kept - head)).join("")}`;
}

/** Breaks a text at its blanks into lines of so many characters; what goes beyond the last line is cut with an ellipsis. */
export function wrapped(text: string, longest: number, most: number): string[] {
  const lines: string[] = [];
  let rest = text.trim();
  while (rest !== "") {
    if (lines.length === most - 1 || rest.length <= longest) {
      lines.push(rest.length <= longest ? rest : `${rest.slice(0, Math.max(1, longest - 1)).trimEnd()}…`);
      break;
    }
    const blank = rest.lastIndexOf(" ", longest);
    const end = blank > 0 ? blank : longest;
    lines.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return lines;
}

/** Makes a value safe for a cell of tab-separated text: one line, and never a formula of a spreadsheet. */
export function tsvCell(value: string): string {
  const flat = value.replace(/[\t\r\n]+/g, " ");
  return /^[=+\-@|%]/.test(flat) ? `'${flat}` : flat;
}
