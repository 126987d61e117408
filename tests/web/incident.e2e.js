// A planted incident on the built page in Chromium: where a column drifted, the document of the incident, its contract put to use,
// and a file that is accepted as the new reference; as on the command line, byte for byte.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { axe, neverBusy, openBrowser, shown } from "./browser.js";
import { commandLine, made, root, scratch } from "./command.js";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

const PLANTED = "2013-02-25";
const CARRIER = "UA";
const kept = ["dep_time", "dep_delay", "arr_delay", "carrier", "flight", "origin", "dest", "air_time", "distance"];

/** January as one file, and the days behind it up to the planted one, on which a carrier's air times are in seconds, three of ten of
 * them malformed: what `tests/it/incidents.rs` plants. */
function planted() {
  const [head, ...rows] = readFileSync(join(root, "target/data/flights.csv"), "utf8").trimEnd().split("\n");
  const names = head.split(",");
  const at = (name) => names.indexOf(name);
  const [month, day, carrier, time] = ["month", "day", "carrier", "air_time"].map(at);
  const places = kept.map(at);
  const files = new Map([["january.csv", [kept.join(",")]]]);
  let seen = 0;
  for (const row of rows) {
    const cells = row.split(",");
    const date = `2013-${cells[month].padStart(2, "0")}-${cells[day].padStart(2, "0")}`;
    const bad = date === PLANTED && cells[carrier] === CARRIER;
    if (bad) seen += 1;
    const whole = /^\d+$/.test(cells[time]);
    if (bad && whole) cells[time] = seen % 10 < 3 ? `${cells[time]} min` : String(Number(cells[time]) * 60);
    if (cells[month] !== "1" && (cells[month].length > 1 || date > "2013-02-26")) continue;
    const name = cells[month] === "1" ? "january.csv" : `flights_${date}.csv`;
    if (!files.has(name)) files.set(name, [kept.join(",")]);
    files.get(name).push(places.map((place) => cells[place]).join(","));
  }
  return new Map([...files].map(([name, lines]) => [name, made(name, `${lines.join("\n")}\n`)]));
}
const files = planted();
const [january, day] = [files.get("january.csv"), files.get(`flights_${PLANTED}.csv`)];
const days = [...files].filter(([name]) => name.startsWith("flights") && name < `flights_${PLANTED}`).map(([, path]) => path);
const told = JSON.parse(commandLine("drift", "--reference", january, day, "--where", "--format", "json"));
const incident = (format, ...more) => commandLine("incident", "--reference", january, day, "--format", format, ...more);

/** Runs `steps` on a page. */
const onPage = (steps, options) => browser.onPage(steps, options);

/** Both files in, and the report there. */
async function compared(page, drop, paths = [january, day]) {
  await drop(paths);
  await shown(page);
}

const where = (page) => page.locator("driftline-where");
const accepting = (page) => page.locator("driftline-accept-drift");
const segmentsOf = (page) => page.evaluate(() => document.querySelector("driftline-app").outcome.drifted.segments);

/** What a click saves: its name and its bytes. */
async function saved(page, selector) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator(selector).click()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

/** Chooses files behind a button. */
async function add(page, name, paths) {
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByRole("button", { name }).click()]);
  await chooser.setFiles(paths);
}

/** Opens the details of a column from the list of what drifted. */
async function open(page, column) {
  await page.getByRole("tab", { name: /Drift/ }).click();
  await page.locator("driftline-drift-table").getByRole("button", { name: column, exact: true }).click();
}

test("the first finding is the column, and its details say where it drifted without being asked", () =>
  onPage(async (page, drop) => {
    await compared(page, drop);
    const { findings } = await page.evaluate(() => document.querySelector("driftline-app").outcome.report);
    assert.equal(findings.find(({ status }) => status === "fail").column, "air_time");
    await open(page, "air_time");
    await where(page).locator(".segments").first().waitFor({ timeout: 30_000 });
    const found = await segmentsOf(page);
    assert.deepEqual(found, told.segments);
    const [first] = found.columns[0].segments;
    assert.deepEqual(first.parts, [{ column: "carrier", kind: "value", values: [CARRIER] }]);
    assert.ok(first.carries >= 0.8, first.carries);
    const words = await where(page).locator("section").innerText();
    assert.match(words, /carrier is UA/);
    assert.match(words, /What carries its drift[\s\S]*carries 8\d(\.\d)?\s*%/);
    assert.match(words, /Other values than before[\s\S]*4,637 rows before, 169 now/);
    assert.match(words, / min/);
    assert.deepEqual(await axe(page), []);
    // It is known for the other columns, too, and the document has all of them.
    await page.keyboard.press("Escape");
    assert.equal(await where(page).count(), 0);
  }));

test("the incident is that of the command line, and its contract sets the rows apart", () =>
  onPage(async (page, drop) => {
    await compared(page, drop);
    await page.getByRole("tab", { name: /Drift/ }).click();
    // Of small files the table says where without being asked.
    await page.locator("driftline-where-brief").first().scrollIntoViewIfNeeded();
    await page.getByText(/Where: carrier is UA carries 88/).waitFor({ timeout: 30_000 });
    await page.locator("#incident").focus();
    await page.keyboard.press("Enter");
    await accepting(page).locator(".sum").waitFor({ timeout: 30_000 });
    assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.querySelector("driftline-report").shadowRoot.activeElement.shadowRoot.activeElement.className), "sum");
    assert.match(await accepting(page).locator(".sum").innerText(), /2 rules would have caught it and set 169 rows apart\. Without them the PSI of “air_time” is 0\.0\d\d instead of 0\.\d/);
    assert.deepEqual(await axe(page), []);
    for (const [id, format] of [["html", "html"], ["markdown", "markdown"], ["json", "json"]]) {
      const { bytes } = await saved(page, `driftline-accept-drift #save-${id}`);
      assert.ok(bytes.equals(incident(format)), `${format} is not that of the command line`);
    }
    const proposed = await saved(page, "#save-proposed");
    assert.equal(proposed.name, `flights_${PLANTED}.proposed.odcs.yaml`);
    assert.equal(proposed.bytes.toString(), JSON.parse(incident("json")).contract);
    const rules = await accepting(page).locator("tbody tr").allInnerTexts();
    assert.equal(rules.length, 2);
    for (const rule of rules) assert.match(rule, /\t[1-9]\d* of \d+\t0 of 26,398\t/);
    // Put to use, its rows are one click away.
    await page.locator("#use-contract").click();
    await page.locator("driftline-quarantine #quarantine").click({ timeout: 30_000 });
    await page.locator("#save-clean").waitFor({ timeout: 30_000 });
    const clean = await saved(page, "#save-clean");
    const contract = made("proposed.odcs.yaml", proposed.bytes);
    const folder = join(scratch, "apart");
    commandLine("check", day, "--contract", contract, "--quarantine", folder);
    assert.ok(clean.bytes.equals(readFileSync(join(folder, `flights_${PLANTED}.clean.csv`))));
    const path = made(clean.name, clean.bytes);
    const again = JSON.parse(commandLine("drift", "--reference", january, path, "--format", "json"));
    const { psi } = again.drift.find(({ column }) => column === "air_time");
    assert.ok(psi < 0.1, `${psi}`);
  }));

test("in its feed the incident says since when", () =>
  onPage(async (page, drop) => {
    await drop([day]);
    await shown(page);
    await add(page, "Add a reference", january);
    await page.getByRole("tab", { name: /Drift/ }).waitFor({ timeout: 30_000 });
    await add(page, "Add a file", days);
    await page.waitForFunction(() => {
      const app = document.querySelector("driftline-app");
      return !app.working && app.outcome?.report.timeline?.intervals.length === 25;
    }, null, { timeout: 30_000 });
    await page.getByRole("tab", { name: /Drift/ }).click();
    await page.locator("#incident").click();
    await accepting(page).locator(".sum").waitFor({ timeout: 30_000 });
    const found = JSON.parse((await saved(page, "driftline-accept-drift #save-json")).bytes);
    assert.equal(found.tripped[0].column, "air_time");
    assert.equal(found.since.first, PLANTED);
    assert.equal(found.since.known, 24);
    const history = join(scratch, "history");
    mkdirSync(history);
    commandLine("drift", "--reference", january, "--history", history, ...days, "--format", "json");
    const quiet = await page.evaluate(() => document.querySelector("driftline-app").outcome.report.timeline.intervals.slice(0, -1));
    assert.ok(quiet.filter(({ tripped }) => tripped > 0).length <= 3);
    const wanted = JSON.parse(incident("json", "--history", history));
    wanted.apart.accept = null;
    assert.deepEqual(found, wanted);
    // The next day is judged by those before it; the incident is marked as one, and says nothing about what is usual.
    await add(page, "Add a file", join(scratch, "flights_2013-02-26.csv"));
    await page.waitForFunction(() => {
      const app = document.querySelector("driftline-app");
      return !app.working && app.outcome?.report.source.name === "flights_2013-02-26.csv";
    }, null, { timeout: 30_000 });
    const intervals = await page.evaluate(() => document.querySelector("driftline-app").outcome.report.timeline.intervals);
    assert.equal(intervals.length, 26);
    assert.deepEqual(intervals.filter(({ mark }) => mark).map(({ key, mark }) => [key, mark]), [[PLANTED, "incident"]]);
  }));

test("a file that is accepted is the reference of the next, here and as a saved profile", () =>
  onPage(async (page, drop) => {
    await compared(page, drop);
    await page.getByRole("tab", { name: /Drift/ }).click();
    const profile = await saved(page, "#usual");
    assert.equal(profile.name, `flights_${PLANTED}.profile.json`);
    await page.locator("driftline-intake").waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.id), "main");
    assert.match(await page.locator("driftline-app > * , driftline-app .page > [role=status]").first().innerText(), /is the reference now/);
    const chips = await page.locator("driftline-file-chips li:not(.more)").allInnerTexts();
    assert.equal(chips.length, 1);
    assert.match(chips[0], /Reference[\s\S]*flights_2013-02-25/);
    await drop([days[3]]);
    await shown(page);
    const report = await page.evaluate(() => document.querySelector("driftline-app").outcome.report);
    assert.deepEqual(report, JSON.parse(commandLine("drift", "--reference", day, days[3], "--format", "json")));
    // The profile that was saved says the same of the next file.
    const { page: other, close } = await browser.open();
    await other.locator("#input").setInputFiles([made(profile.name, profile.bytes), days[3]]);
    await shown(other);
    const outcomes = (it) => it.drift.map(({ column, outcome }) => [column, outcome]);
    const second = await other.evaluate(() => document.querySelector("driftline-app").outcome.report);
    assert.equal(second.reference.saved, true);
    assert.deepEqual(outcomes(second), outcomes(report));
    await close();
  }));

test("of a saved profile it is said before what cannot be told", () =>
  onPage(async (page, drop) => {
    const path = join(scratch, "january.profile.json");
    commandLine("profile", january, "--save", path);
    await compared(page, drop, [path, day]);
    await page.getByRole("tab", { name: /Drift/ }).click();
    assert.match((await accepting(page).locator("section").allInnerTexts()).join("\n"), /not known without its rows/);
    await page.locator("#incident").click();
    await accepting(page).locator(".sum").waitFor({ timeout: 30_000 });
    const { bytes } = await saved(page, "driftline-accept-drift #save-markdown");
    assert.ok(bytes.equals(commandLine("incident", "--reference", path, day)));
    await open(page, "air_time");
    assert.match(await where(page).locator("section").innerText(), /saved profile without rows/);
  }));

test("what is not to be shown is not in the incident either", () =>
  onPage(async (page, drop) => {
    await compared(page, drop);
    await page.getByRole("tab", { name: "Export" }).click();
    await page.locator("#redact").selectOption("values");
    await page.waitForFunction(() => !document.querySelector("driftline-app").working && document.querySelector("driftline-app").outcome.report.driftline.options.redact === "values");
    await page.getByRole("tab", { name: /Drift/ }).click();
    await page.locator("#incident").click();
    await accepting(page).locator(".sum").waitFor({ timeout: 30_000 });
    const { bytes } = await saved(page, "driftline-accept-drift #save-html");
    assert.ok(bytes.equals(incident("html", "--redact", "values")));
    assert.equal(await page.locator("#use-contract").count(), 0);
  }));

test("a report that says where shows it without its files", () =>
  onPage(async (page) => {
    await page.evaluate((report) => {
      const element = document.createElement("driftline-report");
      element.report = report;
      document.querySelector("driftline-app").replaceWith(element);
    }, told);
    await open(page, "air_time");
    assert.match(await where(page).locator("section").innerText(), /carrier is UA[\s\S]*carries 88/);
    assert.equal(await accepting(page).count(), 0);
  }));

/** A large table with a shop whose prices were multiplied. */
function shops(name, isNow) {
  const rows = Array.from({ length: 260_000 }, (_, i) => {
    const k = (i * 7919) % 10_007;
    const shop = ["north", "south", "<b>east</b>", "west"][k % 4];
    return `${i},${shop},${k % 97},${isNow && shop === "<b>east</b>" ? 1000 + (k % 50) : 10 + (k % 50)},"a note of some length ${k}"`;
  });
  return made(name, `id,shop,stock,price,note\n${rows.join("\n")}\n`);
}

test("of large files it is asked for, told how far it is, and taken back; the page is never busy", () =>
  neverBusy((measured) => onPage(async (page, drop) => {
    const [before, now] = [shops("shops-2024-01.csv", false), shops("shops-2024-02.csv", true)];
    await compared(page, drop, [before, now]);
    await page.getByRole("tab", { name: /Drift/ }).click();
    await page.locator("driftline-where-brief").getByRole("button", { name: "Find where it drifted" }).waitFor();
    assert.deepEqual(await axe(page), []);
    await open(page, "price");
    await where(page).locator("#where").waitFor();
    assert.match(await where(page).locator("section").innerText(), /Both files are read once more/);
    await page.locator("#where").click();
    await where(page).getByRole("button", { name: "Cancel" }).click({ timeout: 20_000 });
    await where(page).locator("#where").waitFor();
    await measured(page, async () => {
      await page.locator("#where").click();
      await where(page).locator("progress").waitFor({ timeout: 20_000 });
      await where(page).locator(".segments").first().waitFor({ timeout: 120_000 });
    });
    assert.match(await where(page).locator("section").innerText(), /shop is <b>east<\/b>/);
    const wanted = JSON.parse(commandLine("drift", "--reference", before, now, "--where", "--format", "json"));
    assert.deepEqual(await segmentsOf(page), wanted.segments);
  })));

test("it is told on a phone and in the dark, too", async () => {
  for (const options of [{ viewport: { width: 390, height: 844 } }, { colorScheme: "dark" }])
    await onPage(async (page, drop) => {
      await compared(page, drop);
      await page.getByRole("tab", { name: /Drift/ }).click();
      await page.locator("#incident").click();
      await accepting(page).locator(".sum").waitFor({ timeout: 30_000 });
      await accepting(page).getByText("The contract of these rules").click();
      assert.match(await accepting(page).locator("pre").innerText(), /kind: DataContract[\s\S]*air_time/);
      assert.deepEqual(await axe(page), []);
      await open(page, "air_time");
      await where(page).locator(".segments").first().waitFor({ timeout: 30_000 });
      assert.deepEqual(await axe(page), []);
      const { scroll, width } = await page.evaluate(() => ({ scroll: document.documentElement.scrollWidth, width: innerWidth }));
      assert.ok(scroll <= width, `${scroll} of ${width}`);
    }, options);
});
