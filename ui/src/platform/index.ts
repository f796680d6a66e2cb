/** The one door to the shell, chosen once. */
import { browserPlatform } from "./browser";
import { tauriPlatform } from "./tauri";
import { RpcError, type Platform } from "./types";

export { RpcError, toRpcError } from "./types";
export type { AllCommands, AnswerOf, DropEvent, Method, PickedFile, PickedPlace, Platform, RequestOf, ShellEvent } from "./types";

const nobody: Platform = {
  rpc: () =>
    Promise.reject(
      new RpcError({ code: "no-host", message: "nothing answers behind this window", hint: "open it through the Fusion Workbench program" }),
    ),
  onShellEvent: () => () => undefined,
};

function choose(): Platform {
  if (window.__TAURI_INTERNALS__ !== undefined) return tauriPlatform;
  if (window.__FUSION_HOST__ !== undefined) return browserPlatform(window.__FUSION_HOST__);
  return nobody;
}

let chosen: Platform | undefined;

/** Returns the door of this window. */
export function platform(): Platform {
  chosen ??= choose();
  return chosen;
}

/** Forgets the choice; tests put another host on the page. */
export function resetPlatform(): void {
  chosen = undefined;
}
