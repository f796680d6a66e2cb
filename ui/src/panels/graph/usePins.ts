/**
 * Nodes that somebody put where they are: loaded with the case, saved a moment after the last move, so that a drag is one operation and not fifty.
 *
 * Only the whole graph has pins; what is moved in a neighbourhood stays there as long as the window is open.
 */
import { useCallback, useEffect, useRef, useState } from "react";

import { answers, ask, keyOf, useAnswer } from "../../api/client";
import { useOpenCase } from "../../domain/case/session";
import type { Places } from "../../domain/graph/model";
import { complain } from "../../domain/state/notices";
import type { PlaceView } from "../../generated/api";

const VIEW = "graph";
const STILL_MS = 800;
const UNIT = 1000;
const NONE: Places = new Map();

/** Places as they travel: whole thousandths, in the order of ids, so that the same picture is the same operation. */
export function placesOf(pins: Places): PlaceView[] {
  return [...pins].map(([entity, { x, y }]) => ({ entity, x: Math.round(x * UNIT), y: Math.round(y * UNIT) })).sort((a, b) => (a.entity < b.entity ? -1 : a.entity > b.entity ? 1 : 0));
}

/** Reads what travelled. */
export function pinsOf(places: readonly PlaceView[]): Places {
  return new Map(places.map(({ entity, x, y }) => [entity, { x: x / UNIT, y: y / UNIT }]));
}

export interface Pins {
  /** None until they are known, so that no graph is drawn twice. */
  kept: Places | null;
  pin: (id: string, x: number, y: number) => void;
  release: () => void;
}

export function usePins(): Pins {
  const writable = useOpenCase()?.writable === true;
  const loaded = useAnswer("layout.load", { view: VIEW });
  const [moved, setMoved] = useState<Places | null>(null);
  const unsaved = useRef<Places | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const [kept, setKept] = useState<Places | null>(null);

  useEffect(() => {
    // Without a kept layout the graph is drawn as computed; a layout that cannot be read must not hide it.
    if (loaded.data !== undefined) setKept(pinsOf(loaded.data.places));
    else if (loaded.error !== null) setKept(NONE);
  }, [loaded.data, loaded.error]);

  const save = useCallback(async () => {
    const pins = unsaved.current;
    unsaved.current = null;
    clearTimeout(timer.current);
    if (pins === null) return;
    answers.setQueryData(keyOf("layout.load", { view: VIEW }), await ask("layout.save", { view: VIEW, places: placesOf(pins) }));
    for (const method of ["log.page", "custody.page", "custody.standing", "case.status"]) void answers.invalidateQueries({ queryKey: [method] });
  }, []);
  useEffect(
    () => () => {
      void save().catch(() => undefined);
    },
    [save],
  );
  const change = (pins: Places) => {
    setMoved(pins);
    if (!writable) return;
    unsaved.current = pins;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void save().catch(complain), STILL_MS);
  };

  // What the backend keeps counts, also when it comes from elsewhere (undo of a move); but not over a move that is still to be saved.
  const [seen, setSeen] = useState(kept);
  if (seen !== kept) {
    setSeen(kept);
    if (unsaved.current === null) setMoved(null);
  }
  const now = moved ?? kept;
  return {
    kept: now,
    pin: (id, x, y) => change(new Map([...(now ?? NONE), [id, { x, y }]])),
    release: () => change(new Map()),
  };
}
