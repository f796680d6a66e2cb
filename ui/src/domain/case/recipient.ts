/** The shape of a public age key: `age1` and 58 letters of bech32. The backend checks its sum; this tells a slip of the paste at once. */
const SHAPE = /^age1[02-9ac-hj-np-z]{58}$/;

export function isRecipient(text: string): boolean {
  return SHAPE.test(text.trim());
}

/** Splits what was pasted at white space and commas, each key once. */
export function recipientsIn(text: string): { good: string[]; bad: string[] } {
  const parts = [...new Set(text.split(/[\s,;]+/).filter((part) => part !== ""))];
  return { good: parts.filter(isRecipient), bad: parts.filter((part) => !isRecipient(part)) };
}
