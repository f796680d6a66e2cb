/** The one door, through both of its implementations. */
import { mockIPC, clearMocks } from "@tauri-apps/api/mocks";
import { afterEach, describe, expect, it, vi } from "vitest";

import { createFakeHost } from "../dev/fakeHost";
import { browserPlatform } from "../src/platform/browser";
import { tauriPlatform } from "../src/platform/tauri";
import { RpcError, toRpcError, type Platform } from "../src/platform/types";

afterEach(() => {
  clearMocks();
  vi.unstubAllGlobals();
});

function throughShell(): Platform {
  const host = createFakeHost("sample");
  mockIPC((command, payload) => {
    expect(command).toBe("rpc");
    const { method, request } = payload as { method: string; request: unknown };
    return host.rpc(method, request);
  });
  return tauriPlatform;
}

describe.each([
  ["the shell", throughShell],
  ["a browser host", () => browserPlatform(createFakeHost("sample"))],
])("through %s", (_, make) => {
  it("answers a request", async () => {
    expect((await make().rpc("case.status", {})).open?.name).toBe("Nightjar");
  });

  it("hands bytes through", async () => {
    const bytes = await make().rpc("graph.view", { focus: [], depth: 2, kinds: [], relations: [], min_score: 0, max_nodes: 10 });
    expect(new DataView(bytes).getUint32(0, true)).toBe(0x46475231);
  });

  it("turns a refusal into an error with code and hint", async () => {
    const failure = await make().rpc("case.open", { handle: "recent:0", passphrase: "wrong" }).then(() => null, (error: unknown) => error);
    expect(failure).toBeInstanceOf(RpcError);
    expect(failure).toMatchObject({ code: "wrong-key", message: "this passphrase does not open the case", hint: "check the keyboard layout" });
  });
});

describe("toRpcError", () => {
  it.each([
    ["a view", { code: "busy", message: "m", hint: "h" }, { code: "busy", message: "m", hint: "h" }],
    ["a text", "not allowed by ACL", { code: "failed", message: "not allowed by ACL" }],
    ["nothing", undefined, { code: "failed" }],
  ])("reads %s", (_, reason, expected) => {
    expect(toRpcError(reason)).toMatchObject(expected);
  });
});

describe("events of the shell", () => {
  it("reach the listener until it leaves", () => {
    const host = createFakeHost("sample");
    const heard: unknown[] = [];
    const stop = browserPlatform(host).onShellEvent((event) => heard.push(event));
    host.emit({ drop: { state: "over", files: [] } });
    stop();
    host.emit({ drop: { state: "leave", files: [] } });
    expect(heard).toEqual([{ drop: { state: "over", files: [] } }]);
  });
});
