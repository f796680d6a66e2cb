/** Keys that work everywhere on the desk; a panel's own keys come after them, and typing into a field before both. */
import { useEffect } from "react";

import { lockCase, step } from "../domain/case/session";
import { useSelection } from "../domain/state/selection";
import { pressInPanel, useWorkspace } from "../domain/state/workspace";
import { GO } from "./keymap";

const CHORD_MS = 1200;

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));
}

function focusFilter(): boolean {
  const { active } = useWorkspace.getState();
  const panel = active === null ? null : document.querySelector(`[data-panel="${active}"]`);
  const field = panel?.querySelector<HTMLElement>("[data-filter]") ?? document.querySelector<HTMLElement>("[data-filter]");
  field?.focus();
  return field !== null && field !== undefined;
}

export function useGlobalKeys(): void {
  useEffect(() => {
    let chordAt = 0;
    const down = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey) return;
      const workspace = useWorkspace.getState();
      const key = event.key;
      const take = () => event.preventDefault();
      if (event.ctrlKey || event.metaKey) {
        const letter = key.toLowerCase();
        if (letter === "k") {
          take();
          workspace.setPalette(!workspace.paletteOpen);
        } else if (letter === "z" && !typing(event.target)) {
          take();
          // A panel that keeps what it just did can take it back faster than the whole case can.
          if (!event.shiftKey && pressInPanel(workspace.active, "ctrl z")) return;
          void step(event.shiftKey ? "redo" : "undo");
        } else if (letter === "l") {
          // Also from within a field: whoever locks is in a hurry.
          take();
          void lockCase();
        }
        return;
      }
      if (workspace.paletteOpen || workspace.helpOpen || document.querySelector('[role="dialog"]') !== null) return;
      if (typing(event.target)) {
        if (key === "Escape" && event.target instanceof HTMLElement) event.target.blur();
        return;
      }
      if (chordAt > 0 && event.timeStamp - chordAt < CHORD_MS) {
        chordAt = 0;
        const panel = GO.find(([letter]) => letter === key.toLowerCase())?.[1];
        if (panel !== undefined) {
          take();
          workspace.open(panel);
        }
        return;
      }
      if (key === "g") chordAt = event.timeStamp;
      else if (key === "?") {
        take();
        workspace.setHelp(true);
      } else if (key === "/") {
        if (focusFilter()) take();
      } else if (key === "Escape") useSelection.getState().back();
      else if (pressInPanel(workspace.active, key.toLowerCase())) take();
    };
    window.addEventListener("keydown", down);
    return () => window.removeEventListener("keydown", down);
  }, []);
}
