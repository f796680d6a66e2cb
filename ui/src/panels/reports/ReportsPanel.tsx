/**
 * The report as it would be handed over, and every way to write it or the case into a file.
 *
 * The preview stands in a frame without scripts, origin or forms. A marking must be chosen first; writing asks for a reason.
 */
import { X } from "lucide-react";
import { useState } from "react";

import { ask, caseChanged, useAnswer } from "../../api/client";
import { EntityPicker } from "../../domain/entity/EntityPicker";
import { EntityLink, TLP_MARKS, TlpMark } from "../../domain/entity/marks";
import { useReport } from "../../domain/state/report";
import type { ExporterView, ExportRunView } from "../../generated/api";
import { t } from "../../i18n";
import { toRpcError, type RpcError } from "../../platform";
import { Button, IconButton } from "../../shared/controls";
import { cx, size } from "../../shared/format";
import { Empty, ErrorBox, Panel, Skeleton } from "../../shared/layout";
import { ReasonDialog } from "../../shared/ReasonDialog";
import { visible } from "../../shared/text";
import styles from "../panels.module.css";

export function ReportsPanel() {
  const { entities, tlp, add, remove, mark } = useReport();
  const [picking, setPicking] = useState(false);
  const [exporting, setExporting] = useState<ExporterView | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<RpcError | null>(null);
  const [written, setWritten] = useState<ExportRunView | null>(null);
  const formats = useAnswer("format.list", {});
  const ids = entities.map((entity) => entity.id);
  const preview = useAnswer("report.preview", { entities: ids, tlp }, { when: tlp !== "", keep: true });

  const write = async (reason: string, choosePlace: boolean) => {
    if (exporting === null) return;
    setBusy(true);
    try {
      const place = choosePlace ? await ask("shell.pickSave", { suggested: `report.${exporting.extension}` }) : null;
      // Who closes the save dialog has changed their mind: nothing is written anywhere.
      if (choosePlace && place === null) return;
      setWritten(await ask("export.run", { format: exporting.id, entities: ids, tlp, reason, ...(place === null ? {} : { place: place.handle }) }));
      setExporting(null);
      setError(null);
      caseChanged();
    } catch (failure) {
      setError(toRpcError(failure));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Panel id="reports" label={t("panel.reports")}>
      <div className={styles.two}>
        <div className={styles.side}>
          <section className={styles.stack}>
            <h2 className={styles.title}>{t("report.tlp")}</h2>
            <div role="radiogroup" aria-label={t("report.tlp")} style={{ display: "flex", flexWrap: "wrap", gap: 2, paddingTop: 4 }}>
              {TLP_MARKS.map((each) => (
                <button
                  key={each}
                  type="button"
                  role="radio"
                  aria-checked={tlp === each}
                  data-testid={`tlp-${each}`}
                  onClick={() => mark(each)}
                  className={styles.marking}
                >
                  <TlpMark tlp={each} large />
                </button>
              ))}
            </div>
          </section>
          <section className={styles.stack}>
            <h2 className={styles.title}>
              {t("report.about")}
              <Button small look="quiet" onClick={() => setPicking(!picking)}>
                {t(picking ? "close" : "report.choose")}
              </Button>
            </h2>
            {entities.length === 0 ? <p className={styles.muted}>{t("report.whole")}</p> : null}
            {entities.map((entity) => (
              <div key={entity.id} className={styles.line}>
                <span className={styles.grow}>
                  <EntityLink entity={entity} longest={26} />
                </span>
                <IconButton small label={t("report.remove", { label: visible(entity.label) })} onClick={() => remove(entity.id)}>
                  <X size={13} aria-hidden />
                </IconButton>
              </div>
            ))}
            {picking ? <EntityPicker label={t("report.add")} chosen={null} onChoose={add} /> : null}
          </section>
          <section className={styles.stack}>
            <h2 className={styles.title}>{t("report.write")}</h2>
            <ErrorBox error={formats.error} />
            {(formats.data?.exporters ?? []).map((exporter) => (
              <div key={exporter.id} className={styles.line}>
                <span className={styles.grow}>
                  {visible(exporter.label)}
                  <div className={cx(styles.muted, styles.small)}>{visible(exporter.description)}</div>
                </span>
                <Button small disabled={tlp === ""} data-testid={`export-${exporter.id}`} onClick={() => setExporting(exporter)}>
                  .{exporter.extension}
                </Button>
              </div>
            ))}
            {written === null ? null : (
              <div role="status" data-testid="export-written" className={styles.small}>
                <p className={styles.ok}>{t("report.written", { path: visible(written.path), size: size(written.size) })}</p>
                <p className={styles.mono} style={{ overflowWrap: "anywhere" }}>
                  SHA-256 {written.sha256}
                </p>
              </div>
            )}
          </section>
        </div>
        <div className={styles.detail}>
          <ErrorBox error={preview.error} />
          {tlp === "" ? (
            <Empty title={t("report.empty.title")} text={t("report.empty.text")} />
          ) : preview.data === undefined ? (
            preview.error === null ? (
              <Skeleton rows={16} />
            ) : null
          ) : (
            <iframe title={t("report.preview")} className={styles.frame} sandbox="" srcDoc={preview.data.html} data-testid="report-preview" referrerPolicy="no-referrer" />
          )}
        </div>
      </div>
      {exporting === null ? null : (
        <ReasonDialog
          open
          title={t("report.export", { label: visible(exporting.label) })}
          consequence={t("report.consequence", { tlp })}
          act={t("report.export.act")}
          busy={busy}
          error={error}
          onClose={() => setExporting(null)}
          onReason={(reason) => void write(reason, false)}
          other={{ label: t("report.export.place"), act: (reason) => void write(reason, true) }}
        />
      )}
    </Panel>
  );
}
