/** The desk of an open case: title bar, rail, panels, inspector, status line. */
import { Splitter } from "../shared/layout";
import { useFollowedSelection } from "../domain/entity/moved";
import { usePreferences } from "../domain/state/preferences";
import type { OpenCaseView } from "../generated/api";
import { t } from "../i18n";
import { Inspector } from "../panels/inspector/Inspector";
import { CustodyBar } from "./CustodyBar";
import { KeyHelp } from "./KeyHelp";
import { KitOffer } from "./KitOffer";
import { MomentBar } from "./MomentBar";
import { Palette } from "./Palette";
import { Rail } from "./Rail";
import styles from "./shell.module.css";
import { StatusLine } from "./StatusLine";
import { TitleBar } from "./TitleBar";
import { useGlobalKeys } from "./useGlobalKeys";
import { WorkspaceArea } from "./WorkspaceArea";

export function Desk({ open }: { open: OpenCaseView }) {
  const width = usePreferences((state) => state.inspectorWidth);
  const set = usePreferences((state) => state.set);
  useGlobalKeys();
  useFollowedSelection();
  return (
    <div className={styles.desk}>
      <TitleBar open={open} />
      <CustodyBar open={open} />
      <MomentBar open={open} />
      <KitOffer />
      <div className={styles.middle}>
        <Rail open={open} />
        <main className={styles.workspace} aria-label={t("workspace")}>
          <WorkspaceArea />
        </main>
        <Splitter label={t("inspector.width")} width={width} least={260} most={720} onWidth={(inspectorWidth) => set({ inspectorWidth })} />
        <div className={styles.inspector} style={{ width }}>
          <Inspector />
        </div>
      </div>
      <StatusLine open={open} />
      <Palette />
      <KeyHelp />
    </div>
  );
}
