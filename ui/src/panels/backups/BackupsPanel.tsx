/** Where copies of the case go, which there are, and whether they would bring it back. */
import { CircleAlert, CircleCheck } from "lucide-react";
import { useMemo, useState } from "react";

import { answers, ask, caseChanged, keyOf, useAnswer } from "../../api/client";
import { useOpenCase } from "../../domain/case/session";
import { complain } from "../../domain/state/notices";
import { running, useJobs } from "../../domain/state/jobs";
import type { BackupStatusView, BackupView } from "../../generated/api";
import { t, term } from "../../i18n";
import { Button, Check, Text } from "../../shared/controls";
import { count, cx, instant, size } from "../../shared/format";
import { Empty, ErrorBox, Panel, Skeleton, Spacer } from "../../shared/layout";
import { visible } from "../../shared/text";
import { VirtualTable, type Column } from "../../shared/VirtualTable";
import styles from "../panels.module.css";
import { RestoreDialog } from "./RestoreDialog";

export function BackupsPanel() {
  const open = useOpenCase();
  const answer = useAnswer("backup.status", {});
  const busy = useJobs((state) => running(state.list).some((job) => job.kind.startsWith("backup")));
  const [chosen, setChosen] = useState<string | null>(null);
  const [restoring, setRestoring] = useState<{ handle: string; name: string } | null>(null);
  const columns = useMemo(backupColumns, []);
  const status = answer.data;
  const backups = status?.backups ?? [];
  const current = backups.find((backup) => backup.handle === chosen);
  const writable = open?.writable === true;

  const keep = (next: BackupStatusView) => {
    answers.setQueryData(keyOf("backup.status", {}), next);
    caseChanged();
  };
  const choose = async () => {
    try {
      const picked = await ask("shell.pickFolder", {});
      if (picked !== null) keep(await ask("backup.configure", { folder: picked.handle, automatic: status?.folder === null ? true : (status?.automatic ?? true) }));
    } catch (error) {
      complain(error);
    }
  };
  const automatic = async (on: boolean) => {
    try {
      keep(await ask("backup.configure", { automatic: on }));
    } catch (error) {
      complain(error);
    }
  };
  const run = (method: "run" | "test") => {
    const started = method === "run" ? ask("backup.run", {}) : ask("backup.test", { backup: current?.handle ?? "" });
    void started.then(undefined, complain);
  };
  const elsewhere = async () => {
    try {
      const picked = await ask("shell.pickFolder", {});
      if (picked !== null) setRestoring(picked);
    } catch (error) {
      complain(error);
    }
  };

  const dialog = restoring === null ? null : <RestoreDialog backup={restoring} onClose={() => setRestoring(null)} />;
  if (status !== undefined && status.folder === null) {
    return (
      <Panel id="backups" label={t("panel.backups")}>
        <Empty title={t("backups.none.title")} text={t("backups.none.text")}>
          <Button look="primary" disabled={!writable} data-testid="backup-folder" onClick={() => void choose()}>
            {t("backups.choose")}
          </Button>
          <Button data-testid="backup-elsewhere" onClick={() => void elsewhere()}>
            {t("backups.elsewhere")}
          </Button>
        </Empty>
        {dialog}
      </Panel>
    );
  }
  return (
    <Panel
      id="backups"
      label={t("panel.backups")}
      toolbar={
        <>
          <Button small look="primary" disabled={busy || !writable || status === undefined} data-testid="backup-run" onClick={() => run("run")}>
            {t(busy ? "backups.running" : "backups.run")}
          </Button>
          <Button small disabled={!writable} data-testid="backup-folder" onClick={() => void choose()}>
            {t("backups.folder.other")}
          </Button>
          <Button small data-testid="backup-elsewhere" onClick={() => void elsewhere()}>
            {t("backups.elsewhere")}
          </Button>
          <Spacer />
          <span className={styles.muted}>{status === undefined ? "" : t("backups.count", { count: count(backups.length) })}</span>
        </>
      }
    >
      <ErrorBox error={answer.error} />
      {answer.isPending ? <Skeleton rows={8} /> : null}
      {status === undefined ? null : (
        <>
          <section className={styles.headline} aria-label={t("backups.state")}>
            <p className={cx(styles.verdict, status.overdue ? styles.warn : styles.ok)} data-testid="backup-state">
              {status.overdue ? <CircleAlert size={16} aria-hidden /> : <CircleCheck size={16} aria-hidden />}
              <span>{visible(status.text)}</span>
            </p>
            <p className={styles.muted}>
              {status.last_success === null ? t("backups.last.none") : t("backups.last", { at: instant(status.last_success) })} · {t("backups.folder")} <Text value={status.folder ?? ""} longest={70} />
            </p>
            <Check label={t("backups.automatic")} hint={t("backups.automatic.hint")} checked={status.automatic} disabled={!writable} testId="backup-automatic" onCheck={(on) => void automatic(on)} />
          </section>
          {backups.length === 0 ? (
            <Empty title={t("backups.empty.title")} text={t("backups.empty.text")} />
          ) : (
            <VirtualTable label={t("panel.backups")} columns={columns} total={backups.length} row={(index) => backups[index]} idOf={(backup) => backup.handle} currentId={chosen ?? undefined} onCurrent={(backup) => setChosen(backup.handle)} rowTestId="backup-row" />
          )}
          {current === undefined ? null : (
            <section className={styles.strip} aria-label={t("backups.one")} data-testid="backup-detail">
              <div>
                <strong>{t("backups.made", { at: instant(current.at) })}</strong>
                <div className={cx(tone(current.state))}>{term("state", current.state)}{current.text === "" ? "" : `: ${visible(current.text)}`}</div>
              </div>
              <div className={styles.stripActs}>
                <Button small disabled={busy || current.state === "destroyed"} data-testid="backup-test" onClick={() => run("test")}>
                  {t("backups.test")}
                </Button>
                <Button small disabled={current.state === "destroyed"} data-testid="backup-restore" onClick={() => setRestoring({ handle: current.handle, name: instant(current.at) })}>
                  {t("backups.restore")}
                </Button>
              </div>
            </section>
          )}
        </>
      )}
      {dialog}
    </Panel>
  );
}

const tone = (state: string) => (state === "whole" ? styles.ok : state === "damaged" ? styles.bad : styles.muted);

function backupColumns(): Column<BackupView>[] {
  return [
    { id: "at", header: t("column.at"), cell: ({ row }) => instant(row.original.at), meta: { track: "132px", text: (each) => each.at } },
    { id: "kept", header: t("column.kept"), cell: ({ row }) => term("kept", row.original.kept_as), meta: { track: "96px", text: (each) => each.kept_as } },
    { id: "state", header: t("column.state"), cell: ({ row }) => <span className={tone(row.original.state)}>{term("state", row.original.state)}</span>, meta: { track: "118px", text: (each) => each.state } },
    { id: "text", header: t("column.tested"), cell: ({ row }) => <Text value={row.original.text} longest={90} />, meta: { spare: 3, track: "minmax(140px, 1fr)", text: (each) => visible(each.text) } },
    { id: "sources", header: t("column.sources"), cell: ({ row }) => count(row.original.sources), meta: { spare: 2, track: "76px", right: true, text: (each) => String(each.sources) } },
    { id: "observations", header: t("column.observations"), cell: ({ row }) => count(row.original.observations), meta: { spare: 1, track: "104px", right: true, text: (each) => String(each.observations) } },
    { id: "size", header: t("column.size"), cell: ({ row }) => size(row.original.size), meta: { track: "86px", right: true, text: (each) => String(each.size) } },
  ];
}
