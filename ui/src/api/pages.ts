/**
 * Long lists that the backend pages: only the pages in sight are asked for, and pages far from sight are let go.
 */
import { useQueries } from "@tanstack/react-query";
import { useCallback, useState } from "react";

import type { AnswerOf, Method, RequestOf, RpcError } from "../platform";
import { ask, keyOf } from "./client";

/** A window onto a long list. */
export interface Pages<Row> {
  total: number;
  row: (index: number) => Row | undefined;
  error: RpcError | null;
  pending: boolean;
}

/** How a list is paged. */
export interface Paging<M extends Method, Row> {
  method: M;
  request: (offset: number, limit: number) => RequestOf<M>;
  rows: (answer: AnswerOf<M>) => Row[];
  total: (answer: AnswerOf<M>) => number;
  pageSize: number;
}

/** Returns the numbers of the pages that hold the rows `first` to `last`. */
export function pagesInSight(first: number, last: number, pageSize: number): number[] {
  const from = Math.max(0, Math.floor(first / pageSize));
  const until = Math.max(from, Math.floor(Math.max(first, last) / pageSize));
  return Array.from({ length: until - from + 1 }, (_, index) => from + index);
}

/** Asks for the pages that hold the rows from `first` to `last`; the first page is always asked, since it says how many there are. */
export function usePages<M extends Method, Row>(paging: Paging<M, Row>, first: number, last: number): Pages<Row> {
  const numbers = [...new Set([0, ...pagesInSight(first, last, paging.pageSize)])];
  const results = useQueries({
    queries: numbers.map((number) => {
      const request = paging.request(number * paging.pageSize, paging.pageSize);
      return { queryKey: keyOf(paging.method, request), queryFn: () => ask(paging.method, request), gcTime: 30_000 };
    }),
  });
  const byNumber = new Map(numbers.map((number, index) => [number, results[index]?.data]));
  const known = results.find((result) => result.data !== undefined)?.data;
  return {
    total: known === undefined ? 0 : paging.total(known),
    row: (index) => {
      const page = byNumber.get(Math.floor(index / paging.pageSize));
      return page === undefined ? undefined : paging.rows(page)[index % paging.pageSize];
    },
    error: (results.find((result) => result.error !== null)?.error as RpcError | undefined) ?? null,
    pending: known === undefined && results.some((result) => result.isPending),
  };
}

/** Follows which rows are in sight. */
export function useSight(): [first: number, last: number, see: (first: number, last: number) => void] {
  const [sight, setSight] = useState<[number, number]>([0, 0]);
  const see = useCallback((first: number, last: number) => setSight((before) => (before[0] === first && before[1] === last ? before : [first, last])), []);
  return [sight[0], sight[1], see];
}
