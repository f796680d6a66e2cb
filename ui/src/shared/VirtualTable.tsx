/**
 * A table of any length: only the rows in sight exist, in the page and in memory.
 *
 * The owner says how many rows there are and gives a row by its number, or nothing while it is on its way. Arrows move, Enter
 * opens, Shift and Ctrl choose several, Ctrl-C copies the chosen rows as tab-separated text.
 */
import { flexRender, getCoreRowModel, useReactTable, type ColumnDef, type RowData } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent, type RefObject } from "react";

import styles from "./table.module.css";
import { cx } from "./format";
import { tsvCell } from "./text";

declare module "@tanstack/react-table" {
  // The type parameters must be repeated exactly as the library declares them.
  // eslint-disable-next-line @typescript-eslint/no-unused-vars
  interface ColumnMeta<TData extends RowData, TValue> {
    /** CSS track, e.g. `minmax(120px, 1fr)` or `64px`. */
    track: string;
    right?: boolean;
    /** Text of the cell for copying. */
    text: (row: TData) => string;
    /** Whether the heading sorts. */
    sorts?: boolean;
    /** Left out, highest first, when the table is too narrow; never left out when absent. */
    spare?: number;
  }
}

export interface Sort {
  by: string;
  order: "asc" | "desc";
}

export type Column<Row> = ColumnDef<Row>;

interface VirtualTableProps<Row> {
  label: string;
  columns: Column<Row>[];
  total: number;
  row: (index: number) => Row | undefined;
  idOf: (row: Row) => string;
  /** Tells which rows are in sight. */
  onSight?: (first: number, last: number) => void;
  onOpen?: (row: Row) => void;
  /** Called when the current row moves by click or arrow. */
  onCurrent?: (row: Row) => void;
  currentId?: string | undefined;
  sort?: Sort;
  onSort?: (sort: Sort) => void;
  hidden?: readonly string[];
  /** Fetches rows that are not in memory, for copying. */
  load?: (first: number, last: number) => Promise<Row[]>;
  rowTestId?: string;
  rowHeight?: number;
}

export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { label, columns, total, row, idOf, onSight, onOpen, onCurrent, currentId, sort, onSort, hidden, load, rowTestId } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [cursor, setCursor] = useState(-1);
  const [anchor, setAnchor] = useState(-1);
  const [extra, setExtra] = useState<ReadonlySet<number>>(new Set());
  const base = useId();
  const height = props.rowHeight ?? rowHeightOf(scroller.current);

  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
    scrollPaddingStart: 28,
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;

  useEffect(() => onSight?.(first, last), [first, last, onSight]);

  const data = useMemo(() => items.map((item) => ({ index: item.index, start: item.start, value: row(item.index) })), [items, row]);
  const loaded = useMemo(() => data.flatMap((item) => (item.value === undefined ? [] : [item.value])), [data]);
  const width = useWidth(scroller);
  const visibility = useMemo(() => Object.fromEntries([...(hidden ?? []), ...withoutRoom(columns, hidden ?? [], width)].map((id) => [id, false])), [hidden, columns, width]);
  const table = useReactTable({
    data: loaded,
    columns,
    getCoreRowModel: getCoreRowModel(),
    getRowId: (value, index) => `${index}:${idOf(value)}`,
    manualSorting: true,
    state: { columnVisibility: visibility },
  });
  const shown = table.getVisibleLeafColumns();
  const tracks = shown.map((column) => column.columnDef.meta?.track ?? "1fr").join(" ");
  const rowModels = table.getRowModel().rows;

  const chosen = (index: number): boolean =>
    extra.has(index) || (anchor >= 0 && cursor >= 0 && index >= Math.min(anchor, cursor) && index <= Math.max(anchor, cursor));

  const move = (to: number, extend: boolean) => {
    const next = Math.max(0, Math.min(total - 1, to));
    setCursor(next);
    if (!extend) {
      setAnchor(next);
      setExtra(new Set());
    }
    virtual.scrollToIndex(next);
    const value = row(next);
    if (value !== undefined && !extend) onCurrent?.(value);
  };

  const copy = async () => {
    const low = Math.min(anchor, cursor);
    const high = Math.max(anchor, cursor);
    const numbers = [...new Set([...extra, ...(low < 0 ? [] : Array.from({ length: high - low + 1 }, (_, step) => low + step))])].sort((a, b) => a - b);
    let rows: Row[] = numbers.flatMap((number) => {
      const value = row(number);
      return value === undefined ? [] : [value];
    });
    const from = numbers[0];
    const until = numbers.at(-1);
    if (rows.length < numbers.length && load !== undefined && from !== undefined && until !== undefined) {
      const all = await load(from, until);
      const wanted = new Set(numbers);
      rows = all.filter((_, index) => wanted.has(from + index));
    }
    const lines = [shown.map((column) => String(column.columnDef.header ?? column.id)), ...rows.map((value) => shown.map((column) => column.columnDef.meta?.text(value) ?? ""))];
    await navigator.clipboard.writeText(lines.map((line) => line.map(tsvCell).join("\t")).join("\n"));
  };

  const key = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 280) / height) - 1);
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -total, End: total };
    const step = steps[event.key];
    if (step !== undefined) move((cursor < 0 ? (step > 0 ? -1 : 0) : cursor) + step, event.shiftKey);
    else if (event.key === "Enter" && cursor >= 0) {
      const value = row(cursor);
      if (value !== undefined) (onOpen ?? onCurrent)?.(value);
    } else if (event.key.toLowerCase() === "c" && (event.ctrlKey || event.metaKey) && cursor >= 0) void copy();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const click = (event: MouseEvent, index: number) => {
    if (event.ctrlKey || event.metaKey) {
      const next = new Set(extra);
      if (anchor >= 0) next.add(cursor);
      if (next.has(index)) next.delete(index);
      else next.add(index);
      setExtra(next);
      setAnchor(-1);
      setCursor(index);
    } else move(index, event.shiftKey);
  };

  let model = 0;
  return (
    <div className={styles.frame}>
      <div
        ref={scroller}
        className={styles.scroller}
        role="grid"
        aria-label={label}
        aria-rowcount={total + 1}
        aria-multiselectable
        tabIndex={0}
        {...(cursor >= first && cursor <= last && total > 0 ? { "aria-activedescendant": `${base}-${cursor}` } : {})}
        onKeyDown={key}
      >
        <div role="rowgroup" className={styles.head} style={{ gridTemplateColumns: tracks }}>
          <div role="row" aria-rowindex={1} style={{ display: "contents" }}>
            {shown.map((column) => {
              const meta = column.columnDef.meta;
              const sorted = sort?.by === column.id ? sort.order : undefined;
              const title = String(column.columnDef.header ?? "");
              return (
                <div
                  key={column.id}
                  role="columnheader"
                  className={cx(styles.headCell, meta?.right === true && styles.right)}
                  {...(sorted === undefined ? {} : { "aria-sort": sorted === "asc" ? ("ascending" as const) : ("descending" as const) })}
                >
                  {meta?.sorts === true && onSort !== undefined ? (
                    <button type="button" className={styles.sort} onClick={() => onSort({ by: column.id, order: sorted === "desc" ? "asc" : sorted === "asc" ? "desc" : meta.right === true ? "desc" : "asc" })}>
                      {title}
                      {sorted === "asc" ? <ArrowUp size={12} aria-hidden /> : sorted === "desc" ? <ArrowDown size={12} aria-hidden /> : null}
                    </button>
                  ) : (
                    title
                  )}
                </div>
              );
            })}
          </div>
        </div>
        <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: "relative" }}>
          {data.map((item) => {
            const current = item.value === undefined ? undefined : rowModels[model++];
            const value = item.value;
            return (
              <div
                key={item.index}
                id={`${base}-${item.index}`}
                role="row"
                aria-rowindex={item.index + 2}
                aria-selected={chosen(item.index)}
                data-testid={value === undefined ? undefined : rowTestId}
                className={cx(styles.row, chosen(item.index) && styles.chosen, value !== undefined && currentId !== undefined && idOf(value) === currentId && styles.current)}
                style={{ transform: `translateY(${item.start}px)`, gridTemplateColumns: tracks, height }}
                onClick={(event) => click(event, item.index)}
                onDoubleClick={() => (value === undefined ? undefined : onOpen?.(value))}
              >
                {current === undefined ? (
                  <div role="gridcell" className={styles.cell} style={{ gridColumn: "1 / -1" }}>
                    <span className={styles.waiting} />
                  </div>
                ) : (
                  current.getVisibleCells().map((cell) => (
                    <div key={cell.column.id} role="gridcell" className={cx(styles.cell, cell.column.columnDef.meta?.right === true && styles.right)}>
                      {flexRender(cell.column.columnDef.cell, cell.getContext())}
                    </div>
                  ))
                )}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** Returns the columns for which there is no room. */
export function withoutRoom<Row>(columns: Column<Row>[], hidden: readonly string[], width: number): string[] {
  if (width === 0) return [];
  const least = (column: Column<Row>) => Number(/(\d+)px/.exec(column.meta?.track ?? "")?.[1] ?? 60);
  const shown = columns.filter((column) => !hidden.includes(String(column.id)));
  let needed = shown.reduce((sum, column) => sum + least(column), 0);
  const dropped: string[] = [];
  const spare = shown.filter((column) => column.meta?.spare !== undefined).sort((a, b) => (b.meta?.spare ?? 0) - (a.meta?.spare ?? 0));
  for (const column of spare) {
    if (needed <= width) break;
    needed -= least(column);
    dropped.push(String(column.id));
  }
  return dropped;
}

function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const target = element.current;
    if (target === null) return undefined;
    const observer = new ResizeObserver(() => setWidth(target.clientWidth));
    observer.observe(target);
    return () => observer.disconnect();
  }, [element]);
  return width;
}

function rowHeightOf(element: HTMLElement | null): number {
  const text = getComputedStyle(element ?? document.documentElement).getPropertyValue("--row");
  const found = /calc\((\d+)px \* ([\d.]+|var\(--text-scale\))\)/.exec(text);
  const base = Number(found?.[1] ?? 28);
  const scale = Number(getComputedStyle(document.documentElement).getPropertyValue("--text-scale")) || 1;
  return Math.round(base * scale);
}
