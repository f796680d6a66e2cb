/** The error rate, the random check, and thresholds that are tried out before they are put in force. */
import { fireEvent, screen, waitFor } from "@testing-library/react";
import axe from "axe-core";
import { describe, expect, it } from "vitest";

import { ReviewPanel } from "../src/panels/review/ReviewPanel";
import { draw, host } from "./harness";

async function open(tab: "check" | "measure", scene: "sample" | "empty" = "sample") {
  const fake = host(scene);
  draw(<ReviewPanel />);
  fireEvent.click(await screen.findByTestId(`tab-${tab}`));
  return fake;
}

const sent = (fake: ReturnType<typeof host>, method: string) => fake.calls.filter((call) => call.method === method).map((call) => call.request);

describe("the error rate", () => {
  it("stands with its interval and what it rests on", async () => {
    await open("measure");
    expect((await screen.findByTestId("measure-precision")).textContent).toBe("97.0 % (90.9–99.3)");
    expect(screen.getByTestId("measure-recall").textContent).toBe("between 12.8 and 93.2 %");
    const [strata] = screen.getAllByTestId("measure-groups");
    expect(strata?.textContent).toContain("not measured yet");
    expect(screen.getByText(/Only pairs that chance has drawn enter an interval/)).toBeTruthy();
  });

  it("claims nothing before anything is judged", async () => {
    await open("measure", "empty");
    expect((await screen.findByTestId("measure-precision")).textContent).toBe("not measured yet");
    expect(screen.getByTestId("measure-recall").textContent).toBe("not measured yet");
    expect(screen.getByText(/At least 73 more drawn verdicts are needed/)).toBeTruthy();
  });

  it("leads to the pairs that chance draws of a sort", async () => {
    const fake = await open("measure");
    fireEvent.click(await screen.findByTestId("sample-rejected"));
    await screen.findAllByTestId("review-pair");
    expect(sent(fake, "review.sample")).toEqual([{ stratum: "rejected", limit: 50 }]);
    expect((screen.getByTestId("stratum") as HTMLSelectElement).value).toBe("rejected");
  });
});

describe("a threshold", () => {
  it("is tried out first, and put in force only by a second act", async () => {
    const fake = await open("measure");
    fireEvent.click(await screen.findByTestId("preview"));
    const effect = await screen.findByTestId("effect");
    expect(effect.textContent).toContain("217 entities instead of 214");
    expect(effect.textContent).toContain("9 pairs: linked automatically → waiting for a verdict");
    expect(effect.textContent).toContain("merge_confidence_threshold: 0.95 → 0.973");
    expect(sent(fake, "review.preview")).toEqual([{ review_millibits: 2000, link_millibits: 5170 }]);
    expect(sent(fake, "review.applyThresholds")).toEqual([]);
    fireEvent.click(screen.getByTestId("apply-thresholds"));
    await waitFor(() => expect(sent(fake, "review.applyThresholds")).toEqual([{ review_millibits: 2000, link_millibits: 5170 }]));
  });

  it("that was changed after it was tried out is not put in force", async () => {
    await open("measure");
    fireEvent.click(await screen.findByTestId("preview"));
    await screen.findByTestId("effect");
    fireEvent.change(screen.getByTestId("threshold-link"), { target: { value: "99" } });
    expect(screen.getByTestId("apply-thresholds").hasAttribute("disabled")).toBe(true);
  });
});

describe("the tabs of the review", () => {
  it.each(["queue", "check", "measure", "all"] as const)("axe finds nothing serious in %s", async (tab) => {
    host("sample");
    const { container } = draw(<ReviewPanel />);
    fireEvent.click(await screen.findByTestId(`tab-${tab}`));
    await screen.findByTestId(tab === "measure" ? "measure-precision" : tab === "all" ? "review-count" : "review-current");
    // Contrast is measured in the drawn page; jsdom draws nothing.
    const found = await axe.run(container, { rules: { "color-contrast": { enabled: false }, region: { enabled: false } } });
    expect(found.violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html.slice(0, 120)}`)).toEqual([]);
  });
});
