/** The profile of the shared selection: scores first, each with its proof; then all that is known, in groups. */
import { ArrowLeft } from "lucide-react";

import { useAnswer } from "../../api/client";
import { EntityMenu } from "../../domain/entity/EntityActions";
import { ConfidenceMark, KindMark, RiskMark } from "../../domain/entity/marks";
import { MovedNote } from "../../domain/entity/MovedNote";
import { ConfidenceProof, Figure, Flip, RiskProof } from "../../domain/evidence/Proof";
import { useSelection } from "../../domain/state/selection";
import type { EntityView } from "../../generated/api";
import { t, term } from "../../i18n";
import { IconButton, Text } from "../../shared/controls";
import { Empty, ErrorBox, Skeleton } from "../../shared/layout";
import styles from "./inspector.module.css";
import { Notes } from "./Notes";
import { ProfileSections } from "./ProfileSections";
import { Tags } from "./Tags";

export function Inspector() {
  const current = useSelection((state) => state.current);
  const past = useSelection((state) => state.past);
  const back = useSelection((state) => state.back);
  const followed = useSelection((state) => state.followed);
  const answer = useAnswer("entity.get", { id: current?.id ?? "" }, { when: current !== null });

  if (current === null) {
    return (
      <aside className={styles.frame} aria-label={t("inspector")}>
        <Empty title={t("inspector.empty.title")} text={t("inspector.empty.text")} />
      </aside>
    );
  }
  // A profile that cannot be had now (it was another one at the time that is looked back to) must not be shown from before.
  const view = answer.error === null ? answer.data : undefined;
  const entity = view?.entity ?? current;
  return (
    <aside className={styles.frame} aria-label={t("inspector")} tabIndex={-1}>
      <header className={styles.head}>
        <div className={styles.titleRow}>
          <KindMark kind={entity.kind} size={22} />
          <h2 className={styles.title} data-testid="inspector-title">
            <Text value={entity.label} longest={120} />
          </h2>
          {past.length === 0 ? null : (
            <IconButton label={t("back")} onClick={back}>
              <ArrowLeft size={16} aria-hidden />
            </IconButton>
          )}
          <EntityMenu entity={entity} />
        </div>
        <p className={styles.sub}>
          {term("kind", entity.kind)}
          {view === undefined ? "" : ` · ${t("sources.count", { count: view.sources.length })} · ${t("records.count", { count: view.records.length })}`}
        </p>
        {view === undefined ? null : (
          <p className={styles.summary} data-testid="inspector-summary">
            {summary(view)}
          </p>
        )}
        {followed === null ? null : <MovedNote moved={followed.moved} label={followed.label} here={entity.id} />}
        {view?.moved?.how === "left" ? <MovedNote moved={view.moved} label={null} here={entity.id} /> : null}
        {answer.error === null ? <Tags key={entity.id} entity={entity.id} /> : null}
      </header>
      <div className={styles.body} tabIndex={0} role="group" aria-label={t("profile")} key={entity.id}>
        {answer.error?.code === "not-found" ? <Empty title={t("inspector.gone.title")} text={t("inspector.gone.text")} /> : <ErrorBox error={answer.error} />}
        {view === undefined ? (
          answer.error === null ? (
            <Skeleton rows={14} />
          ) : null
        ) : (
          <>
            <div className={styles.figures}>
              <Figure label={t("confidence")} lead={t("confidence")} testId="open-confidence" figure={<ConfidenceMark value={view.confidence.score} low={view.confidence.low} high={view.confidence.high} words />}>
                <ConfidenceProof confidence={view.confidence} />
              </Figure>
              <Figure label={t("risk")} lead={t("risk")} testId="open-risk" figure={<RiskMark level={view.risk.level} value={view.risk.score} word />} note={view.risk.flip === null ? null : <Flip text={view.risk.flip.text} />}>
                <RiskProof risk={view.risk} />
              </Figure>
            </div>
            <ProfileSections view={view} />
            <Notes entity={entity.id} />
          </>
        )}
      </div>
    </aside>
  );
}

/** Says in one line how much is known. */
function summary(view: EntityView): string {
  const accounts = view.relations.filter((relation) => relation.other.kind === "account").length;
  return t("profile.summary", { accounts, relations: view.relations.length, events: view.events.length, findings: view.findings.length });
}
