// Draws the screens in a headless browser, to be looked at: `npm run look -- <folder> [scene …]`.
// Needs a Chromium; CHROMIUM names another than /usr/bin/chromium. VIEWS chooses sizes and schemes; AXE=1 measures contrast as well, LANGUAGE=de speaks it.
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { build, preview } from "vite";

const folder = process.argv[2] ?? "look";
const wanted = process.argv.slice(3);
mkdirSync(folder, { recursive: true });

const person = async (page) => {
  await page.getByTestId("entity-row").first().waitFor();
  await page.getByTestId("entity-row").first().click();
  await page.getByTestId("inspector-title").waitFor();
  await page.waitForTimeout(700);
};
const panel = (name) => async (page) => {
  await page.getByTestId(`rail-${name}`).click();
  await page.waitForTimeout(900);
};

const SCENES = {
  start: { scene: "none", act: async (page) => page.getByTestId("start-create").waitFor() },
  create: {
    scene: "none",
    act: async (page) => {
      await page.getByTestId("start-create").click();
      await page.getByTestId("create-name").fill("Nightjar");
      await page.getByTestId("create-passphrase").fill("seven crates left the harbour");
    },
  },
  empty: { scene: "empty", act: async (page) => page.waitForTimeout(600) },
  sample: { scene: "sample", act: person },
  proof: {
    scene: "sample",
    act: async (page) => {
      await person(page);
      await page.getByTestId("open-risk").click();
      await page.getByTestId("open-confidence").click();
      await page.locator("aside button[aria-expanded=false]", { hasText: "source reliability" }).click();
      await page.waitForTimeout(300);
    },
  },
  overview: { scene: "sample", act: panel("overview") },
  evidence: { scene: "sample", act: async (page) => { await panel("evidence")(page); await page.getByTestId("source-row").nth(3).click(); await page.waitForTimeout(300); } },
  timeline: { scene: "sample", act: panel("timeline") },
  review: { scene: "sample", act: panel("review") },
  history: { scene: "sample", act: async (page) => { await person(page); await page.locator("aside").getByRole("button", { name: /^Sources and history/ }).click(); await page.getByTestId("entity-history").waitFor(); await page.getByTestId("entity-history").scrollIntoViewIfNeeded(); await page.waitForTimeout(300); } },
  // The first thing that is chosen turns out to be no more; most of its records are in another.
  moved: {
    scene: "sample",
    act: async (page) => {
      await page.getByTestId("entity-row").first().waitFor();
      await page.evaluate(async () => {
        const host = window.__FUSION_HOST__;
        const { rows } = await host.rpc("entity.page", { kinds: ["person"], text: "", min_risk: "", sort: "label", order: "asc", offset: 0, limit: 9 });
        const part = (at, records) => ({ entity: { id: rows[at].id, kind: rows[at].kind, label: rows[at].label }, records });
        let former;
        host.override("entity.moved", ({ ids }) => {
          former ??= ids[0];
          return { moved: ids.includes(former) ? [{ id: former, how: "joined", now_in: [part(3, 4), part(5, 1)], gone: 1 }] : [] };
        });
      });
      await person(page);
      await page.getByTestId("moved-note").waitFor();
    },
  },
  join: { scene: "sample", act: async (page) => { await person(page); await page.locator("aside").getByRole("button", { name: /^Sources and history/ }).click(); await page.getByTestId("history-join").first().click(); await page.getByTestId("ask-unmerge").click(); await page.getByTestId("would-change").waitFor(); await page.waitForTimeout(300); } },
  reviewlarge: { scene: "large", act: panel("review") },
  reviewempty: { scene: "empty", act: panel("review") },
  check: { scene: "sample", act: async (page) => { await panel("review")(page); await page.getByTestId("tab-check").click(); await page.waitForTimeout(400); } },
  measure: { scene: "sample", act: async (page) => { await panel("review")(page); await page.getByTestId("tab-measure").click(); await page.getByTestId("preview").click(); await page.getByTestId("effect").waitFor(); await page.waitForTimeout(300); } },
  measureempty: { scene: "empty", act: async (page) => { await panel("review")(page); await page.getByTestId("tab-measure").click(); await page.waitForTimeout(400); } },
  alerts: { scene: "sample", act: panel("alerts") },
  reports: { scene: "sample", act: async (page) => { await panel("reports")(page); await page.getByTestId("tlp-AMBER").click(); await page.waitForTimeout(500); } },
  custody: { scene: "sample", act: async (page) => { await panel("custody")(page); await page.getByTestId("verify").click(); await page.waitForTimeout(300); } },
  events: { scene: "sample", act: async (page) => { await panel("custody")(page); await page.getByTestId("tab-events").click(); await page.getByTestId("custody-row").nth(4).click(); await page.waitForTimeout(300); } },
  conflicts: { scene: "sample", act: async (page) => { await panel("custody")(page); await page.getByTestId("operation-row").nth(10).click(); await page.getByTestId("take-back").click(); await page.waitForTimeout(500); } },
  behind: { scene: "sample&stand=behind", act: panel("custody") },
  damaged: { scene: "sample&stand=damaged", act: async (page) => { await panel("custody")(page); await page.getByTestId("verify").click(); await page.waitForTimeout(400); } },
  past: { scene: "sample", act: async (page) => { await panel("custody")(page); await page.getByTestId("operation-row").nth(2).click(); await page.getByTestId("as-of").click(); await page.getByTestId("moment-bar").waitFor(); await page.waitForTimeout(400); } },
  custodylarge: { scene: "large", act: async (page) => { await panel("custody")(page); await page.getByTestId("tab-events").click(); await page.waitForTimeout(400); } },
  custodyempty: { scene: "empty", act: panel("custody") },
  backups: { scene: "sample", act: async (page) => { await panel("backups")(page); await page.getByTestId("backup-row").nth(3).click(); await page.waitForTimeout(200); } },
  backupsnone: { scene: "sample&stand=bare", act: panel("backups") },
  backupslate: { scene: "large&stand=behind", act: panel("backups") },
  restore: { scene: "sample", act: async (page) => { await panel("backups")(page); await page.getByTestId("backup-row").nth(1).click(); await page.getByTestId("backup-restore").click(); await page.waitForTimeout(200); } },
  slots: { scene: "sample", act: panel("keys") },
  slotsbare: { scene: "sample&stand=bare", act: panel("keys") },
  kit: { scene: "sample", act: async (page) => { await panel("keys")(page); await page.getByTestId("keys-recovery").click(); await page.getByTestId("kit-create").click(); await page.getByTestId("kit-code").waitFor(); } },
  passphrase: { scene: "sample", act: async (page) => { await panel("keys")(page); await page.getByTestId("keys-passphrase").click(); await page.getByTestId("next-passphrase").fill("harbour 1991"); await page.waitForTimeout(200); } },
  handover: { scene: "sample", act: async (page) => { await person(page); await panel("share")(page); await page.getByTestId("pack-extent-selection").click(); await page.getByTestId("pack-recipients").fill("age1notakey"); await page.waitForTimeout(400); } },
  receive: { scene: "sample", act: async (page) => { await panel("share")(page); await page.getByTestId("tab-in").click(); await page.getByTestId("receive-pick").click(); await page.getByTestId("receive-inspect").click(); await page.getByTestId("receive-compare").click(); await page.getByTestId("merge").waitFor(); await page.getByTestId("merge").scrollIntoViewIfNeeded(); await page.waitForTimeout(300); } },
  annotate: { scene: "sample", act: async (page) => { await person(page); await page.getByTestId("note-field").scrollIntoViewIfNeeded(); await page.waitForTimeout(200); } },
  erase: { scene: "sample", act: async (page) => { await person(page); await page.locator("aside").getByRole("button", { name: "Actions" }).click(); await page.getByRole("menuitem", { name: "Erase for good …" }).click(); await page.getByTestId("erase-plan").waitFor(); await page.waitForTimeout(200); } },
  split: { scene: "sample", act: async (page) => { await person(page); await page.locator("aside").getByRole("button", { name: "Actions" }).click(); await page.getByRole("menuitem", { name: "Split off records …" }).click(); await page.getByTestId("split-record").first().waitFor(); await page.getByTestId("split-record").first().click(); await page.waitForTimeout(300); } },
  reveal: { scene: "sample", act: async (page) => { await person(page); await page.getByTestId("open-confidence").click(); await page.locator("aside button[aria-expanded=false]", { hasText: "source reliability" }).click(); await page.getByTestId("statement-menu").first().click(); await page.waitForTimeout(300); } },
  pins: { scene: "sample", act: async (page) => { await person(page); await page.mouse.move(338, 256); await page.mouse.down(); await page.mouse.move(300, 330, { steps: 4 }); await page.mouse.up(); await page.waitForTimeout(1300); } },
  secrets: { scene: "empty", act: async (page) => { await panel("evidence")(page); await page.getByTestId("evidence-add").click(); await page.getByTestId("plan-row").first().waitFor(); await page.waitForTimeout(500); } },
  keysfive: { scene: "sample&stand=unknown", act: panel("keys") },
  unlock: { scene: "none", act: async (page) => { await page.getByTestId("recent-case").first().click(); await page.getByTestId("unlock-way-recovery").click(); await page.getByTestId("unlock-recovery").fill("8kq2m4wx7pzd3tnb"); await page.getByTestId("unlock-submit").waitFor(); } },
  locked: { scene: "none#locked=unused&minutes=10", act: async (page) => page.getByTestId("locked-because").waitFor() },
  created: { scene: "none", act: async (page) => { await page.getByTestId("start-create").click(); await page.getByTestId("create-name").fill("Harbour"); await page.getByTestId("create-passphrase").fill("seven crates left the harbour"); await page.getByTestId("create-passphrase-repeat").fill("seven crates left the harbour"); await page.getByTestId("create-submit").click(); await page.getByTestId("kit-offer").waitFor(); await page.waitForTimeout(400); } },
  settings: { scene: "sample", act: panel("settings") },
  palette: { scene: "sample", act: async (page) => { await page.waitForTimeout(400); await page.keyboard.press("Control+k"); await page.getByTestId("palette-input").fill("mara"); await page.waitForTimeout(500); } },
  keys: { scene: "sample", act: async (page) => { await page.waitForTimeout(400); await page.keyboard.press("?"); await page.waitForTimeout(300); } },
  import: { scene: "empty", act: async (page) => { await panel("evidence")(page); await page.getByTestId("evidence-add").click(); await page.getByTestId("plan-row").first().waitFor(); await page.waitForTimeout(300); } },
  imported: { scene: "empty", act: async (page) => { await panel("evidence")(page); await page.getByTestId("evidence-add").click(); await page.getByTestId("import-submit").click(); await page.getByTestId("import-done").waitFor(); await page.waitForTimeout(200); } },
  large: { scene: "large", act: async (page) => { await person(page); await page.waitForTimeout(2500); } },
  graphtable: { scene: "sample", act: async (page) => { await person(page); await page.getByTestId("graph-table").click(); await page.waitForTimeout(400); } },
};

/** What is too grey on grey, measured in the drawn page; dimmed controls and the graph's canvas are none of its business. */
const contrast = async (page) => {
  await page.addScriptTag({ content: readFileSync("node_modules/axe-core/axe.min.js", "utf8") });
  const found = await page.evaluate(() => window.axe.run(document, { runOnly: ["color-contrast"] }));
  return found.violations.flatMap((violation) => violation.nodes.map((node) => `contrast ${node.any[0]?.data?.contrastRatio} ${node.html.slice(0, 90)}`));
};

await build({ mode: "look", logLevel: "error" });
const server = await preview({ mode: "look", logLevel: "error", preview: { port: 0, host: "127.0.0.1" }, build: { outDir: "node_modules/.look" } });
const address = server.resolvedUrls.local[0];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"] });
const views = (process.env.VIEWS ?? "1280x800-light,1280x800-dark").split(",");
for (const view of views) {
  const [, width, height, scheme] = /(\d+)x(\d+)-(\w+)/.exec(view);
  for (const [name, { scene, act }] of Object.entries(SCENES)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const context = await browser.newContext({ viewport: { width: Number(width), height: Number(height) }, colorScheme: scheme, reducedMotion: "reduce" });
    if (process.env.LANGUAGE !== undefined) await context.addInitScript((language) => localStorage.setItem("fusion.preferences", JSON.stringify({ language })), process.env.LANGUAGE);
    const page = await context.newPage();
    const troubles = [];
    page.on("pageerror", (error) => troubles.push(error.message));
    page.on("console", (message) => (message.type() === "error" ? troubles.push(message.text()) : undefined));
    try {
      await page.goto(`${address}?case=${scene}`);
      await act(page);
    } catch (error) {
      troubles.push(String(error).split("\n")[0]);
    }
    if (process.env.AXE !== undefined) troubles.push(...(await contrast(page)));
    await page.screenshot({ path: join(folder, `${name}-${view}.png`) });
    process.stdout.write(`${name} ${view}${troubles.length === 0 ? "" : ` TROUBLE ${[...new Set(troubles)].join(" | ").slice(0, 500)}`}\n`);
    await context.close();
  }
}
await browser.close();
await server.close();
process.exit(0);
