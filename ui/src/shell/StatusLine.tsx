/** How large the case is, under which revision, what is at work, what happened last; details in a tray above it. */
import { ChevronUp, X } from "lucide-react";
import { useState } from "react";

import { ask } from "../api/client";
import { fuse } from "../domain/case/session";
import { running, useJobs } from "../domain/state/jobs";
import { complain, useNotices } from "../domain/state/notices";
import { useWorkspace } from "../domain/state/workspace";
import type { JobEvent, OpenCaseView } from "../generated/api";
import { t, term } from "../i18n";
import { Button, IconButton, Meter } from "../shared/controls";
import { count, cx, short } from "../shared/format";
import { elide, visible } from "../shared/text";
import styles from "./shell.module.css";

const jobName = (job: JobEvent): string => term("job", job.kind);

export function StatusLine({ open }: { open: OpenCaseView }) {
  const jobs = useJobs((state) => state.list);
  const notice = useNotices((state) => state.list[0]);
  const [tray, setTray] = useState(false);
  const atWork = running(jobs);
  const job = atWork[0];
  return (
    <footer className={styles.status} data-testid="status-line" aria-label={t("status")}>
      {tray ? <Tray jobs={jobs} onClose={() => setTray(false)} /> : null}
      <span>{t("status.counts", { entities: count(open.entities), relations: count(open.relations), events: count(open.events), sources: count(open.sources) })}</span>
      <span className={styles.statusLine} />
      {open.revision === "" ? (
        <span>{t("status.unfused")}</span>
      ) : (
        <span title={open.revision}>
          {t("status.revision")} <code className={styles.code}>{short(open.revision)}</code>
        </span>
      )}
      {open.stale && job === undefined ? (
        <button type="button" className={styles.stale} onClick={() => void fuse()}>
          {t("status.stale")}
        </button>
      ) : null}
      {open.backup_alert === "" ? null : (
        <button type="button" className={styles.stale} title={visible(open.backup_alert)} data-testid="backup-alert" onClick={() => useWorkspace.getState().open("backups")}>
          {elide(visible(open.backup_alert), 60)}
        </button>
      )}
      <span className={styles.statusGrow} aria-live="polite">
        {notice === undefined ? null : (
          <span className={cx(styles.notice, notice.tone === "bad" && styles.noticeBad)} title={visible(`${notice.text} ${notice.hint}`)}>
            {visible(notice.text)}
          </span>
        )}
      </span>
      {job === undefined ? null : <Running job={job} />}
      <Button small look="quiet" aria-expanded={tray} data-testid="tray" onClick={() => setTray(!tray)}>
        {t("tray", { count: jobs.length })}
        <ChevronUp size={12} aria-hidden />
      </Button>
    </footer>
  );
}

function Running({ job }: { job: JobEvent }) {
  const cancel = async () => {
    try {
      const list = await ask("job.cancel", { job: job.job });
      useJobs.getState().replace(list.jobs);
    } catch (error) {
      complain(error);
    }
  };
  return (
    <span className={styles.job} data-testid="job-running">
      <span>
        {jobName(job)} {visible(elide(job.text, 40))}
      </span>
      <span className={styles.jobBar}>
        <Meter share={job.total === 0 ? 0 : job.done / job.total} label={jobName(job)} />
      </span>
      <span className={styles.jobShare}>{job.total === 0 ? "…" : `${Math.floor((job.done / job.total) * 100)} %`}</span>
      <IconButton small label={t("job.cancel")} data-testid="job-cancel" onClick={() => void cancel()}>
        <X size={13} aria-hidden />
      </IconButton>
    </span>
  );
}

function Tray({ jobs, onClose }: { jobs: JobEvent[]; onClose: () => void }) {
  const notices = useNotices((state) => state.list);
  return (
    <section className={styles.tray} aria-label={t("tray.title")}>
      <header className={styles.trayHead}>
        <h2>{t("tray.title")}</h2>
        <IconButton small label={t("close")} onClick={onClose}>
          <X size={14} aria-hidden />
        </IconButton>
      </header>
      <div className={styles.trayBody}>
        {jobs.length === 0 && notices.length === 0 ? <p className={styles.trayNone}>{t("tray.none")}</p> : null}
        {jobs.map((job) => (
          <div key={job.job} className={styles.trayItem}>
            <span className={styles.trayName}>
              {jobName(job)} {job.job}
            </span>
            <span className={cx(job.state === "failed" && styles.noticeBad)}>
              {term("state", job.state)}
              {job.text === "" ? "" : ` — ${visible(job.text)}`}
              {job.error === null ? "" : ` — ${visible(job.error.message)} ${visible(job.error.hint)}`}
            </span>
            {job.import === null ? null : (
              <Button
                small
                look="quiet"
                onClick={() => {
                  useWorkspace.getState().open("import");
                  onClose();
                }}
              >
                {t("tray.outcome")}
              </Button>
            )}
          </div>
        ))}
        {notices.map((notice) => (
          <div key={notice.number} className={styles.trayItem}>
            <span className={styles.trayName}>{notice.code}</span>
            <span className={cx(notice.tone === "bad" && styles.noticeBad)}>
              {visible(notice.text)} {visible(notice.hint)}
            </span>
          </div>
        ))}
      </div>
    </section>
  );
}
