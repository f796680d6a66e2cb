/** The keys of the window, from which both the handler and the key map are made. */
import type { PanelId } from "../domain/state/workspace";
import type { Key } from "../i18n";

/** Letters after `g`. */
export const GO: [letter: string, panel: PanelId][] = [
  ["o", "overview"],
  ["v", "evidence"],
  ["e", "entities"],
  ["g", "graph"],
  ["t", "timeline"],
  ["r", "review"],
  ["a", "alerts"],
  ["p", "reports"],
  ["c", "custody"],
  ["b", "backups"],
  ["h", "share"],
  ["k", "keys"],
  ["u", "rules"],
  ["d", "diagnostics"],
  ["s", "settings"],
];

/** Everything else, for the key map. */
export const KEYS: [keys: string, meaning: Key][] = [
  ["Ctrl K", "key.palette"],
  ["?", "key.help"],
  ["/", "key.filter"],
  ["Ctrl Z", "key.undo"],
  ["Ctrl Shift Z", "key.redo"],
  ["Ctrl L", "key.lock"],
  ["Esc", "key.back"],
  ["↑ ↓ ← →", "key.arrows"],
  ["Enter", "key.enter"],
  ["Shift ↑ ↓", "key.extend"],
  ["Ctrl C", "key.copy"],
  ["Y  N  S  L", "key.review"],
  ["U", "key.review.undo"],
  ["+  −  0", "key.zoom"],
];
