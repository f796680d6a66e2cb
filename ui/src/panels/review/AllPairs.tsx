/** Every pair that the engine kept, strongest first, whatever became of it; a verdict can be given on any. */
import { useState } from "react";

import { useAnswer } from "../../api/client";
import { useOpenCase } from "../../domain/case/session";
import { KindMark } from "../../domain/entity/marks";
import { decidePair, type Verdict } from "../../domain/review/judge";
import { PairCard } from "../../domain/review/PairCard";
import { idOf } from "../../domain/review/queue";
import { usePanelKeys } from "../../domain/state/workspace";
import { t, term } from "../../i18n";
import { Button, Kbd, Text } from "../../shared/controls";
import { count, cx } from "../../shared/format";
import { Empty, ErrorBox, Skeleton, Spacer } from "../../shared/layout";
import panels from "../panels.module.css";
import styles from "./review.module.css";

export function AllPairs() {
  const [chosen, setChosen] = useState<string | null>(null);
  const answer = useAnswer("review.page", { decisions: [], offset: 0, limit: 200 }, { keep: true });
  const pairs = answer.data?.pairs ?? [];
  const current = pairs.find((pair) => idOf(pair) === chosen) ?? pairs[0];
  const writable = useOpenCase()?.writable ?? true;
  const decide = (verdict: Verdict) => () => {
    if (current !== undefined) void decidePair(current.left.id, current.right.id, verdict, t("review.unsaid"));
  };
  const move = (by: number) => () => {
    const at = current === undefined ? 0 : pairs.indexOf(current);
    const other = pairs[Math.max(0, Math.min(pairs.length - 1, at + by))];
    if (other !== undefined) setChosen(idOf(other));
  };
  usePanelKeys("review", { arrowdown: move(1), arrowup: move(-1), ...(writable ? { y: decide("same"), n: decide("different") } : {}) });
  return (
    <>
      <div className={styles.bar}>
        <span className={panels.muted}>{t("review.all.text")}</span>
        <Spacer />
        <span data-testid="review-count">{answer.data === undefined ? "" : t("review.count", { count: count(answer.data.total) })}</span>
      </div>
      <ErrorBox error={answer.error} />
      {answer.isPending ? <Skeleton rows={10} /> : null}
      {answer.data !== undefined && current === undefined ? <Empty title={t("review.empty.title")} text={t("review.empty.text")} /> : null}
      {current === undefined ? null : (
        <div className={panels.two}>
          <div className={panels.list} role="group" aria-label={t("review.tab.all")}>
            {pairs.map((pair) => (
              <button key={idOf(pair)} type="button" className={panels.choice} aria-current={pair === current} data-testid="any-pair" onClick={() => setChosen(idOf(pair))}>
                {[pair.left, pair.right].map((record) => (
                  <span key={record.id} className={styles.name}>
                    <KindMark kind={record.kind} size={14} />
                    <Text value={record.label} longest={30} />
                  </span>
                ))}
                <span className={cx(panels.muted, panels.small, styles.why)}>
                  {(pair.probability * 100).toFixed(1)} % · {term("state", pair.decision)}
                </span>
              </button>
            ))}
          </div>
          <div className={panels.detail}>
            <div className={panels.scroll} tabIndex={0} role="group" aria-label={t("review.pair")}>
              <PairCard key={idOf(current)} pair={current} />
            </div>
            <div className={panels.acts}>
              <Button look="primary" disabled={!writable} onClick={decide("same")}>
                {t("review.same")} <Kbd>Y</Kbd>
              </Button>
              <Button disabled={!writable} onClick={decide("different")}>
                {t("review.different")} <Kbd>N</Kbd>
              </Button>
            </div>
          </div>
        </div>
      )}
    </>
  );
}
