/** The four arrangements of panels, and the one remembered from last time (names and sizes only, nothing of a case). */
import type { DockviewApi, SerializedDockview } from "dockview-react";

import { PANELS, type LayoutId, type PanelId } from "../domain/state/workspace";
import { t } from "../i18n";

const PLACE = "fusion.layout";

type Place = { panel: PanelId; beside?: PanelId; where?: "right" | "below" | "within"; size?: number };

const ARRANGEMENTS: Record<LayoutId, Place[]> = {
  explore: [
    { panel: "graph" },
    { panel: "timeline", beside: "graph", where: "below", size: 0.36 },
    { panel: "entities", beside: "graph", where: "right" },
    { panel: "overview", beside: "entities", where: "within" },
  ],
  read: [{ panel: "evidence" }, { panel: "entities", beside: "evidence", where: "below", size: 0.5 }],
  judge: [{ panel: "review" }, { panel: "alerts", beside: "review", where: "within" }],
  write: [{ panel: "reports" }],
};

/** Returns the title a panel carries on its tab. */
export function titleOf(panel: PanelId): string {
  return t(`panel.${panel}`);
}

/** Panels that need room for reading; they take the whole workspace while they are in front. */
const WIDE: readonly PanelId[] = ["overview", "evidence", "review", "alerts", "reports", "custody", "backups", "share", "keys", "rules", "diagnostics", "settings", "import"];
const ROOMY = { width: 760, height: 460 };

/** Shows a panel: brings it to the front where it is, or adds it to the largest group; a reading panel in a small group is given all the room. */
export function showPanel(api: DockviewApi, panel: PanelId): void {
  const present = api.getPanel(panel);
  const largest = [...api.groups].sort((a, b) => b.width * b.height - a.width * a.height)[0];
  const wasMaximized = api.hasMaximizedGroup();
  if (wasMaximized) api.exitMaximizedGroup();
  if (present !== undefined) present.api.setActive();
  else api.addPanel({ id: panel, component: panel, title: titleOf(panel), renderer: "onlyWhenVisible", ...(largest === undefined ? {} : { position: { referenceGroup: largest } }) });
  if (wasMaximized) bringBack(api);
  giveRoom(api);
}

/** Gives the panel in front all the room if it is for reading and stands in a small group; gives it back otherwise. */
export function giveRoom(api: DockviewApi): void {
  const front = api.activePanel;
  if (front === undefined) return;
  const wide = WIDE.includes(front.id as PanelId);
  if (wide && !api.hasMaximizedGroup() && (front.group.width < ROOMY.width || front.group.height < ROOMY.height) && api.groups.length > 1) api.maximizeGroup(front);
  else if (!wide && api.hasMaximizedGroup()) {
    api.exitMaximizedGroup();
    bringBack(api);
  }
}

/** Puts the working panels in front again where a reading panel had the room and would now be squeezed into a corner. */
function bringBack(api: DockviewApi): void {
  const front = api.activePanel;
  if (front === undefined || WIDE.includes(front.id as PanelId)) return;
  for (const group of api.groups) {
    if (group === front.group || group.activePanel === undefined || !WIDE.includes(group.activePanel.id as PanelId)) continue;
    group.panels.find((panel) => !WIDE.includes(panel.id as PanelId))?.api.setActive();
  }
  front.api.setActive();
}

/** Arranges the panels anew. */
export function arrange(api: DockviewApi, layout: LayoutId): void {
  api.clear();
  for (const place of ARRANGEMENTS[layout]) {
    api.addPanel({
      id: place.panel,
      component: place.panel,
      title: titleOf(place.panel),
      renderer: "onlyWhenVisible",
      ...(place.beside === undefined ? {} : { position: { referencePanel: place.beside, direction: place.where ?? "right" } }),
      ...(place.size === undefined ? {} : { initialHeight: Math.round(api.height * place.size) }),
    });
  }
  const first = ARRANGEMENTS[layout][0];
  const side = layout === "explore" ? "entities" : first?.panel;
  if (side !== undefined) api.getPanel(side)?.api.setActive();
}

/** Remembers the arrangement. */
export function remember(api: DockviewApi): void {
  try {
    localStorage.setItem(PLACE, JSON.stringify(api.toJSON()));
  } catch {
    // Without storage the next start has the default arrangement.
  }
}

/** Restores the remembered arrangement; tells whether there was a good one. */
export function restore(api: DockviewApi): boolean {
  try {
    const text = localStorage.getItem(PLACE);
    if (text === null) return false;
    const found = JSON.parse(text) as SerializedDockview;
    const panels = Object.keys(found.panels);
    if (panels.length === 0 || panels.some((panel) => !(PANELS as readonly string[]).includes(panel))) return false;
    api.fromJSON(found);
    if (api.hasMaximizedGroup()) api.exitMaximizedGroup();
    // An import list ends with its window.
    const stale = api.getPanel("import");
    if (stale !== undefined) api.removePanel(stale);
    for (const panel of api.panels) panel.api.setTitle(titleOf(panel.id as PanelId));
    return api.panels.length > 0;
  } catch {
    api.clear();
    return false;
  }
}
