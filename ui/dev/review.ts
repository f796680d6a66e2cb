/** Invented answers about the review: a queue that remembers verdicts as the backend does. */
import type * as Api from "../src/generated/api";
import { NOT_MINE } from "./caseFile";
import { hex, pair } from "./invented";

export interface Reviewed {
  size: () => number;
  job: () => Api.JobStartedView;
}

const RISKS = ["HIGH", "MINIMAL", "MEDIUM", "LOW", "MINIMAL", "CRITICAL"];

export function question(n: number): Api.QuestionView {
  const records = 1 + ((n * 5) % 12);
  return {
    value: 4200 - n * 310,
    uncertainty_millibits: 366 + n * 90,
    settled: n % 3 === 0 ? 3 : 1,
    left_records: records,
    right_records: 1 + (n % 3),
    relations: n % 2 === 0 ? 4 - Math.min(n, 3) : 0,
    alerts: n === 0 ? 2 : 0,
    left_risk: RISKS[n % 6]!,
    right_risk: "MINIMAL",
    looked_at: n === 5,
  };
}

const tally = (same: number, different: number, unsure: number): Api.TallyView => ({ same, different, unsure });
const group = (key: string, pairs: number, drawn: Api.TallyView, chosen: Api.TallyView, share: [number, number | null, number]): Api.GroupView => ({ key, pairs, drawn, chosen, share: { low: share[0], estimate: share[1], high: share[2] } });

function measured(goal: number, empty: boolean): Api.MeasureView {
  const none = tally(0, 0, 0);
  const now = { review_millibits: 2000, link_millibits: 4248 };
  const strata = empty
    ? ["linked", "waiting", "refused", "rejected"].map((key) => group(key, 0, none, none, [0, null, 10_000]))
    : [
        group("linked", 312, tally(96, 3, 1), tally(7, 4, 0), [9086, 9697, 9932]),
        group("waiting", 48, tally(21, 9, 2), tally(0, 0, 0), [5190, 7000, 8347]),
        group("refused", 11, tally(0, 11, 0), none, [0, 0, 0]),
        group("rejected", 1870, none, tally(1, 0, 0), [0, null, 10_000]),
      ];
  return {
    strata,
    bands: empty ? [] : [group("99.9–100", 190, tally(64, 0, 0), none, [9480, 10_000, 10_000]), group("99–99.9", 88, tally(24, 1, 1), tally(2, 0, 0), [8012, 9600, 9951]), group("95–99", 34, tally(8, 2, 0), tally(5, 4, 0), [5370, 8000, 9237])],
    evidence: empty ? [] : [group("email", 171, tally(60, 0, 0), none, [9451, 10_000, 10_000]), group("person-name", 96, tally(26, 3, 1), tally(7, 4, 0), [7488, 8966, 9731]), group("phone", 45, tally(10, 0, 0), none, [7604, 10_000, 10_000])],
    recall: empty ? { low: 0, estimate: null, high: 10_000 } : { low: 1278, estimate: null, high: 9321 },
    elsewhere: empty ? 0 : 2,
    proposal: { now, proposed: empty ? now : { ...now, link_millibits: 5170 }, link: empty ? "too-few" : "moved", link_missing: empty ? 73 : 0, review: "too-few", review_missing: 41, goal },
  };
}

function previewed(thresholds: Api.PreviewRequest): Api.PreviewView {
  return {
    thresholds,
    moved: [{ from: "linked", to: "review", pairs: 9 }, { from: "review", to: "rejected", pairs: 2 }],
    merges: 0,
    merged: [],
    splits: 2,
    split: [{ entity: hex(1), labels: ["Mara Ellison", "M. Ellison"], records: 9 }, { entity: hex(2), labels: ["Nightjar logistics", "NIGHTJAR LTD", "Nightjar Log."], records: 5 }],
    entities_now: 214,
    entities_then: 217,
    waiting_now: 48,
    waiting_then: 55,
    rules: [{ key: "entity_resolution.merge_confidence_threshold", shipped: "0.95", now: "0.973" }],
  };
}

/** Three records that a verdict and a score brought together, and what was done to them since. */
function historyOf(): Api.EntityHistoryView {
  const operation = (n: number, kind: string, text: string, retracted = false): Api.OperationView => ({ id: `${hex(1).slice(0, 16)}-${n}`, kind, at: `2024-05-0${n}T10:1${n}:00Z`, author: "M. Ellison", text, retracted, conflict: "" });
  return {
    joins: [
      { pair: { ...pair(0), decision: "judged-same" }, left_records: 1, right_records: 1 },
      { pair: { ...pair(1), decision: "linked", why: "Two independent kinds of evidence agree: e-mail and name." }, left_records: 2, right_records: 1 },
    ],
    joins_total: 2,
    records: 4,
    held_by_all: 1,
    operations: [operation(6, "judge", "verdict same on Mara Ellison and mara.ellison (chatter): same photo"), operation(4, "split", "split of 1 of 5 records of Mara Ellison: another birthday", true), operation(2, "import", "import of nightjar_77.csv (12 observations)")],
    operations_total: 3,
  };
}

export function reviewOf(held: Reviewed): (method: string, request: unknown) => unknown {
  const said = new Map<string, { left: string; right: string; verdict: string }>();
  let operations = 0;
  const waiting = () => (held.size() === 0 ? [] : Array.from({ length: held.size() > 1000 ? 240 : 6 }, (_, n) => n));
  const isOpen = (n: number) => ![...said.values()].some((each) => each.left === `r${n}a` && each.right === `r${n}b`);

  return (method, request) => {
    switch (method) {
      case "review.page": {
        const asked = request as Api.ReviewPageRequest;
        const queue = asked.decisions.length === 1 && asked.decisions[0] === "review";
        const all = queue ? waiting().filter(isOpen) : waiting();
        if (asked.order === "score") all.sort((a, b) => b - a);
        const shown = all.slice(asked.offset, asked.offset + asked.limit);
        return { pairs: shown.map(pair), questions: queue ? shown.map(question) : [], total: all.length, log: operations } satisfies Api.ReviewPageView;
      }
      case "review.thresholds":
        return { review_millibits: 2000, link_millibits: 4248 } satisfies Api.ThresholdsView;
      case "review.sample":
        return { pairs: waiting().slice(0, 5).map((n) => ({ ...pair(n + 10), decision: (request as Api.SampleRequest).stratum === "linked" ? "linked" : "review" })), questions: [], total: 212, log: operations } satisfies Api.ReviewPageView;
      case "entity.history":
        return historyOf();
      case "review.measure":
        return measured((request as Api.MeasureRequest).goal ?? 9500, held.size() === 0);
      case "review.preview":
        return previewed(request as Api.PreviewRequest);
      case "review.applyThresholds":
      case "review.judge":
        return held.job();
      case "review.decide": {
        const { left, right, verdict } = request as Api.DecideRequest;
        operations += 1;
        const operation = `${hex(1).slice(0, 16)}-${operations}`;
        said.set(operation, { left, right, verdict });
        return { operation, job: held.job().job, log: operations } satisfies Api.DecidedView;
      }
      case "review.takeBack": {
        said.delete((request as Api.TakeBackRequest).operation);
        operations += 1;
        return { operation: `${hex(1).slice(0, 16)}-${operations}`, job: held.job().job, log: operations } satisfies Api.DecidedView;
      }
      default:
        return NOT_MINE;
    }
  };
}
