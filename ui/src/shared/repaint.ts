/**
 * Tells painted pictures (canvas, WebGL) that the page has moved them.
 *
 * The dock takes a hidden panel out of the page and puts it back later. Styled content comes back by itself; what was painted does not in every
 * engine, and neither its size nor its visibility need have changed in between, so no observer of the browser speaks of it.
 */
import { useSyncExternalStore } from "react";

let version = 0;
let waiting = false;
const listeners = new Set<() => void>();

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Has every picture painted anew, once the page has its new shape. */
export function repaintPictures(): void {
  if (waiting) return;
  waiting = true;
  // The first frame lays the moved panels out; only the second one has their measures.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      waiting = false;
      version += 1;
      for (const listener of listeners) listener();
    }),
  );
}

/** A number that grows whenever pictures must be painted anew; a dependency for painting effects. */
export function useRepaint(): number {
  return useSyncExternalStore(listen, () => version);
}
