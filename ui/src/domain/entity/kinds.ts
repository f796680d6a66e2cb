/** The kinds of entity: each has a shape, a colour and a drawing, so that no one of the three carries the meaning alone. */

export const SHAPES = ["circle", "square", "rounded", "hexagon", "diamond", "triangle", "page"] as const;
export type Shape = (typeof SHAPES)[number];

export interface KindLook {
  shape: Shape;
  /** Name of the colour token. */
  token: string;
  /** Strokes on a field of 24 by 24. */
  glyph: string;
}

const globe = "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16M4 12h16M12 4c-4 4-4 12 0 16M12 4c4 4 4 12 0 16";

export const KINDS: Record<string, KindLook> = {
  person: { shape: "circle", token: "--kind-person", glyph: "M12 12a3.6 3.6 0 1 0 0-7.2 3.6 3.6 0 0 0 0 7.2M5 19.5c.6-3.4 3.4-5 7-5s6.4 1.6 7 5" },
  organization: { shape: "square", token: "--kind-organization", glyph: "M5 20V5h9v15M14 10h5v10M8 9h3M8 13h3M4 20h16" },
  place: { shape: "diamond", token: "--kind-place", glyph: "M12 19c-3.6-4.4-5-6.6-5-9a5 5 0 0 1 10 0c0 2.4-1.4 4.6-5 9M12 10.2v.1" },
  account: { shape: "rounded", token: "--kind-account", glyph: "M15.5 12a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0v1.2a2.3 2.3 0 0 0 4.5 0V12a8 8 0 1 0-3.5 6.6" },
  wallet: { shape: "hexagon", token: "--kind-wallet", glyph: "M5 8h14v10H5zM5 8l10-3v3M15 13h1.5" },
  email: { shape: "rounded", token: "--kind-contact", glyph: "M4 7h16v11H4zM4 8l8 5.5L20 8" },
  phone: { shape: "rounded", token: "--kind-contact", glyph: "M8 4h8v16H8zM11.5 17h1" },
  domain: { shape: "rounded", token: "--kind-network", glyph: globe },
  ip: { shape: "rounded", token: "--kind-network", glyph: "M5 6h14v5H5zM5 13h14v5H5zM8 8.5h.5M8 15.5h.5" },
  url: { shape: "rounded", token: "--kind-network", glyph: "M10 14a3.5 3.5 0 0 0 5 0l3-3a3.5 3.5 0 0 0-5-5l-1 1M14 10a3.5 3.5 0 0 0-5 0l-3 3a3.5 3.5 0 0 0 5 5l1-1" },
  iban: { shape: "hexagon", token: "--kind-money", glyph: "M4 9.5L12 5l8 4.5zM6.5 10v7M10.5 10v7M13.5 10v7M17.5 10v7M4 19h16" },
  token: { shape: "hexagon", token: "--kind-money", glyph: "M12 4.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15M12 8v8M9.5 10h5M9.5 14h5" },
  "file-hash": { shape: "page", token: "--kind-document", glyph: "M9.5 5L8 19M16 5l-1.5 14M5.5 9.5h13M5 14.5h13" },
  breach: { shape: "triangle", token: "--kind-breach", glyph: "M12 9.5v5M12 17.2v.1" },
  chat: { shape: "rounded", token: "--kind-chat", glyph: "M5 6h14v9h-8l-4 3.5V15H5z" },
  document: { shape: "page", token: "--kind-document", glyph: "M8 8.5h8M8 12h8M8 15.5h5" },
};

const UNKNOWN: KindLook = { shape: "circle", token: "--kind-document", glyph: "M9.5 9a2.5 2.5 0 1 1 3.5 2.3c-.7.4-1 .9-1 1.7M12 16.5v.1" };

/** Returns the look of a kind; an unknown kind is drawn as such and not hidden. */
export function lookOf(kind: string): KindLook {
  return KINDS[kind] ?? UNKNOWN;
}

/** Outlines of the shapes on a field of 24 by 24. */
export const OUTLINES: Record<Shape, string> = {
  circle: "M12 1a11 11 0 1 0 0 22 11 11 0 0 0 0-22z",
  square: "M2 2h20v20H2z",
  rounded: "M7 2.5h10a5 5 0 0 1 5 5v9a5 5 0 0 1-5 5H7a5 5 0 0 1-5-5v-9a5 5 0 0 1 5-5z",
  hexagon: "M12 .8l10 5.6v11.2l-10 5.6-10-5.6V6.4z",
  diamond: "M12 0l12 12-12 12L0 12z",
  triangle: "M12 1l11.5 21H.5z",
  page: "M4 1h11l5 5v17H4z",
};

export const RISK_LEVELS = ["MINIMAL", "LOW", "MEDIUM", "HIGH", "CRITICAL"] as const;
export type RiskLevel = (typeof RISK_LEVELS)[number];

/** Returns 0 for minimal to 4 for critical. */
export function riskStep(level: string): number {
  return Math.max(0, RISK_LEVELS.indexOf(level as RiskLevel));
}

/** One letter a step; minimal is written as a dash, since M stands for medium. */
export const RISK_LETTERS = ["–", "L", "M", "H", "C"] as const;
