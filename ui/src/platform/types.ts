/**
 * What the window may ask of its surroundings. The rest of the program sees this file and nothing of the shell behind it.
 *
 * Files and folders are handles: the window never learns a path. An error is always a `RpcError` with a code for machines,
 * a message and a hint for people.
 */
import type { Commands, ErrorView, JobEvent } from "../generated/api";

/** A file or folder picked or dropped; only the shell knows where it lies. */
export interface PickedFile {
  handle: string;
  name: string;
  size: number;
}

/** A folder or a place to write to. */
export interface PickedPlace {
  handle: string;
  name: string;
}

/** Files hover over, leave, or fall into the window. */
export interface DropEvent {
  state: "over" | "leave" | "drop";
  files: PickedFile[];
}

/** What the shell tells without being asked, as `{"drop": …}` or `{"job": …}`. */
export type ShellEvent = { drop: DropEvent } | { job: JobEvent };

/** Requests that the shell answers itself. */
export interface ShellCommands {
  "shell.pickFiles": [Record<string, never>, { handles: PickedFile[] }];
  "shell.pickFolder": [Record<string, never>, PickedPlace | null];
  "shell.pickSave": [{ suggested: string }, PickedPlace | null];
}

/** Every request of the window. */
export type AllCommands = Commands & ShellCommands;
export type Method = keyof AllCommands;
export type RequestOf<M extends Method> = AllCommands[M][0];
export type AnswerOf<M extends Method> = AllCommands[M][1];

/** The one door. */
export interface Platform {
  rpc<M extends Method>(method: M, request: RequestOf<M>): Promise<AnswerOf<M>>;
  onShellEvent(handler: (event: ShellEvent) => void): () => void;
}

/** An error as the backend words it. */
export class RpcError extends Error {
  readonly code: string;
  readonly hint: string;

  constructor(view: ErrorView) {
    super(view.message);
    this.name = "RpcError";
    this.code = view.code;
    this.hint = view.hint;
  }
}

const field = (value: object, name: string): string => {
  const found = (value as Record<string, unknown>)[name];
  return typeof found === "string" ? found : "";
};

/** Turns whatever a host rejects with into an error with a code. */
export function toRpcError(reason: unknown): RpcError {
  if (reason instanceof RpcError) return reason;
  if (typeof reason === "object" && reason !== null && "message" in reason) {
    return new RpcError({ code: field(reason, "code") || "failed", message: field(reason, "message"), hint: field(reason, "hint") });
  }
  return new RpcError({ code: "failed", message: String(reason), hint: "" });
}
