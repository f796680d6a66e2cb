/**
 * A host for tests and for looking at screens: it answers as the backend would, from invented data. It is in no production bundle.
 *
 * `?case=none|empty|sample|large` in the address chooses what it holds, `&stand=unknown|behind|damaged|bare` how the case stands.
 */
import type * as Api from "../src/generated/api";
import type { BrowserHost } from "../src/platform/browser";
import type { PickedFile, ShellEvent } from "../src/platform";
import { CUSTODY, NOT_MINE, caseFileOf, type Stand } from "./caseFile";
import { reviewOf } from "./review";
import { ENTITY_KINDS, LEVELS, RELATION_KINDS, alerts, confidence, dice, entityRow, events, finding, hex, pair, refOf, reportHtml, sources, statement } from "./invented";

export type Scene = "none" | "empty" | "sample" | "large";

interface Call {
  method: string;
  request: unknown;
}

export interface FakeHost extends BrowserHost {
  calls: Call[];
  emit: (event: ShellEvent) => void;
  /** Files the next dialog gives. */
  picks: PickedFile[];
  /** Replaces the answer of a method. */
  override: (method: string, answer: (request: never) => unknown) => void;
}

const SIZES: Record<Scene, number> = { none: 0, empty: 0, sample: 214, large: 100_000 };

const WORDS: Record<Stand, string> = { fine: "every item is as it was recorded; 14 operations", bare: "every item is as it was recorded; 14 operations", unknown: "this computer has not seen this case before", behind: "this computer has seen event 1,219; this copy ends with event 1,204", damaged: "event 871 was changed after it was written" };

function openCase(scene: Scene, stand: Stand = "fine"): Api.OpenCaseView {
  const size = SIZES[scene];
  const bad = stand === "behind" || stand === "damaged";
  return {
    name: scene === "empty" ? "Untitled matter" : "Nightjar",
    region: "GB",
    writable: !bad,
    read_only_reason: bad ? WORDS[stand] : "",
    custody: CUSTODY[stand],
    custody_text: WORDS[stand],
    keys_note: stand === "unknown" ? "The newest key file did not open the case, so the one before it did and is in force again: the last change of keys is undone." : "",
    tlp: "AMBER",
    revision: size === 0 ? "" : hex(4242),
    stale: false,
    sources: size === 0 ? 0 : 8,
    entities: size,
    relations: Math.round(size * 1.7),
    events: size === 0 ? 0 : Math.min(20_000, size * 2),
    review: size === 0 ? 0 : 6,
    alerts: size === 0 ? 0 : 2,
    sample: scene === "sample",
    undo: size === 0 ? null : "import of result.json",
    redo: null,
    as_of: null,
    backup_alert: stand === "behind" ? "no backup for 31 hours" : "",
    auto_lock_minutes: 10,
  };
}

/** Writes a picture in the byte layout of the backend. */
export function encodeGraph(nodes: { id: string; label: string; kind: number; risk: number; confidence: number; degree: number; community: number; x: number; y: number }[], edges: { id: string; from: number; to: number; score: number; kind: number; directed: boolean }[], whole: number): ArrayBuffer {
  const n = nodes.length;
  const m = edges.length;
  const text = new TextEncoder().encode([...nodes.map((node) => `${node.id}\t${node.label}`), ...edges.map((edge) => edge.id)].join("\n"));
  const buffer = new ArrayBuffer(20 + n * (4 + 4 + 1 + 1 + 1 + 1 + 4 + 4) + m * (4 + 4 + 2 + 1 + 1) + text.byteLength);
  const view = new DataView(buffer);
  let at = 0;
  const u32 = (value: number) => {
    view.setUint32(at, value, true);
    at += 4;
  };
  const f32 = (value: number) => {
    view.setFloat32(at, value, true);
    at += 4;
  };
  const u8 = (value: number) => {
    view.setUint8(at, value);
    at += 1;
  };
  for (const value of [0x46475231, n, m, whole, text.byteLength]) u32(value);
  nodes.forEach((node) => f32(node.x));
  nodes.forEach((node) => f32(node.y));
  nodes.forEach((node) => u8(node.kind));
  nodes.forEach((node) => u8(node.risk));
  nodes.forEach((node) => u8(node.confidence));
  nodes.forEach(() => u8(0));
  nodes.forEach((node) => u32(node.degree));
  nodes.forEach((node) => u32(node.community));
  edges.forEach((edge) => u32(edge.from));
  edges.forEach((edge) => u32(edge.to));
  edges.forEach((edge) => {
    view.setUint16(at, edge.score, true);
    at += 2;
  });
  edges.forEach((edge) => u8(edge.kind));
  edges.forEach((edge) => u8(edge.directed ? 1 : 0));
  new Uint8Array(buffer).set(text, at);
  return buffer;
}

function graph(size: number, request: Api.GraphViewRequest): ArrayBuffer {
  const most = Math.min(request.max_nodes, size, request.focus.length > 0 ? 34 : 100_000);
  const roll = dice(request.focus.length > 0 ? 5 : 11);
  const communities = Math.max(3, Math.round(most / 32));
  const rows = Array.from({ length: most }, (_, n) => entityRow(n)).filter((row) => request.kinds.length === 0 || request.kinds.includes(row.kind));
  const nodes = rows.map((row, n) => {
    const community = n % communities;
    const turn = (community / communities) * Math.PI * 2;
    const angle = roll() * Math.PI * 2;
    const far = Math.sqrt(roll()) * (n < communities ? 0.5 : 3.4);
    return { id: row.id, label: row.label, kind: ENTITY_KINDS.indexOf(row.kind), risk: LEVELS.indexOf(row.risk_level), confidence: row.confidence, degree: row.degree, community, x: Math.cos(turn) * 7 * (1 + (community % 3) * 0.25) + Math.cos(angle) * far, y: Math.sin(turn) * 7 * (1 + (community % 3) * 0.25) + Math.sin(angle) * far };
  });
  const edges: Parameters<typeof encodeGraph>[1] = [];
  nodes.forEach((node, n) => {
    if (n < communities) {
      if (n > 0) edges.push({ id: `r${edges.length}`, from: n, to: Math.floor(roll() * n), score: 6000 + Math.floor(roll() * 3000), kind: Math.floor(roll() * 17), directed: roll() > 0.4 });
      return;
    }
    const links = 1 + Math.floor(roll() * 2.4);
    for (let link = 0; link < links; link += 1) {
      const to = link === 0 ? node.community : (node.community + communities * Math.floor(roll() * (nodes.length / communities))) % nodes.length;
      if (to !== n && to < nodes.length) edges.push({ id: `r${edges.length}`, from: n, to, score: 3000 + Math.floor(roll() * 7000), kind: Math.floor(roll() * 17), directed: roll() > 0.4 });
    }
  });
  return encodeGraph(nodes, edges, size);
}

function profile(id: string, size: number): Api.EntityView {
  const index = Math.max(0, Array.from({ length: Math.min(size, 2500) }, (_, n) => n).find((n) => hex(n) === id) ?? 0);
  const row = entityRow(index);
  const ids = ["s0", "s1", "s2", "s3"];
  const related = (kind: string, relation: string, count: number): Api.RelationView[] =>
    Array.from({ length: 400 }, (_, n) => entityRow(n + 1))
      .filter((each) => each.kind === kind)
      .slice(0, count)
      .map((other, n) => ({ id: `${kind}${n}`, kind: relation, score: 91 - n * 7, direction: "out", from: refOf(row), other: refOf(other), confidence: confidence(80 - n * 5, ids), grade: { text: n % 2 === 0 ? "B2" : "C3", reliability: "usually reliable", credibility: "probably true" }, count: 2, span: null, amounts: relation === "paid" ? ["4,200 USDX"] : [], why: `stated by ${2 + n} sources`, statements: ids.slice(0, 2) }));
  return {
    entity: refOf(row),
    confidence: confidence(row.confidence, ids),
    risk: {
      score: row.risk,
      level: row.risk_level,
      flip: { source: hex(9003), source_name: "leakcheck_email.json", level: "MEDIUM", score: 61, text: "Without leakcheck_email.json the risk would be MEDIUM (61) instead of HIGH (76)." },
      factors: [
        { name: "breach-exposure", score: 88, weight: 20, findings: [finding(2)] },
        { name: "behaviour", score: 81, weight: 25, findings: [finding(0)] },
        { name: "network", score: 70, weight: 20, findings: [] },
        { name: "temporal", score: 92, weight: 15, findings: [finding(1)] },
        { name: "geographic", score: 12, weight: 10, findings: [] },
        { name: "indicators", score: 40, weight: 10, findings: [] },
      ],
    },
    facts: [
      { property: "email", value: "nightjar77@mail.example", canonical: "nightjar77@mail.example", span: null, confidence: confidence(92, ids), origins: 4, statements: ids },
      { property: "phone", value: "+44 1632 960201", canonical: "+441632960201", span: null, confidence: confidence(77, ids), origins: 2, statements: ids.slice(0, 2) },
      { property: "location", value: "Rotterdam", canonical: "rotterdam", span: null, confidence: confidence(63, ids), origins: 1, statements: ids.slice(1, 2) },
      { property: "birth-date", value: "1991-04-02", canonical: "1991-04-02", span: { start: "1991-04-02T00:00:00Z", end: "1991-04-03T00:00:00Z", precision: "day", text: "1991-04-02", start_ms: 0, end_ms: 1, zone_known: false }, confidence: confidence(48, ids), origins: 2, statements: ids.slice(2) },
    ],
    aliases: [
      { name: "nightjar_77", property: "handle", statements: ids },
      { name: "M. Ellison", property: "name", statements: ids.slice(1, 2) },
    ],
    relations: [...related("account", "owns", 4), ...related("wallet", "owns", 2), ...related("breach", "exposed-in", 4), ...related("person", "messaged", 3), ...related("organization", "officer-of", 1)],
    events: events(60).slice(0, 9),
    network: { degree: row.degree, weighted_degree: 14.2, betweenness: 0.214, closeness: 0.402, eigenvector: 0.331, pagerank: 0.018, core: 4, community: 2, broker: true, influence: 71 },
    findings: [finding(0), finding(1), finding(3)],
    sources: sources().slice(0, 5),
    records: ["r1", "r2", "r3"],
    revision: hex(4242),
  };
}

function page(size: number, request: Api.EntitiesPageRequest): Api.EntitiesPageView {
  const plain = request.text === "" && request.kinds.length === 0 && request.min_risk === "";
  const step = LEVELS.indexOf(request.min_risk);
  const numbers: number[] = [];
  for (let n = 0; n < size; n += 1) {
    if (plain && request.sort === "risk" && size > 5000) break;
    const row = entityRow(n);
    if (request.kinds.length > 0 && !request.kinds.includes(row.kind)) continue;
    if (request.text !== "" && !row.label.toLowerCase().includes(request.text.toLowerCase())) continue;
    if (LEVELS.indexOf(row.risk_level) < step) continue;
    numbers.push(n);
    if (size > 5000 && numbers.length > 3000) break;
  }
  const whole = plain && size > 5000 ? size : numbers.length;
  let rows: Api.EntityRowView[];
  if (plain && size > 5000) rows = Array.from({ length: Math.max(0, Math.min(request.limit, size - request.offset)) }, (_, n) => entityRow(request.offset + n));
  else {
    const all = numbers.map(entityRow);
    const field = request.sort as keyof Api.EntityRowView;
    all.sort((a, b) => {
      const x = a[field] ?? "";
      const y = b[field] ?? "";
      return (x < y ? -1 : x > y ? 1 : 0) * (request.order === "asc" ? 1 : -1);
    });
    rows = all.slice(request.offset, request.offset + request.limit);
  }
  const counts = new Map<string, number>();
  for (let n = 0; n < Math.min(size, 3000); n += 1) counts.set(entityRow(n).kind, (counts.get(entityRow(n).kind) ?? 0) + 1);
  return { rows, total: whole, kinds: [...counts].map(([kind, count]) => ({ kind, count })).sort((a, b) => b.count - a.count) };
}

function density(list: Api.EventView[], request: Api.TimelineDensityRequest): Api.TimelineDensityView {
  const first = list[0]?.span.start_ms ?? 0;
  const from = request.from_ms ?? first;
  const until = request.until_ms ?? (list.at(-1)?.span.end_ms ?? 0);
  const lanes = new Map<string, number[]>();
  const hours = new Array<number>(168).fill(0);
  for (const event of list) {
    const at = event.span.start_ms;
    if (at < from || at > until) continue;
    const counts = lanes.get(event.kind) ?? new Array<number>(request.buckets).fill(0);
    lanes.set(event.kind, counts);
    const bucket = Math.min(request.buckets - 1, Math.floor(((at - from) / Math.max(1, until - from)) * request.buckets));
    counts[bucket] = (counts[bucket] ?? 0) + 1;
    const date = new Date(at);
    const cell = ((date.getUTCDay() + 6) % 7) * 24 + date.getUTCHours();
    hours[cell] = (hours[cell] ?? 0) + 1;
  }
  return {
    from_ms: from,
    until_ms: until,
    lanes: [...lanes].sort().map(([kind, counts]) => ({ kind, counts })),
    gaps: list.length === 0 ? [] : [{ kind: "gap", entity: null, start: "2023-08-10T00:00:00Z", end: "2023-11-14T00:00:00Z", text: "96 days without any event" }],
    bursts: list.length === 0 ? [] : [{ kind: "burst", entity: refOf(entityRow(0)), start: "2023-11-14T00:00:00Z", end: "2023-11-16T00:00:00Z", text: "41 transfers within two days" }],
    hours,
  };
}

const error = (code: string, message: string, hint: string): Api.ErrorView => ({ code, message, hint });

export function createFakeHost(first: Scene, stand: Stand = "fine"): FakeHost {
  let scene = first;
  let open = first === "none" ? null : openCase(first, stand);
  const handlers = new Set<(event: ShellEvent) => void>();
  const overrides = new Map<string, (request: never) => unknown>();
  const calls: Call[] = [];
  let jobs: Api.JobEvent[] = [];
  let alertList = alerts();
  let timeline: Api.EventView[] = [];
  const loadTimeline = () => {
    timeline = open === null || open.events === 0 ? [] : events(scene === "large" ? 20_000 : 420);
  };
  loadTimeline();

  const status = (): Api.CaseStatusView => ({
    version: "0.1.0",
    open,
    recent: [
      { handle: "recent:0", name: "Nightjar", present: true },
      { handle: "recent:1", name: "Pale Harbour 2023", present: true },
      { handle: "recent:2", name: "old-matter", present: false },
    ],
    keyring: "no keyring answers on this machine",
    default_folder: "Documents/Fusion cases",
  });
  const host: FakeHost = {
    calls,
    picks: [
      { handle: "f1", name: "nightjar_77.csv", size: 4210 },
      { handle: "f2", name: "breachedaccount_nightjar77.json", size: 1822 },
      { handle: "f3", name: "notes.docx", size: 88_100 },
    ],
    emit: (event) => {
      for (const handler of handlers) handler(event);
    },
    override: (method, answer) => {
      overrides.set(method, answer);
    },
    listen: (handler) => {
      handlers.add(handler);
      return () => handlers.delete(handler);
    },
    rpc: (method, request) => {
      calls.push({ method, request });
      const replaced = overrides.get(method);
      try {
        return Promise.resolve(replaced === undefined ? answer(method, request) : replaced(request as never));
      } catch (reason) {
        return Promise.reject(reason as Error);
      }
    },
  };

  const job = (kind: string, outcome: Api.ImportRunView | null, said = "2 files imported, case fused"): Api.JobStartedView => {
    const number = jobs.length + 1;
    const event = (state: string, done: number, text: string): Api.JobEvent => ({ job: number, kind, state, text, done, total: 100, import: state === "done" ? outcome : null, error: null });
    jobs = [event("running", 0, "reading"), ...jobs];
    const tell = (next: Api.JobEvent, after: number) =>
      setTimeout(() => {
        jobs = jobs.map((each) => (each.job === number && each.state === "running" ? next : each));
        const now = jobs.find((each) => each.job === number);
        if (now === undefined) return;
        if (now.state === "done" && kind === "import") {
          scene = "sample";
          open = { ...openCase("sample"), sample: false, name: open?.name ?? "" };
          loadTimeline();
        }
        host.emit({ job: now });
      }, after);
    tell(event("running", 62, kind === "import" ? "nightjar_77.csv, row 62" : said), 30);
    tell(event("done", 100, said), 120);
    return { job: number };
  };
  const replaced = (): Api.OpenCaseView => {
    scene = "sample";
    open = openCase("sample", stand === "unknown" ? stand : "fine");
    loadTimeline();
    return open;
  };
  const caseFile = caseFileOf({
    size: SIZES[first === "none" ? "sample" : first],
    large: first === "large",
    stand,
    open: () => open,
    change: (next) => {
      if (open !== null) open = { ...open, ...next };
    },
    replace: replaced,
    job: (kind, text) => job(kind, null, text),
  });
  const review = reviewOf({ size: () => open?.entities ?? 0, job: () => job("fuse", null) });

  function plan(file: Api.ImportFileRequest): Api.FilePlanView {
    const picked = host.picks.find((each) => each.handle === file.handle) ?? { name: "file.json", size: 10, handle: file.handle };
    const base = { handle: file.handle, name: picked.name, size: picked.size, kind: file.kind ?? "sherlock", subject: file.subject ?? null, hint: "", alternatives: [], warnings: [], warning_count: 0, rows: 0, negative: 0, observations: 0, records: 0, known_records: 0, statements: 0 };
    if (picked.name.endsWith(".docx")) return { ...base, state: "no-importer", format: "", format_label: "", kind: "", reason: "recognised as a Word document, which has no importer", hint: "export its tables as CSV" };
    if (picked.name.endsWith(".json") && file.subject === undefined)
      return { ...base, kind: "breach", state: "needs-subject", format: "hibp", format_label: "Have I Been Pwned", reason: "a list of breaches with Name, BreachDate and DataClasses", hint: "give the address the list was asked for" };
    return { ...base, state: "ready", format: "sherlock-csv", format_label: "Sherlock (CSV)", reason: "header “username,name,url_main,url_user,exists,http_status”", subject: file.subject ?? "nightjar_77", rows: 61, negative: 49, observations: 12, records: 13, known_records: 4, statements: 38, warnings: [{ code: "row-skipped", locator: "line 17", message: "row has 5 of 7 columns" }], warning_count: 1 };
  }

  function answer(method: string, request: unknown): unknown {
    const size = open?.entities ?? 0;
    const known = caseFile(method, request);
    if (known !== NOT_MINE) return known ?? status();
    const reviewed = review(method, request);
    if (reviewed !== NOT_MINE) return reviewed;
    switch (method) {
      case "case.status":
        return status();
      case "case.create": {
        scene = "empty";
        open = { ...openCase("empty"), name: (request as Api.CaseCreateRequest).name };
        loadTimeline();
        return open;
      }
      case "case.open": {
        const asked = request as Api.CaseOpenRequest;
        if (asked.passphrase === "wrong") throw error("wrong-key", "this passphrase does not open the case", "check the keyboard layout");
        if (asked.recovery?.startsWith("BAD") === true) throw error("usage", "the recovery code has a typing error in group 3", "compare it with the page");
        return replaced();
      }
      case "case.openSample":
        scene = "sample";
        open = openCase("sample");
        loadTimeline();
        return open;
      case "case.lock":
        open = null;
        return status();
      case "case.remember":
        return status();
      case "shell.pickFiles":
        return { handles: host.picks };
      case "shell.pickFolder":
        return { handle: "d1", name: "Pale Harbour 2023.fusion" };
      case "shell.pickSave":
        return { handle: "p1", name: (request as { suggested: string }).suggested };
      case "import.plan":
        return { files: (request as Api.ImportPlanRequest).files.map(plan) };
      case "import.run":
        return job("import", {
          files: (request as Api.ImportRunRequest).files.map((file) => {
            const planned = plan(file);
            return { name: planned.name, state: "imported", format: planned.format, message: "all good rows are in the case", hint: "", source: hex(1), rows: planned.rows, negative: planned.negative, observations: planned.observations, statements: planned.statements, warnings: planned.warning_count };
          }),
        });
      case "fuse.run":
        return job("fuse", null);
      case "job.list":
        return { jobs };
      case "job.cancel":
        jobs = jobs.map((each) => (each.job === (request as Api.JobRequest).job ? { ...each, state: "cancelled", text: "stopped by the analyst" } : each));
        return { jobs };
      case "source.list":
        return { sources: size === 0 ? [] : sources() };
      case "source.warnings":
        return { warnings: [{ code: "value-kept", locator: "line 9", message: "“13/13/2020” is no date; kept as it stands" }, { code: "row-skipped", locator: "line 31", message: "row ends after column 3" }] };
      case "source.withdraw":
        return job("fuse", null);
      case "source.quote": {
        const { line } = request as Api.SourceQuoteRequest;
        return { first_line: Math.max(1, line - 2), lines: ["username,name,url_main,url_user,exists", "nightjar_77,Pixelboard,https://pixelboard.example,https://pixelboard.example/nightjar_77,Available", "nightjar_77,Codehub,https://codehub.example,https://codehub.example/nightjar_77,Claimed", "nightjar_77,Forumia,https://forumia.example,https://forumia.example/u/nightjar_77,Available"] };
      }
      case "entity.page":
        return page(size, request as Api.EntitiesPageRequest);
      case "entity.get":
        return profile((request as Api.EntityGetRequest).id, size);
      case "entity.moved":
        return { moved: [] } satisfies Api.EntityMovedView;
      case "statement.get":
        return { statements: (request as Api.StatementsGetRequest).ids.map(statement) };
      case "finding.list":
        return { findings: [0, 1, 2, 3].map(finding), total: 4 };
      case "case.overview":
        return size === 0
          ? { kinds: [], top_risk: [], top_influence: [], findings: [], notes: [], patterns: [] }
          : {
              kinds: page(Math.min(size, 3000), { kinds: [], text: "", min_risk: "", sort: "label", order: "asc", offset: 0, limit: 1 }).kinds,
              top_risk: [0, 5, 12, 19, 31].map(entityRow).sort((a, b) => b.risk - a.risk),
              top_influence: [0, 3, 8, 21].map(entityRow),
              findings: [0, 1, 2, 3].map(finding),
              notes: ["1 e-mail address is a hub (11 holders) and links nobody: office@northcoin.example"],
              patterns: [{ kind: "gap", entity: null, start: "2023-08-10T00:00:00Z", end: "2023-11-14T00:00:00Z", text: "96 days without any event" }, { kind: "burst", entity: refOf(entityRow(0)), start: "2023-11-14T00:00:00Z", end: "2023-11-16T00:00:00Z", text: "41 transfers within two days" }],
            };
      case "search.query": {
        const { query, limit } = request as Api.SearchRequest;
        const rows = page(Math.min(size, 3000), { kinds: [], text: query, min_risk: "", sort: "degree", order: "desc", offset: 0, limit }).rows;
        return { hits: [...rows.slice(0, 8).map((row) => ({ kind: "entity", entity: refOf(row), text: row.label, context: "", id: row.id })), ...(size === 0 ? [] : [{ kind: "statement", entity: refOf(entityRow(0)), text: `… ${query} says the crates are through …`, context: "message, result.json line 204", id: "s9" }])] };
      }
      case "graph.view":
        return graph(size, request as Api.GraphViewRequest);
      case "graph.columns":
        return { kinds: ENTITY_KINDS, relation_kinds: RELATION_KINDS };
      case "graph.paths": {
        const { from, to } = request as Api.GraphPathsRequest;
        const a = profile(from, size).entity;
        const b = profile(to, size).entity;
        const middle = refOf(entityRow(4));
        const relations = profile(from, size).relations;
        return { paths: [{ score: 74, entities: [a, middle, b], relations: relations.slice(0, 2) }] };
      }
      case "graph.communities":
        return { communities: [], suggestions: [], components: 1, modularity: 0.4, betweenness_samples: 0 };
      case "timeline.page": {
        const asked = request as Api.TimelinePageRequest;
        const found = timeline.filter((event) => (asked.from_ms === undefined || event.span.end_ms > asked.from_ms) && (asked.until_ms === undefined || event.span.start_ms < asked.until_ms) && (asked.entities.length === 0 || event.participants.some((each) => asked.entities.includes(each.entity.id))));
        return { events: found.slice(asked.offset, asked.offset + asked.limit), total: found.length };
      }
      case "timeline.density": {
        const asked = request as Api.TimelineDensityRequest;
        return density(timeline.filter((event) => asked.entities.length === 0 || event.participants.some((each) => asked.entities.includes(each.entity.id))), asked);
      }
      case "review.explain":
        return { pair: pair(0), together: false, path: [], would_change: ["A second independent kind of evidence would join them."] };
      case "alert.list":
        return { alerts: size === 0 ? [] : alertList };
      case "alert.set": {
        const asked = request as Api.AlertSetRequest;
        alertList = alertList.map((each) => (each.id === asked.id ? { ...each, state: asked.state, reason: asked.reason } : each));
        return { alerts: alertList };
      }
      case "report.preview":
        return { html: reportHtml((request as Api.ReportPreviewRequest).tlp), sha256: hex(7) };
      case "export.run": {
        const asked = request as Api.ExportRunRequest;
        return { path: `Nightjar.fusion-exports/report.${asked.format}`, size: 81_230, sha256: hex(8), receipt: `Nightjar.fusion-exports/report.${asked.format}.receipt.txt` };
      }
      case "format.list":
        return {
          importers: [{ id: "sherlock-csv", label: "Sherlock (CSV)", extensions: ["csv"], kind: "sherlock" }, { id: "hibp", label: "Have I Been Pwned", extensions: ["json"], kind: "breach" }, { id: "generic-csv", label: "Table (CSV)", extensions: ["csv"], kind: "custom" }],
          exporters: [{ id: "html", label: "Report, HTML", extension: "html", description: "self-contained, for reading and printing" }, { id: "markdown", label: "Report, Markdown", extension: "md", description: "for your own text" }, { id: "json", label: "Case, JSON", extension: "json", description: "everything derived, with sources" }, { id: "gexf", label: "Graph, GEXF 1.3", extension: "gexf", description: "for Gephi" }, { id: "graphml", label: "Graph, GraphML", extension: "graphml", description: "for yEd, igraph, networkx" }],
        };
      case "app.doctor":
        return { checks: [{ name: "SQLCipher", state: "ok", text: "4.19.0 community on SQLite 3.53.4" }, { name: "WebKitGTK", state: "ok", text: "2.50.6" }, { name: "keyring", state: "bad", text: "no Secret Service answers" }], advice: ["Without a keyring the passphrase is asked at every opening."] };
      case "rules.show":
        return { text: "# The rules of fusion: the standard preset.\nentity_resolution:\n  merge_confidence_threshold: 0.95  # automatic from this posterior\n  fuzzy_threshold: 0.85\ncorrelation:\n  min_correlation_score: 0.60\n  time_window_days: 365\n", digest: hex(3), origin: "shipped default" };
      default:
        throw error("not-found", `no such command: ${method}`, "");
    }
  }
  return host;
}

/** Puts the host on the page, holding what the address asks for. */
export function installFromAddress(): void {
  const asked = new URLSearchParams(window.location.search);
  const wanted = asked.get("case");
  const stand = asked.get("stand");
  window.__FUSION_HOST__ = createFakeHost(wanted === "none" || wanted === "empty" || wanted === "large" ? wanted : "sample", stand === "unknown" || stand === "behind" || stand === "damaged" || stand === "bare" ? stand : "fine");
}
