/** What people must judge: the queue by what a verdict changes, a sample drawn by chance, what both measure, and every pair there is. */
import { useState } from "react";

import { useAnswer } from "../../api/client";
import { useReview, useSample } from "../../domain/review/queue";
import { useWorkspace } from "../../domain/state/workspace";
import { t } from "../../i18n";
import { Button, Select } from "../../shared/controls";
import { Empty, Panel, Tabs } from "../../shared/layout";
import { AllPairs } from "./AllPairs";
import { MeasureView } from "./MeasureView";
import { QueueView } from "./QueueView";
import styles from "./review.module.css";

const STRATA = ["linked", "waiting", "refused", "rejected"] as const;
type Stratum = (typeof STRATA)[number];

type Tab = "queue" | "check" | "measure" | "all";

export function ReviewPanel() {
  const [tab, setTab] = useState<Tab>("queue");
  const [stratum, setStratum] = useState<Stratum>("linked");
  const check = (next: string) => {
    setStratum(STRATA.find((each) => each === next) ?? "linked");
    setTab("check");
  };
  return (
    <Panel id="review" label={t("panel.review")}>
      <Tabs
        label={t("review.tabs")}
        tabs={[
          { id: "queue", label: t("review.tab.queue") },
          { id: "check", label: t("review.tab.check") },
          { id: "measure", label: t("review.tab.measure") },
          { id: "all", label: t("review.tab.all") },
        ]}
        current={tab}
        onChoose={setTab}
      >
        {tab === "queue" ? <Waiting onAll={() => setTab("all")} /> : null}
        {tab === "check" ? <Check key={stratum} stratum={stratum} onStratum={check} onMeasure={() => setTab("measure")} /> : null}
        {tab === "measure" ? <MeasureView onSample={check} /> : null}
        {tab === "all" ? <AllPairs /> : null}
      </Tabs>
    </Panel>
  );
}

function Waiting({ onAll }: { onAll: () => void }) {
  const [order, setOrder] = useState<"value" | "score">("value");
  const answer = useAnswer("review.page", { decisions: ["review"], offset: 0, limit: 200, order });
  const choose = (next: "value" | "score") => {
    // Another order is asked for, so the list may move.
    useReview.getState().clear();
    setOrder(next);
  };
  return (
    <QueueView
      store={useReview}
      answer={answer}
      acts={
        <label title={t("review.order.hint")}>
          {t("review.order")}{" "}
          <Select value={order} data-testid="review-order" onChange={(event) => choose(event.target.value === "score" ? "score" : "value")}>
            <option value="value">{t("review.order.value")}</option>
            <option value="score">{t("review.order.score")}</option>
          </Select>
        </label>
      }
      empty={
        <Empty title={t("review.empty.title")} text={t("review.empty.text")}>
          <Button onClick={onAll}>{t("review.tab.all")}</Button>
          <Button onClick={() => useWorkspace.getState().open("entities")}>{t("panel.entities")}</Button>
        </Empty>
      }
    />
  );
}

interface CheckProps {
  stratum: Stratum;
  onStratum: (stratum: string) => void;
  onMeasure: () => void;
}

/** Pairs in the order that chance has drawn, so that what is found holds for those that nobody looked at. */
function Check({ stratum, onStratum, onMeasure }: CheckProps) {
  const answer = useAnswer("review.sample", { stratum, limit: 50 });
  const choose = (next: string) => {
    useSample.getState().clear();
    onStratum(next);
  };
  return (
    <QueueView
      store={useSample}
      answer={answer}
      acts={
        <>
          <label>
            {t("check.of")}{" "}
            <Select value={stratum} data-testid="stratum" onChange={(event) => choose(event.target.value)}>
              {STRATA.map((each) => (
                <option key={each} value={each}>
                  {t(`measure.stratum.${each}`)}
                </option>
              ))}
            </Select>
          </label>
          <span className={styles.hint}>{t("check.text")}</span>
        </>
      }
      empty={
        <Empty title={t("check.empty.title")} text={t("check.empty.text")}>
          <Button onClick={onMeasure}>{t("review.tab.measure")}</Button>
        </Empty>
      }
    />
  );
}
