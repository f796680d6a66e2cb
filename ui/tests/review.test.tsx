/** The review of pairs by keyboard: what stands where, what goes to the log, what comes back. */
import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";

import { pair } from "../dev/invented";
import { question } from "../dev/review";
import { caseChanged } from "../src/api/client";
import { createQueue, idOf, left, listed, useReview } from "../src/domain/review/queue";
import { marksBetween, millibitsOf, percent, probabilityOf, stepsOf } from "../src/domain/review/steps";
import { stakeWords } from "../src/domain/review/stake";
import { Picture } from "../src/domain/review/Waterfall";
import { pressInPanel, useWorkspace } from "../src/domain/state/workspace";
import { ReviewPanel } from "../src/panels/review/ReviewPanel";
import type { ReviewPageView } from "../src/generated/api";
import { draw, drawWindow, host } from "./harness";

const ids = () => screen.getAllByTestId("review-pair").map((row) => row.dataset["pair"]);
const current = () => screen.getByTestId("review-current").dataset["pair"];
const press = (key: string) => act(() => void pressInPanel("review", key));
const page = (...numbers: number[]): ReviewPageView => ({ pairs: numbers.map(pair), questions: numbers.map(question), total: numbers.length, log: 0 });
const name = (n: number) => idOf(pair(n));

async function drawn(scene: "sample" | "large" = "sample") {
  const fake = host(scene);
  draw(<ReviewPanel />);
  await screen.findAllByTestId("review-pair");
  return fake;
}

const sent = (fake: ReturnType<typeof host>, method: string) => fake.calls.filter((call) => call.method === method).map((call) => call.request);

describe("the review queue", () => {
  it("asks for what a verdict changes first, and says why in words", async () => {
    const fake = await drawn();
    expect(sent(fake, "review.page")).toEqual([{ decisions: ["review"], offset: 0, limit: 200, order: "value" }]);
    expect(screen.getByTestId("review-reasons").textContent).toBe("Why now: 37 % open · settles 3 pairs · one side’s risk is high · 2 alerts · 4 relations move");
  });

  it("gives verdicts by key and goes on to the next pair", async () => {
    const fake = await drawn();
    const [first, second, third] = ids();
    for (const key of ["y", "n"]) press(key);
    expect(current()).toBe(third);
    await waitFor(() => expect(sent(fake, "review.decide")).toHaveLength(2));
    expect(sent(fake, "review.decide")).toMatchObject([
      { left: first?.split(":")[0], right: first?.split(":")[1], verdict: "same" },
      { left: second?.split(":")[0], verdict: "different" },
    ]);
    await waitFor(() => expect(screen.getByTestId("review-count").textContent).toBe("4 pairs wait"));
  });

  it("brings an undone pair back to its place before the backend has answered", async () => {
    const fake = await drawn();
    const before = ids();
    press("arrowdown");
    press("y");
    press("n");
    expect(ids()).toEqual([before[0], ...before.slice(3)]);
    let answer = (): void => undefined;
    fake.override("review.takeBack", () => new Promise((done) => (answer = () => done({ operation: "1-9", job: 9 }))));
    press("u");
    expect(current()).toBe(before[2]);
    press("ctrl z");
    expect(current()).toBe(before[1]);
    expect(ids()).toEqual(before);
    for (const count of [1, 2]) {
      await waitFor(() => expect(sent(fake, "review.takeBack")).toHaveLength(count));
      answer();
    }
  });

  it("undoes with Ctrl-Z what this sitting decided, and then what the case did", async () => {
    const fake = host("sample");
    drawWindow();
    await screen.findByTestId("rail-review");
    fireEvent.click(screen.getByTestId("rail-review"));
    await screen.findAllByTestId("review-pair");
    act(() => useWorkspace.getState().setActive("review"));
    fireEvent.keyDown(window, { key: "y" });
    fireEvent.keyDown(window, { key: "z", ctrlKey: true });
    await waitFor(() => expect(sent(fake, "review.takeBack")).toHaveLength(1));
    expect(sent(fake, "log.undo")).toHaveLength(0);
    fireEvent.keyDown(window, { key: "z", ctrlKey: true });
    await waitFor(() => expect(sent(fake, "log.undo")).toHaveLength(1));
  });

  it("keeps a pair whose verdict was refused in its place", async () => {
    const fake = await drawn();
    const before = ids();
    fake.override("review.decide", () => {
      throw Object.assign(new Error("the case is open for reading only"), { code: "read-only", hint: "" });
    });
    press("y");
    await waitFor(() => expect(ids()).toEqual(before));
    expect(current()).toBe(before[1]);
  });

  it("puts a pair off to the end", async () => {
    await drawn();
    const before = ids();
    press("l");
    expect(ids()).toEqual([...before.slice(1), before[0]]);
    expect(screen.getAllByTestId("review-pair").at(-1)?.textContent).toContain("later");
  });

  it("never changes the pair on the screen when the case was fused again", async () => {
    const fake = await drawn();
    press("arrowdown");
    const shown = current();
    fake.override("review.page", () => ({ pairs: [3, 2].map(pair), questions: [3, 2].map(question), total: 2, log: 0 }));
    act(caseChanged);
    await waitFor(() => expect(screen.getByTestId("review-count").textContent).toBe("2 pairs wait"));
    expect(current()).toBe(shown);
    expect(screen.getByText(/Another verdict has settled/)).toBeTruthy();
  });

  it("keeps the keyboard on the pair when the row that had it goes", async () => {
    await drawn();
    screen.getAllByTestId("review-pair")[0]?.focus();
    press("y");
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("review-current")));
  });

  it("leaves letters to the field for the reason, which goes with the verdict", async () => {
    const fake = await drawn();
    fireEvent.change(screen.getByLabelText("Reason"), { target: { value: "same photo" } });
    press("y");
    await waitFor(() => expect(sent(fake, "review.decide")).toMatchObject([{ reason: "same photo" }]));
    expect((screen.getByLabelText("Reason") as HTMLInputElement).value).toBe("");
  });
});

/** What stands in a step of the picture, its lines put together again. */
const said = (step: Element | undefined): string => [...(step?.querySelectorAll("text") ?? [])].map((text) => text.textContent).join(" ");

describe("the waterfall", () => {
  const thresholds = { review_millibits: 2000, link_millibits: 4248 };
  const shown = pair(0);

  it("ends at the total, rarity included", () => {
    const steps = stepsOf(shown);
    expect(steps.parts.at(-1)?.to).toBe(shown.score_millibits);
    expect(steps.parts[0]).toEqual({ from: -14400, weighed: -5200, to: -2200 });
    expect([steps.low, steps.high]).toEqual([-14400, Math.max(...steps.parts.flatMap((step) => [step.weighed, step.to]))]);
  });

  it.each([900, 340])("draws every step at %i pixels, with the reason where one counts in part or not at all", (width) => {
    const { container } = draw(<Picture pair={shown} thresholds={thresholds} width={width} />);
    const drawnSteps = screen.getAllByTestId("waterfall-step");
    expect(drawnSteps).toHaveLength(shown.contributions.length);
    expect(drawnSteps.map((step) => step.dataset["held"])).toEqual(["no", "no", "no", "part", "whole"]);
    const [part, whole] = drawnSteps.slice(3);
    expect([part?.querySelectorAll("circle").length, part?.querySelectorAll("rect").length]).toEqual([1, 2]);
    expect(said(part)).toContain("same country: relatives and colleagues share it, it counts little beside names or births of two");
    expect([whole?.querySelectorAll("circle").length, whole?.querySelectorAll("rect").length]).toEqual([1, 0]);
    expect(said(whole)).toContain("missing on one side: it counts nothing");
    expect(said(drawnSteps[1])).toContain("Name of a person");
    for (const rect of container.querySelectorAll("rect[height='12']")) {
      const [x, wide] = [Number(rect.getAttribute("x")), Number(rect.getAttribute("width"))];
      expect(x >= 0 && x + wide <= width).toBe(true);
    }
    expect(container.textContent).toContain("asked from");
  });

  it("has a table that says the same", async () => {
    await drawn();
    const table = screen.getByRole("table", { name: "The sum as a table" });
    for (const part of shown.contributions) expect(table.textContent).toContain(part.agreement);
    expect(table.textContent).toContain("total+3.5");
  });

  it("names probabilities that do not crowd each other", () => {
    expect(marksBetween(-15_000, 8_000, 1)).toEqual([0.0001, 0.01, 0.1, 0.5, 0.9, 0.99]);
    expect(marksBetween(-15_000, 8_000, 6_000)).toEqual([0.0001, 0.01, 0.5, 0.99]);
    expect([0.0001, 0.01, 0.5, 0.999, 0.9999].map(percent)).toEqual(["0.01 %", "1 %", "50 %", "99.9 %", "99.99 %"]);
    expect(millibitsOf(0.5)).toBe(0);
    expect(probabilityOf(millibitsOf(0.95))).toBeCloseTo(0.95);
  });
});

describe("a sitting", () => {
  beforeEach(() => void host("sample"));

  it("keeps its order once somebody has acted, and puts what is new behind", () => {
    const queue = createQueue();
    queue.getState().learn(page(0, 1, 2));
    queue.getState().learn(page(2, 1, 0));
    expect(listed(queue.getState())).toEqual([2, 1, 0].map(name));
    queue.getState().putOff();
    queue.getState().learn(page(3, 0, 1, 2));
    expect(listed(queue.getState())).toEqual([2, 1, 3, 0].map(name));
  });

  it("counts what the backend does not know yet", () => {
    const queue = createQueue();
    queue.getState().learn(page(0, 1, 2));
    queue.getState().decide("same", "seen");
    expect(left(queue.getState())).toBe(2);
    queue.getState().learn(page(1, 2));
    expect(left(queue.getState())).toBe(2);
    queue.getState().takeBack();
    expect(left(queue.getState())).toBe(3);
  });

  it("shows again what was taken back elsewhere", () => {
    const queue = createQueue();
    queue.getState().learn(page(0, 1));
    queue.getState().decide("same", "seen");
    queue.getState().forget();
    expect(listed(queue.getState())).toEqual([0, 1].map(name));
  });

  it("believes an answer that knows the verdict and asks all the same, and no older one", async () => {
    const queue = createQueue();
    queue.getState().learn(page(0, 1));
    queue.getState().decide("same", "seen");
    await waitFor(() => expect(queue.getState().decided[0]?.log).toBe(1));
    queue.getState().learn(page(0, 1));
    expect(listed(queue.getState())).toEqual([name(1)]);
    queue.getState().learn({ ...page(0, 1), log: 2 });
    expect(listed(queue.getState())).toEqual([0, 1].map(name));
  });

  it("writes thirty verdicts to the log in the order they were given", async () => {
    const fake = host("large");
    const { learn, decide } = useReview.getState();
    learn(page(...Array.from({ length: 40 }, (_, n) => n)));
    for (let n = 0; n < 30; n += 1) decide(n % 3 === 0 ? "different" : "same", "seen");
    await waitFor(() => expect(sent(fake, "review.decide")).toHaveLength(30));
    expect(sent(fake, "review.decide").map((request) => (request as { left: string }).left)).toEqual(Array.from({ length: 30 }, (_, n) => `r${n}a`));
    expect(listed(useReview.getState())).toHaveLength(10);
  });

  it("says nothing of what does not hang on a pair", () => {
    expect(stakeWords({ ...question(1), settled: 1, left_records: 1, right_records: 1, left_risk: "LOW", alerts: 0, relations: 0 })).toEqual([]);
    expect(stakeWords({ ...question(1), left_risk: "HIGH", right_risk: "HIGH" })).toContain("both sides’ risk is high");
  });
});
