/** The dock: panels side by side or tabbed, as the analyst left them. */
import { DockviewReact, type DockviewApi, type DockviewReadyEvent, type DockviewTheme } from "dockview-react";
import "dockview-react/dist/styles/dockview.css";
import { useEffect, useRef, type FunctionComponent } from "react";

import { useWorkspace, type PanelId } from "../domain/state/workspace";
import { t } from "../i18n";
import { AlertsPanel } from "../panels/alerts/AlertsPanel";
import { BackupsPanel } from "../panels/backups/BackupsPanel";
import { CustodyPanel } from "../panels/custody/CustodyPanel";
import { DiagnosticsPanel } from "../panels/diagnostics/DiagnosticsPanel";
import { EntitiesPanel } from "../panels/entities/EntitiesPanel";
import { EvidencePanel } from "../panels/evidence/EvidencePanel";
import { GraphPanel } from "../panels/graph/GraphPanel";
import { ImportPanel } from "../panels/import/ImportPanel";
import { KeysPanel } from "../panels/keys/KeysPanel";
import { OverviewPanel } from "../panels/overview/OverviewPanel";
import { ReportsPanel } from "../panels/reports/ReportsPanel";
import { ReviewPanel } from "../panels/review/ReviewPanel";
import { RulesPanel } from "../panels/rules/RulesPanel";
import { SettingsPanel } from "../panels/settings/SettingsPanel";
import { SharePanel } from "../panels/share/SharePanel";
import { TimelinePanel } from "../panels/timeline/TimelinePanel";
import { Button } from "../shared/controls";
import { Empty } from "../shared/layout";
import { repaintPictures } from "../shared/repaint";
import "./dock.css";
import { arrange, giveRoom, remember, restore, showPanel } from "./layouts";

const COMPONENTS: Record<PanelId, FunctionComponent> = {
  overview: OverviewPanel,
  evidence: EvidencePanel,
  entities: EntitiesPanel,
  graph: GraphPanel,
  timeline: TimelinePanel,
  review: ReviewPanel,
  alerts: AlertsPanel,
  reports: ReportsPanel,
  custody: CustodyPanel,
  backups: BackupsPanel,
  share: SharePanel,
  keys: KeysPanel,
  rules: RulesPanel,
  diagnostics: DiagnosticsPanel,
  settings: SettingsPanel,
  import: ImportPanel,
};

const THEME: DockviewTheme = { name: "fusion", className: "dock-fusion", dndTabIndicator: "line" };

function Nothing() {
  return (
    <Empty title={t("workspace.empty.title")} text={t("workspace.empty.text")}>
      <Button look="primary" onClick={() => useWorkspace.getState().arrange("explore")}>
        {t("layout.explore")}
      </Button>
    </Empty>
  );
}

export function WorkspaceArea() {
  const dock = useRef<DockviewApi | null>(null);
  const request = useWorkspace((state) => state.request);
  const layout = useWorkspace((state) => state.layout);

  const ready = ({ api }: DockviewReadyEvent) => {
    dock.current = api;
    if (!restore(api)) arrange(api, "explore");
    api.onDidLayoutChange(() => {
      remember(api);
      repaintPictures();
    });
    api.onDidMaximizedGroupChange(repaintPictures);
    api.onDidActivePanelChange(() => {
      const panel = api.activePanel;
      useWorkspace.getState().setActive((panel?.id as PanelId | undefined) ?? null);
      // The group still has its old measures while the event is told.
      setTimeout(() => {
        giveRoom(api);
        repaintPictures();
      });
    });
    useWorkspace.getState().setActive((api.activePanel?.id as PanelId | undefined) ?? null);
    const waiting = useWorkspace.getState().request;
    if (waiting !== null) showPanel(api, waiting.panel);
  };

  useEffect(() => {
    if (dock.current === null || request === null) return;
    showPanel(dock.current, request.panel);
    repaintPictures();
  }, [request]);

  useEffect(() => {
    if (dock.current !== null && layout !== null) arrange(dock.current, layout.id);
  }, [layout]);

  return <DockviewReact theme={THEME} components={COMPONENTS} watermarkComponent={Nothing} onReady={ready} disableFloatingGroups />;
}
