/**
 * Estimates how many guesses a passphrase withstands, in bits; on this machine, from its text alone.
 *
 * An estimate for the meter and not a gate: it takes off for repeats, runs of neighbours and the commonest words, and it
 * values length above odd signs.
 */
const COMMON = ["password", "passwort", "qwerty", "qwertz", "letmein", "welcome", "admin", "secret", "geheim", "iloveyou", "dragon", "monkey", "123456", "abc123", "case", "fusion"];

function poolOf(text: string): number {
  let pool = 0;
  if (/[a-z]/.test(text)) pool += 26;
  if (/[A-Z]/.test(text)) pool += 26;
  if (/[0-9]/.test(text)) pool += 10;
  if (/[ -/:-@[-`{-~]/.test(text)) pool += 33;
  if (/[^\u0020-\u007f]/.test(text)) pool += 100;
  return pool;
}

/** Returns bits of strength; 0 for the empty text. */
export function strengthBits(passphrase: string): number {
  let text = passphrase;
  for (const word of COMMON) text = text.replace(new RegExp(word, "gi"), "\u0001");
  const letters = Array.from(text);
  let counted = 0;
  for (const [index, letter] of letters.entries()) {
    const before = letters[index - 1];
    const step = before === undefined ? Number.NaN : (letter.codePointAt(0) ?? 0) - (before.codePointAt(0) ?? 0);
    const dull = letter === before || Math.abs(step) === 1 || letter === letters[index - 2];
    counted += dull ? 0.35 : 1;
  }
  // Words of a sentence are far less than their letters: beyond twelve signs each counts for less.
  const effective = Math.min(counted, 12) + Math.max(0, counted - 12) * 0.6;
  const different = new Set(letters).size;
  const capped = Math.min(effective, different * 2.5);
  return capped * Math.log2(Math.max(2, poolOf(passphrase)));
}

export type Strength = "none" | "weak" | "fair" | "good" | "strong";

/** From nothing to strong, for the meter. */
export const STEPS: readonly Strength[] = ["none", "weak", "fair", "good", "strong"];

/** Sorts bits into words. */
export function strengthOf(passphrase: string): { word: Strength; bits: number } {
  const bits = strengthBits(passphrase);
  if (passphrase === "") return { word: "none", bits: 0 };
  if (bits < 40) return { word: "weak", bits };
  if (bits < 60) return { word: "fair", bits };
  return bits < 80 ? { word: "good", bits } : { word: "strong", bits };
}
