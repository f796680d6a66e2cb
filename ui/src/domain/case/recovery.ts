/** How the printed code is written: groups of four. Only its look; whether it is right, the backend says, and names the group with the slip. */

/** Puts typed letters into groups of four; what is no letter or digit is taken for a space. */
export function grouped(text: string): string {
  const letters = text.toUpperCase().replace(/[^0-9A-Z]/g, "");
  const groups = letters.match(/.{1,4}/g) ?? [];
  return groups.join("-");
}
