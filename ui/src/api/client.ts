/**
 * Questions to the backend, remembered until the case changes.
 *
 * Everything derived belongs to one revision, so a change of the case (import, fusion, verdict, undo) forgets all answers but the
 * constant ones. Locking forgets everything, since no evidence may outlive the key.
 */
import { QueryClient, keepPreviousData, useQuery, type UseQueryResult } from "@tanstack/react-query";

import { platform, type AnswerOf, type Method, type RequestOf, type RpcError } from "../platform";

const CONSTANT: readonly Method[] = ["format.list", "graph.columns"];

/** The memory of answers. */
export const answers = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 120_000,
      retry: false,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      networkMode: "always",
    },
    mutations: { networkMode: "always" },
  },
});

/** The key an answer is remembered by. */
export function keyOf<M extends Method>(method: M, request: RequestOf<M>): readonly [M, RequestOf<M>] {
  return [method, request];
}

/** Asks without remembering. */
export function ask<M extends Method>(method: M, request: RequestOf<M>): Promise<AnswerOf<M>> {
  return platform().rpc(method, request);
}

/** How a question is asked. */
export interface Asking {
  /** Ask only when true. */
  when?: boolean;
  /** Keep showing the last answer while the next one is on its way. */
  keep?: boolean;
}

/** Asks and remembers. */
export function useAnswer<M extends Method>(method: M, request: RequestOf<M>, how: Asking = {}): UseQueryResult<AnswerOf<M>, RpcError> {
  return useQuery<AnswerOf<M>, RpcError>({
    queryKey: keyOf(method, request),
    queryFn: () => ask(method, request),
    enabled: how.when ?? true,
    ...(how.keep === true ? { placeholderData: keepPreviousData } : {}),
    structuralSharing: method !== "graph.view",
  });
}

/** The case has changed: what was derived from it is asked anew. */
export function caseChanged(): void {
  void answers.invalidateQueries({ predicate: (query) => !CONSTANT.includes(query.queryKey[0] as Method) });
}

/** The case is locked or another one is open: no answer is kept but the state of the workbench, which the window itself watches. */
export function forgetEverything(): void {
  answers.removeQueries({ predicate: (query) => query.queryKey[0] !== "case.status" });
}
