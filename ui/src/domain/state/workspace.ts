/** How panels ask for other panels, and which keys belong to the panel in use. The shell does the docking. */
import { useEffect, useRef } from "react";
import { create } from "zustand";

export const PANELS = [
  "overview",
  "evidence",
  "entities",
  "graph",
  "timeline",
  "review",
  "alerts",
  "reports",
  "custody",
  "backups",
  "share",
  "keys",
  "rules",
  "diagnostics",
  "settings",
  "import",
] as const;
export type PanelId = (typeof PANELS)[number];
export const LAYOUTS = ["explore", "read", "judge", "write"] as const;
export type LayoutId = (typeof LAYOUTS)[number];

/** What the graph is asked to do from elsewhere. */
export type GraphOrder = { kind: "focus" | "expand" | "path-from"; id: string; label: string; entityKind: string };

interface Workspace {
  active: PanelId | null;
  request: { panel: PanelId; number: number } | null;
  layout: { id: LayoutId; number: number } | null;
  graphOrder: (GraphOrder & { number: number }) | null;
  paletteOpen: boolean;
  helpOpen: boolean;
  /** Whether a new case still offers to print its recovery page. */
  kitOffered: boolean;
  open: (panel: PanelId) => void;
  arrange: (layout: LayoutId) => void;
  order: (order: GraphOrder) => void;
  setActive: (panel: PanelId | null) => void;
  setPalette: (open: boolean) => void;
  setHelp: (open: boolean) => void;
}

let serial = 0;
const fresh = (): number => (serial += 1);

export const useWorkspace = create<Workspace>((set) => ({
  active: null,
  request: null,
  layout: null,
  graphOrder: null,
  paletteOpen: false,
  helpOpen: false,
  kitOffered: false,
  open: (panel) => set({ request: { panel, number: fresh() } }),
  arrange: (id) => set({ layout: { id, number: fresh() } }),
  order: (order) => set({ graphOrder: { ...order, number: fresh() }, request: { panel: "graph", number: fresh() } }),
  setActive: (active) => set({ active }),
  setPalette: (paletteOpen) => set({ paletteOpen }),
  setHelp: (helpOpen) => set({ helpOpen }),
}));

export type PanelKeys = Record<string, () => void>;
const keysOfPanels = new Map<PanelId, PanelKeys>();

/** Gives the panel its own keys; they work while it is the active panel and nobody is typing. */
export function usePanelKeys(panel: PanelId, keys: PanelKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const table = new Proxy<PanelKeys>({}, { get: (_, key) => latest.current[String(key)] });
    keysOfPanels.set(panel, table);
    return () => {
      if (keysOfPanels.get(panel) === table) keysOfPanels.delete(panel);
    };
  }, [panel]);
}

/** Hands a key to a panel; tells whether it took it. */
export function pressInPanel(panel: PanelId | null, key: string): boolean {
  const act = panel === null ? undefined : keysOfPanels.get(panel)?.[key];
  if (act === undefined) return false;
  act();
  return true;
}
