/**
 * How often the engine is right, by this case's own verdicts, and the thresholds that they speak for.
 *
 * Figures first, each with its interval and what it rests on; then what they cannot say. A threshold is tried out before it is put in force,
 * and put in force by one change that can be taken back.
 */
import { useState } from "react";

import { ask, useAnswer } from "../../api/client";
import { millibitsOf, percent, probabilityOf } from "../../domain/review/steps";
import { useOpenCase } from "../../domain/case/session";
import { complain } from "../../domain/state/notices";
import type { GroupView, MeasureView as Measured, PreviewView, ShareView, TallyView, ThresholdsView } from "../../generated/api";
import { t, term } from "../../i18n";
import { Button, Input, Select } from "../../shared/controls";
import { bits, count } from "../../shared/format";
import { Body, ErrorBox, Skeleton } from "../../shared/layout";
import { visible } from "../../shared/text";
import panels from "../panels.module.css";
import { Interval } from "./Interval";
import styles from "./review.module.css";

const GOALS = [9000, 9500, 9900];

export function MeasureView({ onSample }: { onSample: (stratum: string) => void }) {
  const [goal, setGoal] = useState(9500);
  const answer = useAnswer("review.measure", { goal }, { keep: true });
  return (
    <Body padded>
      <ErrorBox error={answer.error} />
      {answer.isPending ? <Skeleton rows={10} /> : null}
      {answer.data === undefined ? null : (
        <div className={styles.measure}>
          <Figures measured={answer.data} onSample={onSample} />
          <Tuning key={goal} measured={answer.data} goal={goal} onGoal={setGoal} />
        </div>
      )}
    </Body>
  );
}

function shareText(share: ShareView): string {
  if (share.estimate === null) return t("measure.open");
  return t("measure.share", { value: (share.estimate / 100).toFixed(1), low: (share.low / 100).toFixed(1), high: (share.high / 100).toFixed(1) });
}

const seen = (tally: TallyView) => tally.same + tally.different + tally.unsure;

function Figures({ measured, onSample }: { measured: Measured; onSample: (stratum: string) => void }) {
  const [linked] = measured.strata;
  return (
    <section aria-label={t("measure.title")}>
      <h2 className={styles.heading}>{t("measure.title")}</h2>
      <dl className={styles.figures}>
        <div>
          <dt>{t("measure.precision")}</dt>
          <dd data-testid="measure-precision">{linked === undefined ? "" : shareText(linked.share)}</dd>
          <dd className={panels.muted}>{t("measure.precision.text")}</dd>
        </div>
        <div>
          <dt>{t("measure.recall")}</dt>
          <dd data-testid="measure-recall">{measured.recall.estimate === null && measured.recall.low === 0 ? t("measure.open") : recallText(measured.recall)}</dd>
          <dd className={panels.muted}>{t("measure.recall.text")}</dd>
        </div>
      </dl>
      <GroupTable title={t("measure.strata")} head={t("measure.stratum")} groups={measured.strata} name={(key) => t(`measure.stratum.${key as "linked"}`)} onSample={onSample} />
      <GroupTable title={t("measure.bands")} head={t("measure.band")} groups={measured.bands} name={(key) => `${key} %`} />
      <GroupTable title={t("measure.evidence")} head={t("measure.strongest")} groups={measured.evidence} name={(key) => visible(term("feature", key))} />
      {measured.elsewhere === 0 ? null : <p className={panels.muted}>{t("measure.elsewhere", { count: count(measured.elsewhere) })}</p>}
      <h3 className={styles.heading}>{t("measure.limits")}</h3>
      <ul className={styles.limits}>
        {(["measure.limit.drawn", "measure.limit.recall", "measure.limit.unsure", "measure.limit.pairs"] as const).map((key) => (
          <li key={key}>{t(key)}</li>
        ))}
      </ul>
    </section>
  );
}

function recallText(share: ShareView): string {
  const ends = { low: (share.low / 100).toFixed(1), high: (share.high / 100).toFixed(1) };
  return share.estimate === null ? t("measure.between", ends) : t("measure.share", { value: (share.estimate / 100).toFixed(1), ...ends });
}

interface GroupTableProps {
  title: string;
  head: string;
  groups: GroupView[];
  name: (key: string) => string;
  onSample?: (stratum: string) => void;
}

function GroupTable({ title, head, groups, name, onSample }: GroupTableProps) {
  if (groups.length === 0) return null;
  return (
    <table className={styles.groups} data-testid="measure-groups">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th>{head}</th>
          <th className={styles.right}>{t("measure.pairs")}</th>
          <th className={styles.right}>{t("measure.drawn")}</th>
          <th className={styles.right}>{t("measure.chosen")}</th>
          <th>{t("measure.same")}</th>
          <td aria-hidden />
          {onSample === undefined ? <td /> : <th>{t("acts")}</th>}
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          <tr key={group.key}>
            <th scope="row">{name(group.key)}</th>
            <td className={styles.right}>{count(group.pairs)}</td>
            <td className={styles.right} title={tallyText(group.drawn)}>
              {count(seen(group.drawn))}
            </td>
            <td className={styles.right} title={tallyText(group.chosen)}>
              {count(seen(group.chosen))}
            </td>
            <td>{shareText(group.share)}</td>
            <td aria-hidden>
              <Interval share={group.share} />
            </td>
            <td>
              {onSample === undefined ? null : (
                <Button small disabled={group.pairs === seen(group.drawn)} data-testid={`sample-${group.key}`} onClick={() => onSample(group.key)}>
                  {t("measure.check")}
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function tallyText(tally: TallyView): string {
  return t("measure.tally", { same: count(tally.same), different: count(tally.different), unsure: count(tally.unsure) });
}

function Tuning({ measured, goal, onGoal }: { measured: Measured; goal: number; onGoal: (goal: number) => void }) {
  const { proposal } = measured;
  const [wanted, setWanted] = useState<ThresholdsView>(proposal.proposed);
  const [tried, setTried] = useState<ThresholdsView | null>(null);
  const writable = useOpenCase()?.writable ?? true;
  const preview = useAnswer("review.preview", tried ?? wanted, { when: tried !== null });
  const isNow = wanted.link_millibits === proposal.now.link_millibits && wanted.review_millibits === proposal.now.review_millibits;
  const apply = () => {
    ask("review.applyThresholds", wanted).then(() => setTried(null), complain);
  };
  return (
    <section aria-label={t("tuning.title")}>
      <h2 className={styles.heading}>{t("tuning.title")}</h2>
      <p>
        <label>
          {t("tuning.goal")}{" "}
          <Select value={goal} onChange={(event) => onGoal(Number(event.target.value))}>
            {GOALS.map((each) => (
              <option key={each} value={each}>{`${each / 100} %`}</option>
            ))}
          </Select>
        </label>
      </p>
      <Line name={t("waterfall.link")} id="link" now={proposal.now.link_millibits} ground={proposal.link} missing={proposal.link_missing} value={wanted.link_millibits} onValue={(link_millibits) => setWanted({ ...wanted, link_millibits })} />
      <Line name={t("waterfall.review")} id="review" now={proposal.now.review_millibits} ground={proposal.review} missing={proposal.review_missing} value={wanted.review_millibits} onValue={(review_millibits) => setWanted({ ...wanted, review_millibits })} />
      <p className={styles.tuningActs}>
        <Button data-testid="preview" disabled={isNow} onClick={() => setTried(wanted)}>
          {t("tuning.preview")}
        </Button>
        {isNow ? <span className={panels.muted}>{t("tuning.inForce")}</span> : null}
      </p>
      <ErrorBox error={preview.error} />
      {tried !== null && preview.isPending ? <Skeleton rows={4} /> : null}
      {tried === null || preview.data === undefined ? null : <Effect view={preview.data} />}
      {tried === null || preview.data === undefined ? null : (
        <p className={styles.tuningActs}>
          <Button look="primary" data-testid="apply-thresholds" disabled={!writable || tried !== wanted} onClick={apply}>
            {t("tuning.apply")}
          </Button>
          <span className={panels.muted}>{t("tuning.apply.text")}</span>
        </p>
      )}
    </section>
  );
}

interface LineProps {
  name: string;
  id: string;
  now: number;
  ground: string;
  missing: number;
  value: number;
  onValue: (millibits: number) => void;
}

/** One threshold, as a probability in percent: what holds, what the verdicts speak for, what shall be tried. */
function Line({ name, id, now, ground, missing, value, onValue }: LineProps) {
  const [text, setText] = useState(() => (probabilityOf(value) * 100).toFixed(2));
  const change = (next: string) => {
    setText(next);
    const share = Number(next.replace(",", ".")) / 100;
    if (share > 0 && share < 1) onValue(Math.round(millibitsOf(share)));
  };
  const said = ground === "too-few" ? t("tuning.too-few", { count: count(missing) }) : t(ground === "moved" ? "tuning.moved" : "tuning.holds");
  return (
    <p className={styles.line}>
      <label>
        <span className={styles.lineName}>{name}</span>
        <Input className={styles.lineInput} inputMode="decimal" data-testid={`threshold-${id}`} value={text} onChange={(event) => change(event.target.value)} /> %
      </label>
      <span className={panels.muted}>
        {t("tuning.now", { value: percent(Math.round(probabilityOf(now) * 10_000) / 10_000), bits: bits(now) })} {said}
      </span>
    </p>
  );
}

function Effect({ view }: { view: PreviewView }) {
  const list = (what: PreviewView["merged"], more: number, joined: string) => (
    <ul className={styles.limits}>
      {what.map((group) => (
        <li key={group.entity}>{group.labels.map(visible).join(joined)}</li>
      ))}
      {more > what.length ? <li>{t("tuning.more", { count: count(more - what.length) })}</li> : null}
    </ul>
  );
  return (
    <div className={styles.effect} data-testid="effect" aria-live="polite">
      <p>
        {t("tuning.effect", { entities: count(view.entities_then), now: count(view.entities_now), waiting: count(view.waiting_then), waitingNow: count(view.waiting_now) })}
      </p>
      {view.moved.length === 0 ? <p>{t("tuning.nothing")}</p> : null}
      {view.moved.length === 0 ? null : (
        <ul className={styles.limits}>
          {view.moved.map((each) => (
            <li key={`${each.from}-${each.to}`}>{t("tuning.moved.pairs", { count: count(each.pairs), from: term("state", each.from), to: term("state", each.to) })}</li>
          ))}
        </ul>
      )}
      {view.merges === 0 ? null : (
        <>
          <h3 className={styles.heading}>{t("tuning.merges", { count: count(view.merges) })}</h3>
          {list(view.merged, view.merges, " + ")}
        </>
      )}
      {view.splits === 0 ? null : (
        <>
          <h3 className={styles.heading}>{t("tuning.splits", { count: count(view.splits) })}</h3>
          {list(view.split, view.splits, " | ")}
        </>
      )}
      {view.rules.length === 0 ? null : (
        <>
          <h3 className={styles.heading}>{t("tuning.rules")}</h3>
          <ul className={styles.limits}>
            {view.rules.map((rule) => (
              <li key={rule.key}>
                <code>{rule.key}</code>: {rule.shipped} → {rule.now}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
