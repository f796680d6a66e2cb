/**
 * Estimates how many guesses a passphrase withstands, in bits; on this machine, from its text alone.
 *
 * An estimate for the meter and not a gate. It counts as a guesser would: a word is one choice out of some thousands however long it is, a year
 * one of a hundred, a repeat nothing, the commonest words almost nothing. What it cannot know is whether the words are a quotation, so the meter says so.
 *
 * The words follow from the cost of one guess (Argon2id, 256 MiB): ten thousand a second is a large machine room.
 */
const COMMON = new Set(["password", "passwort", "qwerty", "qwertz", "letmein", "welcome", "willkommen", "admin", "secret", "geheim", "iloveyou", "dragon", "monkey", "abc", "case", "fusion", "hallo", "hello", "master", "test"]);

/** Letters without those that repeat or follow their neighbour, which a guesser gets for little. */
function counted(text: string): number {
  const letters = Array.from(text);
  return letters.reduce((sum, letter, index) => {
    const before = letters[index - 1];
    const step = before === undefined ? Number.NaN : (letter.codePointAt(0) ?? 0) - (before.codePointAt(0) ?? 0);
    return sum + (letter === before || Math.abs(step) === 1 || letter === letters[index - 2] ? 0.35 : 1);
  }, 0);
}

function bitsOfLetters(run: string): number {
  if (COMMON.has(run.toLowerCase())) return 3;
  const letters = counted(run);
  // A capital at the start is where everybody puts it.
  const mixed = /\p{Lu}/u.test(run.slice(1)) && /\p{Ll}/u.test(run);
  if (letters <= 3) return letters * (mixed ? 5.7 : 4.7);
  return Math.min(letters * 4.7, 11 + (letters - 4)) + (mixed ? 4 : 0);
}

function bitsOfDigits(run: string): number {
  return /^(19|20)\d\d$/.test(run) ? 7 : counted(run) * 3.3;
}

/** Returns bits of strength; 0 for the empty text. */
export function strengthBits(passphrase: string): number {
  const seen = new Set<string>();
  let bits = 0;
  for (const [run] of passphrase.matchAll(/\p{L}+|\p{N}+|[^\p{L}\p{N}]+/gu)) {
    const known = run.toLowerCase();
    if (seen.has(known)) continue;
    seen.add(known);
    if (/^\p{L}/u.test(run)) bits += bitsOfLetters(run);
    else if (/^\p{N}/u.test(run)) bits += bitsOfDigits(run);
    else bits += /^[ \-_.,]$/.test(run) ? 1 : counted(run) * 5;
  }
  return bits;
}

export type Strength = "none" | "weak" | "fair" | "good" | "strong";

/** From nothing to strong, for the meter. */
export const STEPS: readonly Strength[] = ["none", "weak", "fair", "good", "strong"];

/** Sorts bits into words: weak falls within weeks, strong outlasts everybody who might try. */
export function strengthOf(passphrase: string): { word: Strength; bits: number } {
  const bits = strengthBits(passphrase);
  if (passphrase === "") return { word: "none", bits: 0 };
  if (bits < 36) return { word: "weak", bits };
  if (bits < 48) return { word: "fair", bits };
  return bits < 60 ? { word: "good", bits } : { word: "strong", bits };
}
