/** The door in a plain browser: a host object put on the page by a test or by the looking stand of dev/. */
import { toRpcError, type AnswerOf, type Method, type Platform, type RequestOf, type ShellEvent } from "./types";

/** What such a host offers. */
export interface BrowserHost {
  rpc(method: string, request: unknown): Promise<unknown>;
  listen(handler: (event: ShellEvent) => void): () => void;
}

declare global {
  interface Window {
    __FUSION_HOST__?: BrowserHost;
    __TAURI_INTERNALS__?: unknown;
  }
}

/** Wraps a host; requests and answers travel as copies, as they do over a real wire. */
export function browserPlatform(host: BrowserHost): Platform {
  return {
    async rpc<M extends Method>(method: M, request: RequestOf<M>): Promise<AnswerOf<M>> {
      try {
        return (await host.rpc(method, structuredClone(request))) as AnswerOf<M>;
      } catch (reason) {
        throw toRpcError(reason);
      }
    },
    onShellEvent: (handler) => host.listen(handler),
  };
}
