/** What to look at first: who stands out, what was found, where time is odd. */
import { useAnswer } from "../../api/client";
import { pickFiles } from "../../domain/case/session";
import { ConfidenceMark, EntityLink, KindMark, RiskMark } from "../../domain/entity/marks";
import { Finding } from "../../domain/evidence/Proof";
import { useFilters } from "../../domain/state/filters";
import { useWorkspace } from "../../domain/state/workspace";
import type { EntityRowView } from "../../generated/api";
import { t, term } from "../../i18n";
import { Button, Toggle } from "../../shared/controls";
import { count, day } from "../../shared/format";
import { Body, Empty, ErrorBox, Panel, Skeleton } from "../../shared/layout";
import { visible } from "../../shared/text";
import styles from "../panels.module.css";

function Ranking({ title, rows }: { title: string; rows: EntityRowView[] }) {
  if (rows.length === 0) return null;
  return (
    <section className={styles.block}>
      <h2 className={styles.title}>{title}</h2>
      {rows.map((row) => (
        <div key={row.id} className={styles.line}>
          <span className={styles.grow}>
            <EntityLink entity={row} longest={36} />
          </span>
          <ConfidenceMark value={row.confidence} />
          <RiskMark level={row.risk_level} value={row.risk} />
        </div>
      ))}
    </section>
  );
}

export function OverviewPanel() {
  const answer = useAnswer("case.overview", {});
  const open = useWorkspace((state) => state.open);
  const view = answer.data;
  const showKind = (kind: string) => {
    useFilters.getState().set({ kinds: [kind] });
    open("entities");
  };
  return (
    <Panel id="overview" label={t("panel.overview")}>
      <ErrorBox error={answer.error} />
      {answer.isPending ? <Skeleton rows={12} /> : null}
      {view === undefined ? null : view.kinds.length === 0 ? (
        <Empty title={t("overview.empty.title")} text={t("overview.empty.text")}>
          <Button look="primary" onClick={() => void pickFiles()}>
            {t("evidence.add")}
          </Button>
        </Empty>
      ) : (
        <Body>
          <div className={styles.columns}>
            <section className={styles.block} style={{ gridColumn: "1 / -1" }}>
              <div style={{ display: "flex", flexWrap: "wrap", gap: 6 }}>
                {view.kinds.map((each) => (
                  <Toggle key={each.kind} pressed={false} onClick={() => showKind(each.kind)}>
                    <KindMark kind={each.kind} size={14} />
                    {term("kind", each.kind)} {count(each.count)}
                  </Toggle>
                ))}
              </div>
            </section>
            <Ranking title={t("overview.risk")} rows={view.top_risk} />
            <Ranking title={t("overview.influence")} rows={view.top_influence} />
            <section className={styles.block}>
              <h2 className={styles.title}>{t("findings")}</h2>
              {view.findings.length === 0 ? <p className={styles.muted}>{t("overview.noFindings")}</p> : null}
              {view.findings.map((finding) => (
                <Finding key={finding.id} finding={finding}>
                  {finding.entity === null ? null : <EntityLink entity={finding.entity} longest={36} />}
                </Finding>
              ))}
            </section>
            <section className={styles.block}>
              <h2 className={styles.title}>
                {t("overview.patterns")}
                <Button small look="quiet" onClick={() => open("timeline")}>
                  {t("panel.timeline")}
                </Button>
              </h2>
              {view.patterns.length === 0 ? <p className={styles.muted}>{t("timeline.noPatterns")}</p> : null}
              {view.patterns.map((pattern, index) => (
                <div key={`${pattern.start}-${index}`} className={styles.line}>
                  <span className={styles.mono}>
                    {day(pattern.start)} – {day(pattern.end)}
                  </span>
                  <span className={styles.grow}>{visible(pattern.text)}</span>
                </div>
              ))}
              {view.notes.map((note) => (
                <p key={note} className={styles.line}>
                  {visible(note)}
                </p>
              ))}
            </section>
          </div>
        </Body>
      )}
    </Panel>
  );
}
