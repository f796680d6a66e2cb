/** Starts the window. */
// First of all: what follows runs on a frozen prototype.
import "./platform/harden";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import "./styles/tokens.css";
import "./styles/base.css";
import { applyPreferences } from "./domain/state/preferences";
import { App } from "./shell/App";

declare const __LOOK__: boolean;

async function start(): Promise<void> {
  // The looking stand puts an invented host on the page; a production bundle leaves this branch out.
  if (__LOOK__) (await import("../dev/fakeHost")).installFromAddress();
  applyPreferences();
  const place = document.getElementById("root");
  if (place === null) throw new Error("the page has no place for the window");
  createRoot(place).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}

void start();
