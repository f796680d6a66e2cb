/** Colours for what is painted instead of styled (canvas, WebGL), read from the tokens and read anew when they change. */
import { useSyncExternalStore } from "react";

let version = 0;
const listeners = new Set<() => void>();

function changed(): void {
  version += 1;
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  if (listeners.size === 0) {
    window.matchMedia?.("(prefers-color-scheme: dark)").addEventListener("change", changed);
    observer ??= new MutationObserver(changed);
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "data-density", "style"] });
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    window.matchMedia?.("(prefers-color-scheme: dark)").removeEventListener("change", changed);
    observer?.disconnect();
  };
}

let observer: MutationObserver | undefined;

/** A number that grows whenever the look changes; a dependency for painting effects. */
export function useLook(): number {
  return useSyncExternalStore(listen, () => version);
}

/** The value of a token, e.g. `--fg-1`. */
export function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim() || "#888888";
}
