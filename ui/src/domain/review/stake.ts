/** Why a pair is asked now, in words. */
import type { QuestionView } from "../../generated/api";
import { t, term } from "../../i18n";
import { count } from "../../shared/format";

const STEPS = ["MINIMAL", "LOW", "MEDIUM", "HIGH", "CRITICAL"];
/** From here on a risk is worth saying. */
const WORTH_SAYING = 2;

function risk(question: QuestionView): string | null {
  const [one, other] = [STEPS.indexOf(question.left_risk), STEPS.indexOf(question.right_risk)];
  const graver = Math.max(one, other);
  if (graver < WORTH_SAYING) return null;
  return t(one === other ? "stake.risk.both" : "stake.risk.one", { level: term("risk", STEPS[graver] ?? "") });
}

/** Says what hangs on a verdict, gravest first; empty when nothing but the pair does. */
export function stakeWords(question: QuestionView): string[] {
  const records = question.left_records + question.right_records;
  return [
    question.settled > 1 ? t("stake.settled", { count: count(question.settled) }) : null,
    records > 2 ? t("stake.records", { count: count(records) }) : null,
    risk(question),
    question.alerts > 0 ? t("stake.alerts", { count: count(question.alerts) }) : null,
    question.relations > 0 ? t("stake.relations", { count: count(question.relations) }) : null,
    question.looked_at ? t("stake.lookedAt") : null,
  ].filter((part) => part !== null);
}

/** Says how open a pair is, in percent of the most that can be open. */
export function openness(question: QuestionView): string {
  return t("stake.open", { value: String(Math.round(question.uncertainty_millibits / 10)) });
}
