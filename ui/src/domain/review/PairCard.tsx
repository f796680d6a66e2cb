/** Two records side by side, with every comparator's part of the sum: as a picture, and as a table that opens down to the statements. */
import { useState } from "react";

import type { ContributionView, PairView, RecordView } from "../../generated/api";
import { t, term } from "../../i18n";
import { Text } from "../../shared/controls";
import { bits, cx } from "../../shared/format";
import { Chevron } from "../../shared/layout";
import { visible } from "../../shared/text";
import { KindMark } from "../entity/marks";
import { Statements } from "../evidence/Statements";
import styles from "./pair.module.css";
import { Waterfall, WaterfallKey } from "./Waterfall";

function Side({ record }: { record: RecordView }) {
  return (
    <div className={styles.side}>
      <div className={styles.sideName}>
        <KindMark kind={record.kind} size={18} alone />
        <Text value={record.label} longest={60} />
      </div>
      <div className={styles.sources}>{record.sources.map(visible).join(", ")}</div>
    </div>
  );
}


/** One comparator's row; its statements open below it over the whole width. */
function Contribution({ part }: { part: ContributionView }) {
  const [open, setOpen] = useState(false);
  const sum = part.weight_millibits + part.rarity_millibits;
  const feature = visible(term("feature", part.feature));
  const proof = t("statements.count", { count: part.statements.length });
  return (
    <>
      <tr>
        <td>{feature}</td>
        <td>
          <Text value={part.left} longest={60} />
        </td>
        <td>
          <Text value={part.right} longest={60} />
        </td>
        <td>
          <span className={cx(sum > 0 && styles.agree, sum < 0 && styles.against)}>{visible(part.agreement)}</span>
          {part.held_back === "" ? null : <span className={styles.held}>: {visible(part.held_back)}</span>}{" "}
          {part.statements.length === 0 ? null : (
            <button type="button" className={styles.count} aria-expanded={open} title={proof} onClick={() => setOpen(!open)}>
              <span aria-hidden>{part.statements.length}</span>
              <span className="visually-hidden">{`${feature}: ${proof}`}</span>
              <Chevron open={open} />
            </button>
          )}
        </td>
        <td className={styles.right}>{bits(part.weight_millibits)}</td>
        <td className={styles.right}>{part.rarity_millibits === 0 ? "" : bits(part.rarity_millibits)}</td>
      </tr>
      {open ? (
        <tr>
          <td colSpan={6}>
            <Statements ids={part.statements} />
          </td>
        </tr>
      ) : null}
    </>
  );
}

export function PairCard({ pair }: { pair: PairView }) {
  return (
    <div>
      <div className={styles.head}>
        <Side record={pair.left} />
        <Side record={pair.right} />
      </div>
      <div className={styles.sum}>
        <span className={styles.strong}>{visible(pair.likelihood)}</span>
        <span>{t("pair.probability", { value: (pair.probability * 100).toFixed(1) })}</span>
        <span>{t("pair.kinds", { count: pair.kinds_of_evidence })}</span>
        <span>{term("state", pair.decision)}</span>
      </div>
      {pair.why === "" ? null : <p className={styles.why}>{visible(pair.why)}</p>}
      <Waterfall pair={pair} />
      <WaterfallKey />
      <table className={styles.table} aria-label={t("waterfall.table")}>
        <colgroup>
          <col className={styles.feature} />
          <col />
          <col />
          <col className={styles.agreement} />
          <col className={styles.bits} />
          <col className={styles.bits} />
        </colgroup>
        <thead>
          <tr>
            <th>{t("pair.feature")}</th>
            <th>{t("pair.left")}</th>
            <th>{t("pair.right")}</th>
            <th>{t("pair.agreement")}</th>
            <th className={styles.right}>{t("pair.bits")}</th>
            <th className={styles.right}>{t("pair.rarity")}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td>{t("pair.prior")}</td>
            <td colSpan={3}>{t("pair.prior.text")}</td>
            <td className={styles.right}>{bits(pair.prior_millibits)}</td>
            <td />
          </tr>
          {pair.contributions.map((part, index) => (
            <Contribution key={`${part.feature}-${index}`} part={part} />
          ))}
          <tr>
            <td className={styles.strong}>{t("pair.total")}</td>
            <td colSpan={3} />
            <td className={cx(styles.right, styles.strong)} colSpan={2}>
              {bits(pair.score_millibits)}
            </td>
          </tr>
        </tbody>
      </table>
    </div>
  );
}
