/**
 * How an entity came to be: its joins in the order of their strength, and what people and imports did to it.
 *
 * Every join opens its sum and, asked for, what would part it again; every operation opens what it did.
 */
import { useState } from "react";

import { useAnswer } from "../../api/client";
import type { EntityRefView, FormerView, JoinView, OperationView } from "../../generated/api";
import { t, term } from "../../i18n";
import { Button, Text } from "../../shared/controls";
import { count, cx, instant } from "../../shared/format";
import { Dialog, DialogActs, ErrorBox, Skeleton } from "../../shared/layout";
import { visible } from "../../shared/text";
import { PairCard } from "../review/PairCard";
import { useWorkspace } from "../state/workspace";
import { MovedNote } from "./MovedNote";
import styles from "./history.module.css";

/** Former ids shown at first. */
const FEW = 5;

export function EntityHistory({ entity }: { entity: EntityRefView }) {
  const answer = useAnswer("entity.history", { id: entity.id });
  const [open, setOpen] = useState<JoinView | null>(null);
  const { data } = answer;
  if (data === undefined) {
    return (
      <>
        <ErrorBox error={answer.error} />
        {answer.isPending ? <Skeleton rows={4} /> : null}
      </>
    );
  }
  return (
    <div className={styles.history} data-testid="entity-history">
      <h4 className={styles.heading}>{t("history.joins")}</h4>
      {data.joins.length === 0 ? <p className={styles.muted}>{t(data.records === 1 ? "history.single" : "history.noJoin")}</p> : null}
      <ol className={styles.list}>
        {data.joins.map((join) => (
          <li key={`${join.pair.left.id}:${join.pair.right.id}`}>
            <button type="button" className={styles.row} data-testid="history-join" onClick={() => setOpen(join)}>
              <span className={styles.line}>
                <span className={styles.sum}>
                  {join.left_records} + {join.right_records}
                </span>
                <span className={styles.names}>
                  <Text value={join.pair.left.label} longest={26} /> = <Text value={join.pair.right.label} longest={26} />
                </span>
                <span className={styles.share}>{(join.pair.probability * 100).toFixed(1)} %</span>
              </span>
              <span className={styles.muted}>{join.pair.decision === "judged-same" ? term("state", "judged-same") : visible(join.pair.why)}</span>
            </button>
          </li>
        ))}
      </ol>
      {data.joins_total > data.joins.length ? <p className={styles.muted}>{t("tuning.more", { count: count(data.joins_total - data.joins.length) })}</p> : null}
      {data.held_by_all > 0 && data.joins.length > 0 ? <p className={styles.muted}>{t("history.heldByAll", { count: count(data.held_by_all) })}</p> : null}

      {(data.formers ?? []).length === 0 ? null : <Formers formers={data.formers ?? []} />}
      {data.moved === undefined ? null : <MovedNote moved={data.moved} label={null} here={entity.id} />}

      <h4 className={styles.heading}>{t("history.done")}</h4>
      {data.operations.length === 0 ? <p className={styles.muted}>{t("history.untouched")}</p> : null}
      <ul className={styles.list}>
        {data.operations.map((operation) => (
          <Operation key={operation.id} operation={operation} />
        ))}
      </ul>
      {data.operations_total > data.operations.length ? <p className={styles.muted}>{t("tuning.more", { count: count(data.operations_total - data.operations.length) })}</p> : null}
      {open === null ? null : <JoinDialog join={open} onClose={() => setOpen(null)} />}
    </div>
  );
}

/** Former entities whose records came here: their ids still lead to this one. */
function Formers({ formers }: { formers: FormerView[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? formers : formers.slice(0, FEW);
  return (
    <ul className={styles.list} data-testid="history-formers">
      {shown.map((former) => (
        <li key={former.id} className={styles.former}>
          {t("history.former", { id: former.id.slice(0, 12), count: former.records })}
        </li>
      ))}
      {shown.length < formers.length ? (
        <li>
          <Button small look="quiet" onClick={() => setAll(true)}>
            {t("tuning.more", { count: count(formers.length - shown.length) })}
          </Button>
        </li>
      ) : null}
    </ul>
  );
}

/** One operation; opened, it says by whom and whether it still stands, and leads to the place where it can be taken back. */
function Operation({ operation }: { operation: OperationView }) {
  const [open, setOpen] = useState(false);
  return (
    <li>
      <button type="button" className={cx(styles.row, operation.retracted && styles.retracted)} aria-expanded={open} data-testid="history-operation" onClick={() => setOpen(!open)}>
        <span className={styles.line}>
          <span className={styles.sum}>{instant(operation.at).slice(0, 10)}</span>
          <span className={styles.names}>{visible(operation.text)}</span>
        </span>
      </button>
      {open ? (
        <div className={styles.opened}>
          <p>
            {term("operation", operation.kind)} · {visible(operation.author)} · {instant(operation.at)}
            {operation.retracted ? ` · ${t("history.retracted")}` : ""}
          </p>
          {operation.conflict === "" ? null : <p>{visible(operation.conflict)}</p>}
          <Button small onClick={() => useWorkspace.getState().open(operation.kind === "import" ? "evidence" : "custody")}>
            {t(operation.kind === "import" ? "panel.evidence" : "panel.custody")}
          </Button>
        </div>
      ) : null}
    </li>
  );
}

function JoinDialog({ join, onClose }: { join: JoinView; onClose: () => void }) {
  const [asked, setAsked] = useState(false);
  const { left, right } = join.pair;
  const answer = useAnswer("review.explain", { left: left.id, right: right.id }, { when: asked });
  return (
    <Dialog open onClose={onClose} wide title={t("history.join.title", { left: join.left_records, right: join.right_records })} text={t("history.join.text")}>
      <PairCard pair={join.pair} />
      <ErrorBox error={answer.error} />
      {asked && answer.isPending ? <Skeleton rows={2} /> : null}
      {answer.data === undefined ? null : (
        <div data-testid="would-change">
          <h4 className={styles.heading}>{t("history.unmerge")}</h4>
          <ul className={styles.words}>
            {answer.data.would_change.map((text) => (
              <li key={text}>{visible(text)}</li>
            ))}
          </ul>
        </div>
      )}
      <DialogActs>
        <Button disabled={asked} data-testid="ask-unmerge" onClick={() => setAsked(true)}>
          {t("history.unmerge.ask")}
        </Button>
        <Button onClick={onClose}>{t("close")}</Button>
      </DialogActs>
    </Dialog>
  );
}
