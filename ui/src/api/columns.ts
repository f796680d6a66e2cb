/**
 * Reads the byte columns of `graph.view`; the layout is written down at `GraphColumns` in the generated schema.
 *
 * The bytes come from our own backend, yet a wrong length must end in a sentence and never in a picture of garbage.
 */
export const MAGIC = 0x46475231;

/** A picture of the graph, column by column. */
export interface GraphPicture {
  /** Nodes in the whole graph; more than `ids.length` when the picture is cut. */
  whole: number;
  ids: string[];
  labels: string[];
  x: Float32Array;
  y: Float32Array;
  kind: Uint8Array;
  risk: Uint8Array;
  confidence: Uint8Array;
  degree: Uint32Array;
  community: Uint32Array;
  from: Uint32Array;
  to: Uint32Array;
  score: Uint16Array;
  relation: Uint8Array;
  directed: Uint8Array;
  relationIds: string[];
}

/** Says why bytes are no picture. */
export class ColumnsError extends Error {
  readonly code = "graph-columns";
  readonly hint = "";
}

class Reader {
  private at = 0;
  private readonly view: DataView;

  constructor(private readonly buffer: ArrayBuffer) {
    this.view = new DataView(buffer);
  }

  private take(bytes: number): number {
    const start = this.at;
    if (start + bytes > this.buffer.byteLength) throw new ColumnsError("graph picture is shorter than its header says");
    this.at = start + bytes;
    return start;
  }

  u32(): number {
    return this.view.getUint32(this.take(4), true);
  }

  // Columns may start at any offset, which typed arrays do not allow on the shared buffer: copy, then view.
  private copy(bytes: number): ArrayBuffer {
    const start = this.take(bytes);
    return this.buffer.slice(start, start + bytes);
  }

  f32s(n: number): Float32Array {
    return new Float32Array(this.copy(n * 4));
  }

  u32s(n: number): Uint32Array {
    return new Uint32Array(this.copy(n * 4));
  }

  u16s(n: number): Uint16Array {
    return new Uint16Array(this.copy(n * 2));
  }

  u8s(n: number): Uint8Array {
    return new Uint8Array(this.copy(n));
  }

  text(bytes: number): string {
    return new TextDecoder("utf-8", { fatal: false }).decode(this.copy(bytes));
  }

  end(): void {
    if (this.at !== this.buffer.byteLength) throw new ColumnsError("graph picture is longer than its header says");
  }
}

/** Reads a picture or throws a `ColumnsError`. */
export function decodeGraph(buffer: ArrayBuffer): GraphPicture {
  const reader = new Reader(buffer);
  if (reader.u32() !== MAGIC) throw new ColumnsError("these bytes are no graph picture");
  const n = reader.u32();
  const m = reader.u32();
  const whole = reader.u32();
  const textBytes = reader.u32();
  const x = reader.f32s(n);
  const y = reader.f32s(n);
  const kind = reader.u8s(n);
  const risk = reader.u8s(n);
  const confidence = reader.u8s(n);
  reader.u8s(n);
  const degree = reader.u32s(n);
  const community = reader.u32s(n);
  const from = reader.u32s(m);
  const to = reader.u32s(m);
  const score = reader.u16s(m);
  const relation = reader.u8s(m);
  const directed = reader.u8s(m);
  const lines = reader.text(textBytes).split("\n");
  reader.end();
  if (lines.length < n + m) throw new ColumnsError("graph picture names fewer nodes than it draws");
  const ids: string[] = [];
  const labels: string[] = [];
  for (const line of lines.slice(0, n)) {
    const tab = line.indexOf("\t");
    ids.push(tab < 0 ? line : line.slice(0, tab));
    labels.push(tab < 0 ? "" : line.slice(tab + 1));
  }
  for (let edge = 0; edge < m; edge += 1) {
    if ((from[edge] ?? n) >= n || (to[edge] ?? n) >= n) throw new ColumnsError("graph picture draws an edge to a node it does not hold");
  }
  return { whole, ids, labels, x, y, kind, risk, confidence, degree, community, from, to, score, relation, directed, relationIds: lines.slice(n, n + m) };
}
