/** The window: the start screen while no case is open, the desk when one is. */
import { QueryClientProvider } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { answers, ask, caseChanged } from "../api/client";
import { planFiles, useStatus } from "../domain/case/session";
import { useImports } from "../domain/state/imports";
import { useJobs } from "../domain/state/jobs";
import { complain, useNotices } from "../domain/state/notices";
import { usePreferences } from "../domain/state/preferences";
import type { JobEvent } from "../generated/api";
import { platform, type ShellEvent } from "../platform";
import { ErrorBox } from "../shared/layout";
import { visible } from "../shared/text";
import { Desk } from "./Desk";
import { DropVeil } from "./DropVeil";
import { Start } from "./Start";

export function App() {
  const language = usePreferences((state) => state.language);
  return (
    <QueryClientProvider client={answers}>
      {/* A new language draws everything anew. */}
      <Window key={language} />
    </QueryClientProvider>
  );
}

function Window() {
  const status = useStatus();
  const open = status.data?.open ?? null;
  const over = useShellEvents(open !== null);
  if (status.error !== null) return <ErrorBox error={status.error} />;
  if (status.data === undefined) return null;
  return (
    <>
      {open === null ? <Start status={status.data} /> : <Desk open={open} />}
      <DropVeil over={over} caseOpen={open !== null} />
    </>
  );
}

/** Imports and fusions have screens of their own that show what came of them; what came of any other job is said. */
function tellEnd(job: JobEvent): void {
  if (job.kind === "import" || job.kind === "fuse") return;
  if (job.error !== null) complain(Object.assign(new Error(job.error.message), { code: job.error.code, hint: job.error.hint }));
  else if (job.state === "done") useNotices.getState().say(visible(job.text));
}

/** Hears the shell: files over the window, files dropped, jobs getting on. Returns how many files hover. */
function useShellEvents(caseOpen: boolean): number {
  const [over, setOver] = useState(0);

  useEffect(
    () =>
      platform().onShellEvent((event: ShellEvent) => {
        if ("drop" in event) {
          const { state, files } = event.drop;
          setOver(state === "over" ? Math.max(1, files.length) : 0);
          if (state !== "drop") return;
          // Without a case the files wait until one is created or opened.
          if (caseOpen) planFiles(files);
          else useImports.getState().add(files);
        } else if ("job" in event) {
          useJobs.getState().hear(event.job);
          if (event.job.state !== "running") {
            tellEnd(event.job);
            caseChanged();
          }
        }
      }),
    [caseOpen],
  );

  useEffect(() => {
    if (!caseOpen) return;
    // A window that was drawn anew has missed what jobs said before.
    void ask("job.list", {}).then(
      (list) => useJobs.getState().replace(list.jobs),
      () => undefined,
    );
  }, [caseOpen]);

  return over;
}
