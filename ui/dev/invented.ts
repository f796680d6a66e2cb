/** Invented people, firms and files for tests and for looking at screens. Reserved domains only; nobody here exists. */
import type { AlertView, ConfidenceView, EntityRefView, EntityRowView, EventView, FindingView, GradeView, PairView, SourceView, StatementView } from "../src/generated/api";

export const ENTITY_KINDS = ["person", "organization", "place", "account", "wallet", "email", "phone", "domain", "ip", "url", "iban", "file-hash", "breach", "chat", "document", "token"];
export const RELATION_KINDS = ["owns", "uses", "alias", "same-household", "officer-of", "member-of", "paid", "messaged", "co-located", "mentioned-with", "co-active", "reuses-secret", "controls", "exposed-in", "mentions", "located-at", "links-to"];
export const LEVELS = ["MINIMAL", "LOW", "MEDIUM", "HIGH", "CRITICAL"];

/** A small repeatable generator (mulberry32), so that every run draws the same screens. */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const GIVEN = ["Mara", "Vera", "Tomas", "Ilse", "Joren", "Noa", "Piet", "Anouk", "Silas", "Edda", "Ruben", "Yara"];
const FAMILY = ["Ellison", "Lindqvist", "Okafor", "Varga", "Brandt", "Castellan", "Mirov", "Haldane", "Solberg", "Quist"];
const FIRMS = ["Northcoin Trading", "Halden Freight", "Blue Lantern Media", "Corvid Analytics", "Ostrava Metals", "Pale Harbour Holdings"];
const SITES = ["codehub.example", "pixelboard.example", "chatter.example", "tradepost.example", "forumia.example"];

export const hex = (n: number, length = 64): string => (n * 2654435761 + 97).toString(16).padStart(10, "0").repeat(7).slice(0, length);

function labelFor(kind: string, n: number, roll: () => number): string {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(roll() * list.length)]!;
  const given = pick(GIVEN);
  const family = pick(FAMILY);
  switch (kind) {
    case "person":
      return `${given} ${family}`;
    case "organization":
      return `${pick(FIRMS)} ${pick(["Ltd", "GmbH", "AS", "BV"])}`;
    case "place":
      return pick(["Rotterdam", "Gdansk", "Tallinn, Harju", "Leith Walk 14, Edinburgh", "Trieste"]);
    case "account":
      return `${given.toLowerCase()}_${family.toLowerCase()}${n % 90} @ ${pick(SITES)}`;
    case "wallet":
      return `0x${hex(n, 40)}`;
    case "email":
      return `${given.toLowerCase()}.${family.toLowerCase()}${n % 70}@mail.example`;
    case "phone":
      return `+44 1632 960${String(n % 1000).padStart(3, "0")}`;
    case "domain":
      return `${family.toLowerCase()}-${n % 50}.example`;
    case "ip":
      return `203.0.113.${n % 255}`;
    case "url":
      return `https://${pick(SITES)}/${given.toLowerCase()}/${n}`;
    case "iban":
      return `GB29 NWBK 6016 1331 ${String(n % 10000).padStart(4, "0")} 19`;
    case "file-hash":
      return hex(n);
    case "breach":
      return pick(["Collection Harbour (2019)", "ForumDump 2021", "PixelBoard leak", "TradePost credentials"]);
    case "chat":
      return pick(["Nightjar logistics", "Friday five-a-side", "Harbour watch"]);
    case "document":
      return pick(["invoice_2023-11.pdf", "charter.pdf", "shipping manifest 0417"]);
    default:
      return pick(["USDX", "HARB", "LUM"]);
  }
}

const WEIGHTS: [string, number][] = [["person", 22], ["organization", 7], ["account", 26], ["email", 12], ["phone", 8], ["wallet", 8], ["domain", 4], ["url", 4], ["place", 3], ["breach", 3], ["chat", 2], ["ip", 2], ["iban", 1], ["document", 2], ["token", 1], ["file-hash", 1]];
const WEIGHT_SUM = WEIGHTS.reduce((sum, [, weight]) => sum + weight, 0);

export function entityRow(n: number): EntityRowView {
  const roll = dice(n + 1);
  let left = roll() * WEIGHT_SUM;
  let kind = "person";
  for (const [each, weight] of WEIGHTS) {
    left -= weight;
    if (left <= 0) {
      kind = each;
      break;
    }
  }
  if (n === 0) kind = "person";
  const risk = n === 0 ? 76 : Math.round(Math.pow(roll(), 3) * 96);
  return {
    id: hex(n),
    kind,
    label: n === 0 ? "Mara Ellison" : labelFor(kind, n, roll),
    confidence: n === 0 ? 84 : Math.round(30 + roll() * 68),
    risk,
    risk_level: LEVELS[risk >= 90 ? 4 : risk >= 75 ? 3 : risk >= 50 ? 2 : risk >= 25 ? 1 : 0]!,
    sources: 1 + Math.floor(roll() * (n === 0 ? 9 : 5)),
    records: 1 + Math.floor(roll() * 12),
    degree: n === 0 ? 31 : 1 + Math.floor(Math.pow(roll(), 3) * 24),
    first_seen: roll() > 0.3 ? `20${18 + Math.floor(roll() * 4)}-0${1 + Math.floor(roll() * 9)}-11` : null,
    last_seen: roll() > 0.3 ? `20${22 + Math.floor(roll() * 2)}-0${1 + Math.floor(roll() * 9)}-23` : null,
  };
}

export const refOf = (row: EntityRowView): EntityRefView => ({ id: row.id, kind: row.kind, label: row.label });

export const grade = (text: string): GradeView => ({ text, reliability: text.startsWith("A") ? "completely reliable" : text.startsWith("B") ? "usually reliable" : "fairly reliable", credibility: text.endsWith("2") ? "probably true" : "possibly true" });

export function confidence(score: number, statements: string[]): ConfidenceView {
  return {
    score,
    low: Math.max(0, score - 9),
    high: Math.min(100, score + 6),
    parts: [
      { name: "source-reliability", score: 82, weight: 30, why: "four sources, the best graded B2; the breach prior is 0.85", statements },
      { name: "corroboration", score: 78, weight: 25, why: "three independent origins say the same", statements: statements.slice(0, 2) },
      { name: "freshness", score: 61, weight: 20, why: "the latest dated statement is 214 days old", statements: [] },
      { name: "completeness", score: 90, weight: 15, why: "name, e-mail, phone and location are known", statements: [] },
      { name: "conflict", score: 100, weight: 10, why: "no two sources contradict each other", statements: [] },
    ],
  };
}

const FILES = ["nightjar_77.csv", "report_nightjar_77_ndjson.json", "breachedaccount_nightjar77.json", "leakcheck_email.json", "dehashed_mail.json", "export-token-0x5d3c.csv", "result.json", "company_register.csv"];
const FORMATS = ["sherlock-csv", "maigret-ndjson", "hibp", "leakcheck", "dehashed", "etherscan-csv", "telegram-json", "generic-csv"];
const SOURCE_KINDS = ["sherlock", "sherlock", "breach", "breach", "breach", "blockchain", "socmint", "corporate"];

export function sources(): SourceView[] {
  return FILES.map((name, n) => ({
    id: hex(n + 9000),
    name,
    kind: SOURCE_KINDS[n]!,
    format: FORMATS[n]!,
    grade: grade(["B3", "B3", "B2", "C3", "C3", "A2", "C3", "A2"][n]!),
    graded_by: n === 2 ? "analyst" : "default",
    sha256: hex(n + 9000),
    size: 2100 + n * 7331,
    acquired_at: `2024-03-0${1 + n}T09:1${n}:00Z`,
    origin: `${FORMATS[n]}:nightjar_77`,
    subject: n < 3 ? "nightjar_77" : null,
    rows_read: 12 + n * 31,
    rows_negative: n < 2 ? 8 : 0,
    observations: 9 + n * 22,
    statements: 40 + n * 96,
    warnings: n === 3 ? 2 : n === 6 ? 1 : 0,
    withdrawn: n === 4,
  }));
}

export function statement(id: string): StatementView {
  const n = Number.parseInt(id.slice(1), 10) || 0;
  const source = sources()[n % 8]!;
  const said: [string, string, string][] = [
    ["email", "nightjar77@mail.example", "NightJar77@mail.example "],
    ["name", "Mara Ellison", "ELLISON, Mara"],
    ["phone", "+44 1632 960201", "01632 960201"],
    ["account", "nightjar_77", "nightjar_77"],
    ["password-hash", "secret 1", "sealed: group 1"],
  ];
  const [property, value, original] = said[n % said.length]!;
  return { id, record: `r${(n % 3) + 1}`, property, value, problem: "", original, path: `rows[${n}].${property}`, source: source.id, source_name: source.name, locator: `line ${n + 14}`, line: n + 14, grade: source.grade, entity: refOf(entityRow(0)), ...(n === 2 ? { correction: { source_text: "01632 96O201", author: "M. Ellison", at: "2024-03-09T12:30:00Z", reason: "a letter O for a zero", operation: "o8" } } : {}) };
}

export function finding(n: number): FindingView {
  const texts: [string, string, string, string][] = [
    ["The same secret protects three of the leaked accounts.", "Families and teams share passwords.", "Ask whether the accounts are used by one person.", "HIGH"],
    ["41 transfers within two days, after 96 days of silence.", "Pay day, or the closing of a fiscal year.", "Look at the counterparties of 14 and 15 November.", "HIGH"],
    ["The e-mail address stands in four breaches.", "Old addresses collect breaches.", "", "MEDIUM"],
    ["Born 1991 by one source and 1994 by another.", "Typing error in the register.", "Order the register extract.", "LOW"],
  ];
  const [text, innocent, recommendation, severity] = texts[n % texts.length]!;
  return { id: `f${n}`, kind: n % 4 === 3 ? "contradiction" : "risk", rule: ["reused-secret", "transfer-burst", "repeated-breach", "birth-date-conflict"][n % 4]!, severity, score: 40 - n * 6, entity: refOf(entityRow(n % 2 === 0 ? 0 : 7)), text, innocent, recommendation, statements: [`s${n}`, `s${n + 4}`] };
}

export function events(total: number): EventView[] {
  const roll = dice(77);
  const kinds = ["message", "transfer", "seen", "joined", "created", "breached"];
  const start = Date.UTC(2019, 2, 1);
  const list: EventView[] = [];
  for (let n = 0; n < total; n += 1) {
    const burst = n % 5 === 0;
    const at = burst ? Date.UTC(2023, 10, 14) + roll() * 2 * 86_400_000 : start + Math.pow(roll(), 0.7) * 1800 * 86_400_000;
    // A silence of three months before the burst.
    const from = !burst && at > Date.UTC(2023, 7, 10) && at < Date.UTC(2023, 10, 14) ? at - 120 * 86_400_000 : at;
    const kind = burst ? "transfer" : kinds[Math.floor(Math.pow(roll(), 1.6) * kinds.length)]!;
    const precision = kind === "breached" ? "month" : kind === "joined" ? "day" : "second";
    const length = precision === "month" ? 30 * 86_400_000 : precision === "day" ? 86_400_000 : 1000;
    const iso = new Date(from).toISOString();
    const end = new Date(from + length).toISOString();
    const row = entityRow(Math.floor(roll() * 12));
    list.push({
      id: `e${n}`,
      kind,
      start: iso,
      end,
      precision,
      span: { start: iso, end, precision, text: precision === "month" ? iso.slice(0, 7) : precision === "day" ? iso.slice(0, 10) : iso.slice(0, 19).replace("T", " "), start_ms: from, end_ms: from + length, zone_known: kind !== "message" },
      learned: "2024-03-04T10:00:00Z",
      text: { message: "wrote in Nightjar logistics: “the crates are through, tell V.”", transfer: "paid 4,200 USDX", seen: "profile seen by the hunt", joined: "joined chatter.example", created: "account created", breached: "stood in ForumDump 2021" }[kind] ?? "",
      participants: [{ entity: refOf(row), role: "actor" }, ...(kind === "transfer" ? [{ entity: refOf(entityRow(3)), role: "target" }] : [])],
      statements: [`s${n % 9}`],
    });
  }
  return list.sort((a, b) => a.span.start_ms - b.span.start_ms);
}

export function pair(n: number): PairView {
  const left = entityRow(n * 3);
  const weights = [9200, 6100 - (n % 8) * 180, -1800, 300, 0];
  const rarities = [3000, 900, 0, 200, 0];
  const prior = -14400;
  const total = prior + [...weights, ...rarities].reduce((sum, each) => sum + each, 0);
  return {
    left: { id: `r${n}a`, kind: "person", label: n === 0 ? "Mara Ellison" : left.label, entity: hex(n), sources: ["nightjar_77.csv", "dehashed_mail.json"] },
    right: { id: `r${n}b`, kind: "person", label: n === 0 ? "mara.ellison (chatter)" : entityRow(n * 3 + 1).label, entity: hex(n + 40), sources: ["result.json"] },
    score_millibits: total,
    prior_millibits: prior,
    probability: 1 / (1 + 2 ** (-total / 1000)),
    likelihood: n < 3 ? "very likely" : "likely",
    decision: "review",
    judgement: "open",
    kinds_of_evidence: 2,
    contributions: [
      { feature: "email", left: "nightjar77@mail.example", right: "n*****77@mail.example", level: 2, agreement: "mask fits", held_back: "", weight_millibits: weights[0]!, rarity_millibits: rarities[0]!, statements: ["s0", "s5"] },
      { feature: "person-name", left: "Mara Ellison", right: "M. Ellison", level: 3, agreement: "initial and family name agree", held_back: "", weight_millibits: weights[1]!, rarity_millibits: rarities[1]!, statements: ["s1"] },
      { feature: "birth-date", left: "1991-04-02", right: "1994-04-02", level: 0, agreement: "differs", held_back: "", weight_millibits: weights[2]!, rarity_millibits: 0, statements: ["s3"] },
      { feature: "location", left: "Rotterdam", right: "NL", level: 1, agreement: "same country", held_back: "relatives and colleagues share it, it counts little beside names or births of two", weight_millibits: weights[3]!, rarity_millibits: rarities[3]!, statements: [] },
      { feature: "occupation", left: "", right: "forwarding clerk", level: 0, agreement: "missing on one side", held_back: "it counts nothing", weight_millibits: 0, rarity_millibits: 0, statements: [] },
    ],
    why: "A display name alone is no proof: the masked address fits, but the birth dates differ.",
  };
}

export function alerts(): AlertView[] {
  return [0, 1, 2].map((n) => ({ id: `a${n}`, rule: ["risk-high", "repeated-breach", "watch-list"][n]!, severity: ["HIGH", "MEDIUM", "CRITICAL"][n]!, state: n === 1 ? "seen" : "new", reason: "", entity: refOf(entityRow(n === 0 ? 0 : n * 5)), text: ["Risk has reached HIGH.", "Four breaches hold the same address.", "A wallet of the watch list was paid."][n]!, statements: [`s${n}`, `s${n + 2}`] }));
}

/** The text of a preview, as the exporter would write it. */
export function reportHtml(tlp: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Nightjar</title><style>body{font:15px/1.5 Georgia,serif;margin:40px;max-width:44em;color:#111}h1{font-size:24px}mark{background:#000;color:#FFC000;font:700 12px sans-serif;padding:2px 6px}table{border-collapse:collapse}td,th{border-bottom:1px solid #ccc;padding:3px 12px 3px 0;text-align:left}sup{color:#1d5bb8}</style><body><mark>TLP:${tlp}</mark><h1>Nightjar</h1><p>One person, <b>Mara Ellison</b>, very likely holds the four accounts listed below.<sup>1</sup> Confidence 84 (75–90). Risk HIGH (76).</p><table><tr><th>Account<th>Grade<th>Source<tr><td>nightjar_77 @ codehub.example<td>B2<td>nightjar_77.csv, line 14<tr><td>nightjar_77 @ chatter.example<td>B3<td>report_nightjar_77_ndjson.json, line 2</table><p><small><sup>1</sup> nightjar_77.csv, line 14: “nightjar_77,codehub.example,Claimed”</small></p></body></html>`;
}
