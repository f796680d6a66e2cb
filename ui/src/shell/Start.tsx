/** The start screen: three doors, and the cases opened before. */
import { FilePlus2, FolderOpen, Lock, Play } from "lucide-react";
import { useEffect, useState } from "react";

import { openSample } from "../domain/case/session";
import { useImports } from "../domain/state/imports";
import { complain, useNotices } from "../domain/state/notices";
import type { CaseStatusView } from "../generated/api";
import { ask } from "../api/client";
import { t } from "../i18n";
import { RestoreDialog } from "../panels/backups/RestoreDialog";
import { ReceiveDialog } from "../panels/share/ReceiveDialog";
import { Button, Text } from "../shared/controls";
import { ErrorBox } from "../shared/layout";
import { CreateDialog } from "./CreateDialog";
import { Mark } from "./Mark";
import styles from "./start.module.css";
import { UnlockDialog } from "./UnlockDialog";

/** What the shell wrote into the address: the door it was started for (`sample`, or the handle of a case), or why the case was locked (`locked=unused&minutes=10`, `slept`, `screen`, `asked`). */
function fromAddress(): { door: string | null; locked: string | null } {
  const said = new URLSearchParams(window.location.hash.slice(1));
  const door = said.get("open");
  const reason = said.get("locked");
  if (door !== null || reason !== null) window.history.replaceState(null, "", `${window.location.pathname}${window.location.search}`);
  return { door, locked: reason === null ? null : lockedBecause(reason, Number(said.get("minutes"))) };
}

function lockedBecause(reason: string, minutes: number): string {
  if (reason === "unused" && minutes > 0) return t("locked.idle", { minutes });
  if (reason === "screen") return t("locked.screen");
  return t(reason === "slept" ? "locked.suspend" : "locked.asked");
}

export interface CaseDoor {
  handle: string;
  name: string;
}

export function Start({ status }: { status: CaseStatusView }) {
  const files = useImports((state) => state.files);
  const notices = useNotices((state) => state.list);
  const [creating, setCreating] = useState(false);
  const [unlocking, setUnlocking] = useState<CaseDoor | null>(null);
  const [other, setOther] = useState<"receive" | { handle: string; name: string } | null>(null);
  const [locked, setLocked] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const wrong = notices.find((notice) => notice.tone === "bad");

  const sample = async () => {
    setBusy(true);
    try {
      await openSample();
    } catch (error) {
      complain(error);
      setBusy(false);
    }
  };
  useEffect(() => {
    const { door, locked: because } = fromAddress();
    if (because !== null) setLocked(because);
    if (door === "sample") void sample();
    else if (door !== null) setUnlocking({ handle: door, name: t("unlock.named") });
    // Only what the program was started with counts, and only once.
  }, []);
  const folder = async () => {
    try {
      const picked = await ask("shell.pickFolder", {});
      if (picked !== null) setUnlocking(picked);
    } catch (error) {
      complain(error);
    }
  };
  const backup = async () => {
    try {
      const picked = await ask("shell.pickFolder", {});
      if (picked !== null) setOther(picked);
    } catch (error) {
      complain(error);
    }
  };
  const pick = async () => {
    try {
      const picked = await ask("shell.pickFiles", {});
      if (picked.handles.length === 0) return;
      useImports.getState().add(picked.handles);
      setCreating(true);
    } catch (error) {
      complain(error);
    }
  };

  return (
    <main className={styles.frame}>
      <div className={styles.column}>
        <header className={styles.head}>
          <Mark size={34} />
          <div>
            <h1 className={styles.name}>Fusion Workbench</h1>
            <p className={styles.promise}>{t("start.promise")}</p>
          </div>
        </header>
        {locked === null ? null : (
          <p className={styles.locked} role="status" data-testid="locked-because">
            <Lock size={14} aria-hidden />
            {locked}
          </p>
        )}
        {wrong === undefined ? null : <ErrorBox error={{ message: wrong.text, hint: wrong.hint, code: wrong.code }} />}
        {files.length === 0 ? null : (
          <p className={styles.waiting} role="status">
            {t("start.waiting", { count: files.length })}{" "}
            <Button small onClick={() => useImports.getState().clear()}>
              {t("start.waiting.drop")}
            </Button>
          </p>
        )}
        <ul className={styles.doors}>
          <Door icon={<Play size={18} aria-hidden />} title={t("start.sample")} text={t("start.sample.text")} act={t("start.sample.act")} testId="start-sample" busy={busy} onOpen={() => void sample()} />
          <Door icon={<FilePlus2 size={18} aria-hidden />} title={t("start.create")} text={t("start.create.text")} act={t("start.create.act")} testId="start-create" main onOpen={() => setCreating(true)} />
          <Door icon={<FolderOpen size={18} aria-hidden />} title={t("start.files")} text={t("start.files.text")} act={t("start.files.act")} testId="start-files" onOpen={() => void pick()} />
        </ul>
        <section aria-label={t("start.recent")}>
          <div className={styles.recentHead}>
            <h2 className={styles.recentTitle}>{t("start.recent")}</h2>
            <span className={styles.recentActs}>
              <Button small look="quiet" data-testid="start-open" onClick={() => void folder()}>
                {t("start.open")}
              </Button>
              <Button small look="quiet" data-testid="start-restore" onClick={() => void backup()}>
                {t("backups.elsewhere")}
              </Button>
              <Button small look="quiet" data-testid="start-receive" onClick={() => setOther("receive")}>
                {t("receive.start")}
              </Button>
            </span>
          </div>
          {status.recent.length === 0 ? (
            <p className={styles.none}>{t("start.recent.none", { folder: status.default_folder })}</p>
          ) : (
            <ul className={styles.recent}>
              {status.recent.map((each) => (
                <li key={each.handle}>
                  <button type="button" className={styles.recentItem} disabled={!each.present} data-testid="recent-case" onClick={() => setUnlocking(each)}>
                    <Text value={each.name} longest={80} />
                    <span className={styles.recentState}>{each.present ? "" : t("start.recent.gone")}</span>
                  </button>
                </li>
              ))}
            </ul>
          )}
        </section>
        <footer className={styles.foot}>
          {t("start.foot", { version: status.version })}
        </footer>
      </div>
      {creating ? <CreateDialog status={status} onClose={() => setCreating(false)} /> : null}
      {other === "receive" ? <ReceiveDialog onClose={() => setOther(null)} /> : null}
      {other === null || other === "receive" ? null : <RestoreDialog backup={other} onClose={() => setOther(null)} />}
      {unlocking === null ? null : <UnlockDialog door={unlocking} keyring={status.keyring} onClose={() => setUnlocking(null)} />}
    </main>
  );
}

interface DoorProps {
  icon: React.ReactNode;
  title: string;
  text: string;
  act: string;
  testId: string;
  main?: boolean;
  busy?: boolean;
  onOpen: () => void;
}

function Door({ icon, title, text, act, testId, main = false, busy = false, onOpen }: DoorProps) {
  return (
    <li className={styles.door}>
      <span className={styles.doorIcon}>{icon}</span>
      <div className={styles.doorText}>
        <h2 className={styles.doorTitle}>{title}</h2>
        <p>{text}</p>
      </div>
      <Button look={main ? "primary" : "plain"} disabled={busy} data-testid={testId} onClick={onOpen}>
        {act}
      </Button>
    </li>
  );
}
