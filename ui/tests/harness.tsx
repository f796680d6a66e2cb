/** Puts a fake host behind the door and draws the window, or one panel of it. */
import { QueryClientProvider } from "@tanstack/react-query";
import { render, type RenderResult } from "@testing-library/react";
import type { ReactNode } from "react";

import type { Stand } from "../dev/caseFile";
import { createFakeHost, type FakeHost, type Scene } from "../dev/fakeHost";
import { answers } from "../src/api/client";
import { useReview, useSample } from "../src/domain/review/queue";
import { useFilters } from "../src/domain/state/filters";
import { useHistory } from "../src/domain/state/history";
import { useImports } from "../src/domain/state/imports";
import { useJobs } from "../src/domain/state/jobs";
import { useNotices } from "../src/domain/state/notices";
import { useReport } from "../src/domain/state/report";
import { useSelection } from "../src/domain/state/selection";
import { useWorkspace } from "../src/domain/state/workspace";
import { resetPlatform } from "../src/platform";
import { App } from "../src/shell/App";

export function host(scene: Scene, stand: Stand = "fine"): FakeHost {
  const made = createFakeHost(scene, stand);
  window.__FUSION_HOST__ = made;
  resetPlatform();
  answers.clear();
  useFilters.getState().clear();
  useImports.getState().clear();
  useJobs.setState({ list: [] });
  useHistory.getState().clear();
  useReview.getState().clear();
  useSample.getState().clear();
  useNotices.getState().clear();
  useReport.getState().clear();
  useSelection.getState().clear();
  useWorkspace.setState({ active: null, request: null, layout: null, graphOrder: null, paletteOpen: false, helpOpen: false, kitOffered: false });
  return made;
}

export function draw(panel: ReactNode): RenderResult {
  return render(<QueryClientProvider client={answers}>{panel}</QueryClientProvider>);
}

export function drawWindow(): RenderResult {
  return render(<App />);
}
