// A folder of profiles with its marks and today's file on the built page in Chromium: day two as the command line does it, and
// what is kept of it, byte for byte.

import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { axe, openBrowser } from "./browser.js";
import { commandLine, made, scratch } from "./command.js";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

const HIGH = [20, 21, 25];
const GAP = 9;
/** Rows of a day; on some the amounts are shifted. */
function day(n) {
  const rows = Array.from({ length: 400 }, (_, i) => {
    const noise = (i * 7919 + n * 104_729) % 1000;
    const time = `2024-03-${String(n).padStart(2, "0")}T${String(i % 24).padStart(2, "0")}:00:00`;
    return `${time},${["basic", "plus", "pro"][noise % 3]},${noise / 10 + (HIGH.includes(n) ? 80 : n % 4)}`;
  });
  return `created_at,plan,amount\n${rows.join("\n")}\n`;
}
const key = (n) => `2024-03-${String(n).padStart(2, "0")}`;
const name = (n) => `orders-${key(n)}.csv`;
const file = (n) => made(name(n), day(n));
const TODAY = 25;
const today = file(TODAY);
const late = file(GAP);

const kept = join(scratch, "kept");
const history = (folder, ...args) => commandLine("history", folder, ...args);
const drift = (folder, path) => JSON.parse(commandLine("drift", "--history", folder, path, "--format", "json"));
before(() => {
  const days = Array.from({ length: TODAY - 1 }, (_, i) => i + 1).filter((n) => n !== GAP);
  commandLine("drift", "--history", kept, ...days.map(file), "--format", "json");
  history(kept, "--incident", key(20), "--normal", key(3));
});

/** A folder like that of the days before. */
function folder(called) {
  const copy = join(scratch, called);
  cpSync(kept, copy, { recursive: true });
  return copy;
}
const inside = (of) => readdirSync(of).map((it) => join(of, it));

/** Runs `steps` on a page. */
const onPage = (steps, options) => browser.onPage(steps, options);

/** Waits until the report is on this file, and nothing is going on. */
async function settled(page, wanted) {
  await page.waitForFunction(
    (wanted) => {
      const app = document.querySelector("driftline-app");
      return !app.working && app.outcome?.report.source.name === wanted;
    },
    wanted,
    { timeout: 60_000 },
  );
}
async function saved(page, button) {
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}
/** The report that the page offers, once it is on this file. */
async function report(page, wanted) {
  await settled(page, wanted);
  await page.getByRole("tab", { name: "Export" }).click();
  return JSON.parse((await saved(page, page.locator("#save-report"))).bytes.toString());
}
const overTime = (page) => page.getByRole("tab", { name: /Over time/ }).click();
/** Says what an interval was. */
async function mark(page, interval, what) {
  const said = page.getByRole("combobox", { name: `What ${interval} was` });
  await said.selectOption(what);
}

test("day two: the folder, its marks and today's file give the report and the files of the command line", () =>
  onPage(async (page, drop) => {
    const copy = folder("day-two");
    await drop([today, ...inside(copy)]);
    const told = drift(copy, today);
    assert.deepEqual(await report(page, name(TODAY)), told);
    const marks = told.timeline.intervals.filter((it) => it.mark);
    assert.deepEqual(marks.map((it) => [it.key, it.mark]), [[key(3), "normal"], [key(20), "incident"]]);
    assert.match((await page.locator("driftline-file-chips li").allInnerTexts()).join(), /Marks\s+history\.json/);
    await overTime(page);
    const profile = await saved(page, page.locator("#keep-profile"));
    assert.equal(profile.name, `${key(TODAY)}.profile.json`);
    assert.deepEqual(profile.bytes, readFileSync(join(copy, profile.name)));
    assert.deepEqual((await saved(page, page.locator("#keep-marks"))).bytes, readFileSync(join(copy, "history.json")));
    // Of today's file, then of one before.
    await mark(page, key(TODAY), "incident");
    history(copy, "--incident", key(TODAY));
    await page.locator("p[role=status]", { hasText: "is marked as incident" }).waitFor({ state: "attached" });
    assert.deepEqual((await saved(page, page.locator("#keep-marks"))).bytes, readFileSync(join(copy, "history.json")));
    await mark(page, key(20), "");
    history(copy, "--unmark", key(20));
    await page.waitForFunction(() => !document.querySelector("driftline-app").outcome.tomorrow.marks.has("2024-03-20"));
    assert.deepEqual(await report(page, name(TODAY)), drift(copy, today));
    // The day after, in the same page.
    const next = file(TODAY + 1);
    await drop([next]);
    const then = drift(copy, next);
    assert.equal(then.timeline.intervals.at(-2).mark, "incident");
    assert.deepEqual(await report(page, name(TODAY + 1)), then);
  }));

test("the folder is dropped as it is, and today's file besides", () =>
  onPage(async (page) => {
    const copy = folder("dropped");
    mkdirSync(join(copy, "older"));
    const told = drift(folder("told"), today);
    const client = await page.context().newCDPSession(page);
    const data = { items: [], files: [copy, today], dragOperationsMask: 1 };
    for (const type of ["dragEnter", "dragOver", "drop"]) await client.send("Input.dispatchDragEvent", { type, x: 300, y: 300, data });
    assert.deepEqual(await report(page, name(TODAY)), told);
  }));

test("against a reference for all days, as with --reference and --history", () =>
  onPage(async (page, drop) => {
    const reference = file(4);
    await drop([today]);
    await settled(page, name(TODAY));
    const chosen = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Add a reference" }).click();
    await (await chosen).setFiles(reference);
    await page.getByRole("tab", { name: /Drift/ }).waitFor({ timeout: 60_000 });
    const copy = folder("given");
    await drop(inside(copy));
    const told = JSON.parse(commandLine("drift", "--reference", reference, "--history", copy, today, "--format", "json"));
    assert.equal(told.timeline.reference, "given");
    await page.waitForFunction(() => document.querySelector("driftline-app").outcome?.report.timeline, null, { timeout: 60_000 });
    assert.deepEqual(await report(page, name(TODAY)), told);
  }));

test("alerts, marks and days without a file are seen, read out and in the tables", () =>
  onPage(async (page, drop) => {
    await drop([...inside(kept), today]);
    await settled(page, name(TODAY));
    await overTime(page);
    const map = page.locator("driftline-heat-map");
    await map.locator("svg[role=img]").first().focus();
    const legend = await map.locator(".legend").innerText();
    for (const word of ["an alert opens", "it is resolved", "an incident", "said to be normal", "days without a file"]) assert.ok(legend.includes(word), legend);
    const readout = map.locator(".readout");
    const seen = [];
    await page.keyboard.press("End");
    for (let i = 0; i < TODAY - 1; i++) {
      seen.push(await readout.innerText());
      await page.keyboard.press("ArrowLeft");
    }
    const of = (n) => seen.find((it) => it.includes(key(n)));
    assert.match(of(20), /marked as an incident: it says nothing about what is usual/);
    assert.match(of(3), /marked as normal: it is usual/);
    assert.match(of(10), /1 day without a file before it/);
    assert.match(of(21), /an alert opens/);
    assert.match(of(22), /the alert stands/);
    assert.match(of(24), /the alert is resolved/);
    await page.getByText("The same numbers as a table").click();
    const table = await map.locator("driftline-series-chart table").innerText();
    assert.match(table, /2024-03-21[^\n]*an alert opens/);
    assert.deepEqual(await axe(page), []);
  }));

test("a file that says its day only in its rows, and a late one, take their places", () =>
  onPage(async (page, drop) => {
    const copy = folder("undated");
    const undated = made("today.csv", day(TODAY));
    await drop([undated, ...inside(copy)]);
    assert.deepEqual(await report(page, "today.csv"), drift(copy, undated));
    await overTime(page);
    assert.equal((await saved(page, page.locator("#keep-profile"))).name, `${key(TODAY)}.profile.json`);
    await page.reload();
    const again = folder("late");
    await drop([late, ...inside(again)]);
    const found = await report(page, name(GAP));
    assert.deepEqual(found, drift(again, late));
    assert.equal(found.timeline.intervals.length, GAP);
    assert.match(await page.locator("driftline-file-chips li").first().getAttribute("title"), /a late file: 15 later intervals are left out/);
  }));

for (const [what, content] of [
  ["is cut off", '{"driftline_history": 1, "marks": {"2024-03-20"'],
  ["is hostile", `${"[".repeat(200_000)}`],
  ["has another mark", '{"driftline_history": 1, "marks": {"2024-03-20": "<img src=x onerror=alert(1)>"}}'],
  ["is huge", " ".repeat((16 << 20) + 1)],
])
  test(`a history.json that ${what} is set aside and told`, () =>
    onPage(async (page, drop) => {
      const copy = folder(`without-${what.replaceAll(" ", "-")}`);
      const wrong = join(scratch, what.replaceAll(" ", "-"));
      mkdirSync(wrong, { recursive: true });
      writeFileSync(join(wrong, "history.json"), content);
      const profiles = inside(copy).filter((it) => it.endsWith(".profile.json"));
      await drop([...profiles, join(wrong, "history.json"), today]);
      history(copy, "--unmark", key(20), "--unmark", key(3));
      assert.deepEqual(await report(page, name(TODAY)), drift(copy, today));
      assert.match(await page.locator(".notice").innerText(), /history\.json is left out/);
      assert.equal(existsSync(join(copy, "history.json")), true);
    }));

test("a profile that is damaged is told by its name, and its feed goes on without it", () =>
  onPage(async (page, drop) => {
    const wrong = made(`${key(5)}.profile.json`, '{"driftline_profile": 2, "rows"');
    await drop([...inside(kept).filter((it) => !it.includes(key(5))), wrong, today]);
    await settled(page, name(TODAY));
    assert.match(await page.locator("driftline-file-chips .missing.broken").innerText(), /2024-03-05\.profile\.json cannot be used: .+; its feed goes on without it\./);
  }));
