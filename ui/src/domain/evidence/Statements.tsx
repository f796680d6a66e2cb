/**
 * The leaves of every proof: what was said, in its own words, with file, place and grade.
 *
 * The original lines of a file are a disclosure: they are asked for with a reason, which the case logs.
 */
import { useState } from "react";

import { ask, useAnswer } from "../../api/client";
import type { CorrectionView, RevealView, SourceQuoteView, StatementView } from "../../generated/api";
import { t, term } from "../../i18n";
import type { RpcError } from "../../platform";
import { Button, Text } from "../../shared/controls";
import { cx, instant } from "../../shared/format";
import { ErrorBox } from "../../shared/layout";
import { ReasonDialog } from "../../shared/ReasonDialog";
import { visible } from "../../shared/text";
import { step, useOpenCase } from "../case/session";
import { GradeMark } from "../entity/marks";
import styles from "./proof.module.css";
import { Revealed, StatementMenu } from "./StatementMenu";

const SHOWN_AT_ONCE = 20;

export function Statements({ ids }: { ids: string[] }) {
  const [shown, setShown] = useState(SHOWN_AT_ONCE);
  const wanted = ids.slice(0, Math.min(shown, 1000));
  const answer = useAnswer("statement.get", { ids: wanted }, { when: wanted.length > 0, keep: true });
  if (ids.length === 0) return <p className={styles.why}>{t("proof.none")}</p>;
  if (answer.error !== null) return <ErrorBox error={answer.error} />;
  if (answer.data === undefined) return <p className={styles.why}>{t("waiting")}</p>;
  return (
    <div>
      {answer.data.statements.map((statement) => (
        <Leaf key={statement.id} statement={statement} />
      ))}
      {ids.length > shown ? (
        <Button small look="quiet" onClick={() => setShown(shown + 100)}>
          {t("more", { count: ids.length - shown })}
        </Button>
      ) : null}
    </div>
  );
}

function Leaf({ statement }: { statement: StatementView }) {
  const [asking, setAsking] = useState(false);
  const [quote, setQuote] = useState<SourceQuoteView | null>(null);
  const [error, setError] = useState<RpcError | null>(null);
  const [busy, setBusy] = useState(false);
  const [revealed, setRevealed] = useState<RevealView | null>(null);
  const { line } = statement;

  const reveal = async (reason: string) => {
    if (line === null) return;
    setBusy(true);
    try {
      setQuote(await ask("source.quote", { source: statement.source, line, reason }));
      setAsking(false);
      setError(null);
    } catch (failure) {
      setError(failure as RpcError);
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className={styles.leaf} data-testid="statement">
      <div className={styles.said}>
        <span>
          {term("property", statement.property)}: <Text value={statement.value === "" ? statement.original : statement.value} longest={80} />
          {statement.problem === "" ? null : <span className={styles.problem}> — {visible(statement.problem)}</span>}
        </span>
        <StatementMenu statement={statement} onRevealed={setRevealed} />
      </div>
      <div className={styles.quote}>
        <Text value={statement.original} longest={400} />
      </div>
      {statement.correction === undefined ? null : <Corrected correction={statement.correction} />}
      <div className={styles.where}>
        <Text value={statement.source_name} longest={40} />
        <Text value={statement.locator} longest={40} />
        <GradeMark grade={statement.grade} />
        {line === null || quote !== null ? null : (
          <Button small look="quiet" data-testid="show-original" onClick={() => setAsking(true)}>
            {t("quote.show")}
          </Button>
        )}
        {quote === null ? null : (
          <Button small look="quiet" onClick={() => setQuote(null)}>
            {t("quote.hide")}
          </Button>
        )}
      </div>
      {revealed === null ? null : <Revealed revealed={revealed} onHide={() => setRevealed(null)} />}
      {quote === null ? null : <Lines quote={quote} hit={line ?? 0} />}
      {asking ? (
        <ReasonDialog
          open
          title={t("quote.title")}
          consequence={t("quote.consequence")}
          act={t("quote.show")}
          busy={busy}
          error={error}
          onClose={() => setAsking(false)}
          onReason={(reason) => void reveal(reason)}
        />
      ) : null}
    </div>
  );
}

/** What the source says beside what an analyst made of it, and the way back. */
function Corrected({ correction }: { correction: CorrectionView }) {
  const writable = useOpenCase()?.writable === true;
  return (
    <div className={styles.corrected} data-testid="corrected">
      <span>
        {t("corrected.source")}: <Text value={correction.source_text} longest={200} />
      </span>
      <span className={styles.why}>{t("corrected.by", { author: visible(correction.author), at: instant(correction.at), reason: visible(correction.reason) })}</span>
      {writable ? (
        <Button small look="quiet" onClick={() => void step("undo", correction.operation)}>
          {t("corrected.takeBack")}
        </Button>
      ) : null}
    </div>
  );
}

/** Original lines with their numbers. */
export function Lines({ quote, hit }: { quote: SourceQuoteView; hit: number }) {
  return (
    <div className={styles.lines} data-testid="original-lines" tabIndex={0} role="group" aria-label={t("quote.title")}>
      {quote.lines.map((text, index) => {
        const number = quote.first_line + index;
        return (
          <div key={number} className={cx(styles.line, number === hit && styles.hit)}>
            <span className={styles.lineNumber}>{number}</span>
            <bdi>{visible(text)}</bdi>
          </div>
        );
      })}
    </div>
  );
}
