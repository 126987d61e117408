// The built page in Chromium beside what it could cost at least and what another engine costs: from the file's arrival to
// the painted verdict, against reading the same file's slices (the floor) and against DuckDB-Wasm. The subjects take
// turns; medians are printed. Two files, to their drift, are measured alone: scripts/bench-drift.py puts it beside others.
// BENCH_FILES (paths, commas between), BENCH_DRIFT (two paths, a comma between), BENCH_RUNS (5), BENCH_PEERS=0 (no DuckDB-Wasm).

import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { figure, keep, markdown, median } from "../../scripts/bench-table.mjs";
import { site } from "./bench/site.js";
import { usage } from "./bench/usage.js";
import { openBrowser } from "./browser.js";

const data = fileURLToPath(new URL("../../target/data/bench/", import.meta.url));
const usual = ["churn-100k.csv", "churn-1m.csv", "churn-wide.csv"].map((name) => data + name);
const files = process.env.BENCH_FILES?.split(",").filter(Boolean) ?? usual;
const pair = process.env.BENCH_DRIFT?.split(",") ?? ["churn-1m.csv", "churn-1m-next.csv"].map((name) => data + name);
const runs = Number(process.env.BENCH_RUNS ?? 5);
const LONGEST = 600_000;
/** Milliseconds that a person takes at least to choose a file in a page that is ready. */
const CHOOSING = 1000;
/** What takes longer than so many seconds runs once. */
const LONG = 60;

/** In the page: from the choice of a file until its verdict is painted. */
function watch() {
  const input = document.querySelector("driftline-app").shadowRoot.querySelector("#input");
  let from = 0;
  input.addEventListener("change", () => (from = performance.now()), { capture: true });
  globalThis.measured = new Promise((resolve, reject) => {
    const done = () => resolve({ ms: performance.now() - from });
    // The first frame draws it, the second one follows when it was shown.
    addEventListener("driftline:verdict", () => requestAnimationFrame(() => requestAnimationFrame(done)));
    addEventListener("driftline:error", ({ detail }) => reject(new Error(detail.message)));
  });
}

/** In the page: when it can first be used, in milliseconds since it was asked for. */
function interactive() {
  globalThis.usable = new Promise((resolve) => {
    const look = () => {
      const app = document.querySelector("driftline-app");
      const there = app
        ? app.shadowRoot?.querySelector("driftline-intake")?.shadowRoot?.querySelector("button")
        : document.readyState === "complete" && !document.querySelector("script");
      if (there) requestAnimationFrame(() => resolve(performance.now()));
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

/** Opens a subject's page and waits until it is ready: the page, what that took, and the files that came. */
async function opened(browser, subject) {
  const { page, close } = await browser.open();
  const came = [];
  // Workers made of blobs are responses too, of no server.
  page.context().on("response", (response) => {
    const url = new URL(response.url());
    if (url.protocol === "http:") came.push(url.pathname.slice(1));
  });
  if (subject.at === "page/" || subject.at === "") await page.addInitScript(interactive);
  await page.goto(`${browser.origin}/${subject.at}`, { waitUntil: "networkidle" });
  const ready = await page.evaluate(async () => {
    if (globalThis.usable) return globalThis.usable;
    await globalThis.ready;
    return performance.now();
  });
  if (subject.at === "page/") await page.evaluate(watch);
  return { page, close, ready, came };
}

async function measured(browser, subject, file) {
  const { page, close } = await opened(browser, subject);
  try {
    await page.waitForTimeout(CHOOSING);
    const before = usage();
    await page.locator("#input").setInputFiles(file);
    const { ms } = await page.evaluate(() => globalThis.measured);
    const { cpu, peak } = usage();
    return { seconds: ms / 1e3, cpu: cpu - before.cpu, peak };
  } finally {
    await close();
  }
}

/** All subjects on one file, in turns. */
async function race(browser, subjects, file) {
  const format = file.endsWith(".parquet") ? "parquet" : "csv";
  const fit = subjects.filter((subject) => (subject.format ?? format) === format);
  const found = fit.map((subject) => ({ subject, runs: [], failed: null }));
  for (let run = 0; run < runs; run++) {
    for (const one of found) {
      if (one.failed || one.runs[0]?.seconds > LONG) continue;
      const late = new Promise((_, reject) => setTimeout(reject, LONGEST, new Error("not done in 10 minutes")).unref());
      await Promise.race([measured(browser, one.subject, file), late]).then(
        (it) => one.runs.push(it),
        (error) => (one.failed = String(error.message).split("\n")[0]),
      );
    }
  }
  const bytes = statSync(file).size;
  const page = found.find(({ subject }) => subject.at === "page/");
  const wall = (one) => median(one.runs.map((it) => it.seconds));
  return found.map((one) => {
    const name = `\`${basename(file)}\` ${one.subject.name}`;
    if (one.failed) return [`${name}: ${one.failed}`, ...Array(7).fill("–")];
    const all = one.runs.map((it) => it.seconds);
    const cpu = median(one.runs.map((it) => it.cpu));
    return [
      name,
      figure(wall(one)),
      `${figure(Math.min(...all))}–${figure(Math.max(...all))}`,
      figure(bytes / 1e6 / wall(one)),
      figure(cpu),
      figure(median(one.runs.map((it) => it.peak))),
      figure(wall(one) / wall(page)),
      figure(cpu / median(page.runs.map((it) => it.cpu))),
    ];
  });
}

/** The page alone on two files, to the verdict on their drift; kept for a table of others. */
async function drift(browser, subject, files) {
  const found = [];
  for (let run = 0; run < runs; run++) found.push(await measured(browser, subject, files));
  const seconds = found.map((it) => it.seconds);
  const of = (key) => median(found.map((it) => it[key]));
  const least = { seconds: of("seconds"), range: [Math.min(...seconds), Math.max(...seconds)], cpu: of("cpu"), peak: of("peak") };
  const kept = fileURLToPath(new URL("../../target/bench/", import.meta.url));
  mkdirSync(kept, { recursive: true });
  writeFileSync(`${kept}page-drift.json`, JSON.stringify(least));
}

/** What opening a page costs before any file is there. */
async function opening(browser, subject) {
  const times = [];
  let bytes = [];
  let peak = 0;
  for (let run = 0; run < runs; run++) {
    const { ready, came, close } = await opened(browser, subject);
    times.push(ready);
    bytes = came.map((path) => readFileSync(join(folder, path.endsWith("/") || path === "" ? `${path}index.html` : path)));
    ({ peak } = usage());
    await close();
  }
  const kilobytes = (sizes) => (sizes.reduce((sum, size) => sum + size, 0) / 1e3).toFixed(1);
  return [
    subject.name,
    figure(median(times)),
    kilobytes(bytes.map((it) => it.length)),
    kilobytes(bytes.map((it) => gzipSync(it).length)),
    figure(peak),
  ];
}

const { folder, duckdb, skipped } = site();
if (skipped) console.log(`DuckDB-Wasm is skipped: ${skipped}`);
const blank = { name: "a blank page", at: "" };
const subjects = [
  { name: "floor: read the slices", at: "floor/" },
  { name: "**Driftline**", at: "page/" },
  ...Object.entries(duckdb ?? {}).map(([format, version]) => ({ name: `DuckDB-Wasm ${version}`, at: `duckdb/${format}/`, format })),
];
const browser = await openBrowser(folder);
try {
  const rows = [];
  for (const subject of [blank, ...subjects.slice(1)]) rows.push(await opening(browser, subject));
  const head = ["opening", "ready, ms", "kB", "kB gzip", "peak MB"];
  keep("opening", `Chromium ${browser.version.split(".")[0]}, medians of ${runs}\n\n${markdown(head, rows)}`);
  const races = [];
  for (const file of files) {
    console.error(`${basename(file)} …`);
    races.push(...(await race(browser, subjects, file)));
  }
  const columns = ["a file, to its verdict", "s", "range", "MB/s", "CPU s", "peak MB", "× s", "× CPU"];
  if (pair.every(existsSync)) await drift(browser, subjects[1], pair);
  keep("page", `Chromium ${browser.version.split(".")[0]}, medians of ${runs}, in turns\n\n${markdown(columns, races)}`);
} finally {
  await browser.close();
}
