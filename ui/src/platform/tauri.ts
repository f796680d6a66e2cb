/** The door in the real window: one command of the shell, one stream of events. */
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";

import { toRpcError, type AnswerOf, type Method, type Platform, type RequestOf, type ShellEvent } from "./types";

export const tauriPlatform: Platform = {
  async rpc<M extends Method>(method: M, request: RequestOf<M>): Promise<AnswerOf<M>> {
    try {
      return await invoke<AnswerOf<M>>("rpc", { method, request });
    } catch (reason) {
      throw toRpcError(reason);
    }
  },

  onShellEvent(handler) {
    // The subscription is asynchronous: a caller that leaves before it stands must still be unsubscribed.
    let gone = false;
    let stop: (() => void) | undefined;
    void listen<ShellEvent>("shell", (event) => handler(event.payload)).then((unlisten) => {
      if (gone) unlisten();
      else stop = unlisten;
    });
    return () => {
      gone = true;
      stop?.();
    };
  },
};
