/** The queue of pairs that people must judge: side by side, every reason, one key each. */
import { useState } from "react";

import { useAnswer } from "../../api/client";
import { step } from "../../domain/case/session";
import { KindMark } from "../../domain/entity/marks";
import { judge, type Verdict } from "../../domain/review/judge";
import { PairCard } from "../../domain/review/PairCard";
import { usePanelKeys, useWorkspace } from "../../domain/state/workspace";
import type { PairView } from "../../generated/api";
import { t } from "../../i18n";
import { Button, Input, Kbd, Text, Toggle } from "../../shared/controls";
import { count } from "../../shared/format";
import { Empty, ErrorBox, Panel, Skeleton, Spacer } from "../../shared/layout";
import styles from "../panels.module.css";

const idOf = (pair: PairView) => `${pair.left.id}:${pair.right.id}`;

export function ReviewPanel() {
  const [all, setAll] = useState(false);
  const [later, setLater] = useState<ReadonlySet<string>>(new Set());
  const [judged, setJudged] = useState<ReadonlySet<string>>(new Set());
  const [chosen, setChosen] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const answer = useAnswer("review.page", { decisions: all ? [] : ["review"], offset: 0, limit: 200 }, { keep: true });
  const pairs = answer.data?.pairs ?? [];
  // A pair put off waits behind the others; one judged leaves at once, before the case has fused again.
  const waiting = all ? pairs : pairs.filter((pair) => !judged.has(idOf(pair)));
  const queue = [...waiting.filter((pair) => !later.has(idOf(pair))), ...waiting.filter((pair) => later.has(idOf(pair)))];
  const current = queue.find((pair) => idOf(pair) === chosen) ?? queue[0];

  const next = () => {
    const at = current === undefined ? -1 : queue.indexOf(current);
    const following = queue[at + 1] ?? queue[0];
    setChosen(following === undefined || following === current ? null : idOf(following));
    setReason("");
  };
  const decide = (verdict: Verdict) => {
    if (current === undefined) return;
    const id = idOf(current);
    next();
    setJudged(new Set([...judged, id]));
    void judge(current.left.id, current.right.id, verdict, reason.trim() || t("review.unsaid")).then((done) => {
      if (!done) setJudged((before) => new Set([...before].filter((each) => each !== id)));
    });
  };
  const putOff = () => {
    if (current === undefined) return;
    next();
    setLater(new Set([...later, idOf(current)]));
  };
  const undo = () => {
    setJudged(new Set());
    void step("undo");
  };
  const move = (by: number) => {
    const at = current === undefined ? 0 : queue.indexOf(current);
    const other = queue[Math.max(0, Math.min(queue.length - 1, at + by))];
    if (other !== undefined) setChosen(idOf(other));
  };
  usePanelKeys("review", { y: () => decide("same"), n: () => decide("different"), l: putOff, arrowdown: () => move(1), arrowup: () => move(-1) });

  return (
    <Panel
      id="review"
      label={t("panel.review")}
      toolbar={
        <>
          <Toggle pressed={!all} onClick={() => setAll(false)}>
            {t("review.open")}
          </Toggle>
          <Toggle pressed={all} onClick={() => setAll(true)}>
            {t("review.all")}
          </Toggle>
          <Spacer />
          <span className={styles.muted} data-testid="review-count">
            {answer.data === undefined ? "" : t("review.count", { count: count(all ? answer.data.total : Math.max(0, answer.data.total - judged.size)) })}
          </span>
        </>
      }
    >
      <ErrorBox error={answer.error} />
      {answer.isPending ? <Skeleton rows={10} /> : null}
      {answer.data !== undefined && current === undefined ? (
        <Empty title={t("review.empty.title")} text={t("review.empty.text")}>
          <Button onClick={() => setAll(true)}>{t("review.all")}</Button>
          <Button onClick={() => useWorkspace.getState().open("entities")}>{t("panel.entities")}</Button>
        </Empty>
      ) : null}
      {current === undefined ? null : (
        <div className={styles.two}>
          <div className={styles.list} role="group" aria-label={t("review.queue")}>
            {queue.map((pair) => (
              <button key={idOf(pair)} type="button" className={styles.choice} aria-current={pair === current} data-testid="review-pair" onClick={() => setChosen(idOf(pair))}>
                <span style={{ display: "flex", gap: 6, alignItems: "center", minWidth: 0 }}>
                  <KindMark kind={pair.left.kind} size={14} />
                  <Text value={pair.left.label} longest={30} />
                </span>
                <span style={{ display: "flex", gap: 6, alignItems: "center", minWidth: 0 }}>
                  <KindMark kind={pair.right.kind} size={14} />
                  <Text value={pair.right.label} longest={30} />
                </span>
                <span className={`${styles.muted} ${styles.small}`}>
                  {(pair.probability * 100).toFixed(1)} %{later.has(idOf(pair)) ? ` · ${t("review.later")}` : ""}
                </span>
              </button>
            ))}
          </div>
          <div className={styles.detail}>
            <div className={styles.scroll} tabIndex={0} role="group" aria-label={t("review.pair")} key={idOf(current)}>
              <PairCard pair={current} />
            </div>
            <div className={styles.acts}>
              <Button look="primary" data-testid="judge-same" onClick={() => decide("same")}>
                {t("review.same")} <Kbd>Y</Kbd>
              </Button>
              <Button data-testid="judge-different" onClick={() => decide("different")}>
                {t("review.different")} <Kbd>N</Kbd>
              </Button>
              <Button data-testid="judge-later" onClick={putOff}>
                {t("review.putOff")} <Kbd>L</Kbd>
              </Button>
              <Input aria-label={t("reason")} placeholder={t("review.reason")} value={reason} style={{ flex: 1 }} onChange={(event) => setReason(event.target.value)} />
              <Button look="quiet" onClick={undo}>
                {t("undo")}
              </Button>
            </div>
          </div>
        </div>
      )}
    </Panel>
  );
}
