/** The way to every panel, with what waits in it. */
import { Archive, Bell, ChartNoAxesGantt, FileText, Files, GitCompare, KeyRound, LayoutDashboard, ScrollText, Send, Settings, ShieldCheck, Stethoscope, Users, Waypoints, type LucideIcon } from "lucide-react";

import { useWorkspace, type PanelId } from "../domain/state/workspace";
import type { OpenCaseView } from "../generated/api";
import { t } from "../i18n";
import { count, cx } from "../shared/format";
import styles from "./shell.module.css";

type RailPanel = Exclude<PanelId, "import">;

const UPPER: [RailPanel, LucideIcon][] = [
  ["overview", LayoutDashboard],
  ["evidence", Files],
  ["entities", Users],
  ["graph", Waypoints],
  ["timeline", ChartNoAxesGantt],
  ["review", GitCompare],
  ["alerts", Bell],
  ["reports", FileText],
];
const LOWER: [RailPanel, LucideIcon][] = [
  ["custody", ShieldCheck],
  ["backups", Archive],
  ["share", Send],
  ["keys", KeyRound],
  ["rules", ScrollText],
  ["diagnostics", Stethoscope],
  ["settings", Settings],
];

export function Rail({ open }: { open: OpenCaseView }) {
  const waiting: Partial<Record<RailPanel, number>> = { review: open.review, alerts: open.alerts };
  return (
    <nav className={styles.rail} aria-label={t("rail")}>
      {UPPER.map(([panel, Icon]) => (
        <RailButton key={panel} panel={panel} Icon={Icon} waiting={waiting[panel] ?? 0} />
      ))}
      <span className={styles.railGap} />
      {LOWER.map(([panel, Icon]) => (
        <RailButton key={panel} panel={panel} Icon={Icon} waiting={0} />
      ))}
    </nav>
  );
}

function RailButton({ panel, Icon, waiting }: { panel: RailPanel; Icon: LucideIcon; waiting: number }) {
  const active = useWorkspace((state) => state.active === panel);
  const open = useWorkspace((state) => state.open);
  return (
    <button type="button" className={cx(styles.railButton, active && styles.railActive)} aria-current={active ? "page" : undefined} data-testid={`rail-${panel}`} onClick={() => open(panel)}>
      <Icon size={18} strokeWidth={1.75} aria-hidden />
      <span className={styles.railLabel}>{t(`panel.${panel}`)}</span>
      {waiting === 0 ? null : (
        <span className={styles.railCount}>
          {waiting > 999 ? "999+" : count(waiting)}
          <span className="visually-hidden"> {t("waiting.items")}</span>
        </span>
      )}
    </button>
  );
}
