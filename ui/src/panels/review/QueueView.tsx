/**
 * A queue on the screen: the list, the pair, one key each for what can be said of it.
 *
 * The queue itself (what stands where, what is undone how) is in the store; this draws it and hands keys to it.
 */
import type { UseQueryResult } from "@tanstack/react-query";
import { useEffect, useRef, useState, type ReactNode } from "react";
import type { StoreApi, UseBoundStore } from "zustand";

import { useOpenCase } from "../../domain/case/session";
import { KindMark } from "../../domain/entity/marks";
import type { Verdict } from "../../domain/review/judge";
import { PairCard } from "../../domain/review/PairCard";
import { left, listed, type Item, type Queue } from "../../domain/review/queue";
import { openness, stakeWords } from "../../domain/review/stake";
import { usePanelKeys, useWorkspace } from "../../domain/state/workspace";
import type { ReviewPageView } from "../../generated/api";
import { t } from "../../i18n";
import type { RpcError } from "../../platform";
import { Button, Input, Kbd, Text } from "../../shared/controls";
import { count, cx } from "../../shared/format";
import { ErrorBox, Skeleton, Spacer } from "../../shared/layout";
import { visible } from "../../shared/text";
import panels from "../panels.module.css";
import styles from "./review.module.css";

interface QueueViewProps {
  store: UseBoundStore<StoreApi<Queue>>;
  answer: UseQueryResult<ReviewPageView, RpcError>;
  /** Stands left above the list. */
  acts: ReactNode;
  /** Shown when nothing waits. */
  empty: ReactNode;
}

export function QueueView({ store, answer, acts, empty }: QueueViewProps) {
  const queue = store();
  const { data } = answer;
  const { learn } = queue;
  useEffect(() => {
    if (data !== undefined) learn(data);
  }, [data, learn]);

  const writable = useOpenCase()?.writable ?? true;
  const [reason, setReason] = useState("");
  const list = listed(queue);
  const item = queue.chosen === null ? undefined : queue.items.get(queue.chosen);
  const detail = useFollowedFocus(queue.chosen);
  const act = (what: () => void) => () => {
    what();
    setReason("");
  };
  const decide = (verdict: Verdict) => act(() => queue.decide(verdict, reason.trim() === "" ? t("review.unsaid") : reason.trim()));
  const some = queue.decided.length > 0;
  usePanelKeys("review", {
    arrowdown: () => queue.move(1),
    arrowup: () => queue.move(-1),
    ...(writable ? { y: decide("same"), n: decide("different"), s: decide("unsure"), l: act(queue.putOff) } : {}),
    ...(some ? { u: act(queue.takeBack), "ctrl z": act(queue.takeBack) } : {}),
  });

  return (
    <>
      <div className={styles.bar}>
        {acts}
        <Spacer />
        {some ? <span className={panels.muted}>{t("review.sitting", { count: count(queue.decided.length) })}</span> : null}
        <span data-testid="review-count">{data === undefined ? "" : t("review.left", { count: count(left(queue)) })}</span>
        <Button small look="quiet" aria-label={t("review.keys")} title={t("review.keys")} onClick={() => useWorkspace.getState().setHelp(true)}>
          <Kbd>?</Kbd>
        </Button>
      </div>
      <ErrorBox error={answer.error} />
      {answer.isPending ? <Skeleton rows={10} /> : null}
      {data !== undefined && item === undefined && queue.decided.length === 0 ? empty : null}
      {item === undefined && !some ? null : (
        <div className={panels.two}>
          <List store={store} ids={list} />
          <div className={panels.detail}>
            {item === undefined ? (
              <div className={panels.scroll}>{empty}</div>
            ) : (
              <div
                ref={detail}
                className={panels.scroll}
                tabIndex={0}
                role="group"
                aria-label={t("review.current", { at: list.indexOf(item.id) + 1, count: list.length, left: visible(item.pair.left.label), right: visible(item.pair.right.label) })}
                data-testid="review-current"
                data-pair={item.id}
              >
                <Reasons item={item} settled={!queue.waiting.has(item.id) && !queue.returned.has(item.id)} />
                <PairCard key={item.id} pair={item.pair} />
              </div>
            )}
            <div className={panels.acts}>
              <Button look="primary" data-testid="judge-same" disabled={!writable || item === undefined} onClick={decide("same")}>
                {t("review.same")} <Kbd>Y</Kbd>
              </Button>
              <Button data-testid="judge-different" disabled={!writable || item === undefined} onClick={decide("different")}>
                {t("review.different")} <Kbd>N</Kbd>
              </Button>
              <Button look="quiet" data-testid="judge-unsure" disabled={!writable || item === undefined} onClick={decide("unsure")}>
                {t("review.unsure")} <Kbd>S</Kbd>
              </Button>
              <Button look="quiet" data-testid="judge-later" disabled={item === undefined} onClick={act(queue.putOff)}>
                {t("review.putOff")} <Kbd>L</Kbd>
              </Button>
              <Button look="quiet" data-testid="judge-undo" disabled={!some} title={some ? undefined : t("review.takeBack.none")} onClick={act(queue.takeBack)}>
                {t("review.takeBack")} <Kbd>U</Kbd>
              </Button>
              <Input aria-label={t("reason")} placeholder={t("review.reason")} value={reason} className={styles.reason} onChange={(event) => setReason(event.target.value)} />
            </div>
          </div>
        </div>
      )}
    </>
  );
}

function Reasons({ item, settled }: { item: Item; settled: boolean }) {
  if (settled) return <p className={styles.settled}>{t("review.settled")}</p>;
  if (item.question === null) return null;
  return (
    <p className={styles.reasons} data-testid="review-reasons">
      <span className={panels.muted}>{t("review.now")}</span> {[openness(item.question), ...stakeWords(item.question)].join(" · ")}
    </p>
  );
}

function List({ store, ids }: { store: UseBoundStore<StoreApi<Queue>>; ids: string[] }) {
  const { items, chosen, later, choose } = store();
  const current = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    current.current?.scrollIntoView?.({ block: "nearest" });
  }, [chosen]);
  return (
    <div className={panels.list} role="group" aria-label={t("review.queue")}>
      {ids.map((id) => {
        const item = items.get(id);
        if (item === undefined) return null;
        const { pair, question } = item;
        const words = question === null ? [] : stakeWords(question);
        return (
          <button
            key={id}
            ref={id === chosen ? current : null}
            type="button"
            className={cx(panels.choice, later.includes(id) && styles.off)}
            aria-current={id === chosen}
            data-testid="review-pair"
            data-pair={id}
            onClick={() => choose(id)}
          >
            {[pair.left, pair.right].map((record) => (
              <span key={record.id} className={styles.name}>
                <KindMark kind={record.kind} size={14} />
                <Text value={record.label} longest={30} />
              </span>
            ))}
            <span className={cx(panels.muted, panels.small, styles.why)}>
              {[`${(pair.probability * 100).toFixed(1)} %`, ...(later.includes(id) ? [t("review.later")] : []), ...words].join(" · ")}
            </span>
          </button>
        );
      })}
    </div>
  );
}

/** Keeps the keyboard's place on the pair when the row or button that had it is gone, and reads the next pair out. */
function useFollowedFocus(chosen: string | null) {
  const detail = useRef<HTMLDivElement>(null);
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    const at = document.activeElement;
    const lost = at === null || at === document.body;
    const onPair = detail.current !== null && at?.closest?.('[data-panel="review"]') !== null && at?.matches?.("button, [data-testid=review-current]") === true;
    if (lost || onPair) detail.current?.focus({ preventScroll: true });
  }, [chosen]);
  return detail;
}
