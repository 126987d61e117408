// A reference and the files of a feed together on the built page in Chromium, in whatever order they come: each day is held against
// the reference, as on the command line.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { axe, openBrowser } from "./browser.js";
import { commandLine, made, scratch } from "./command.js";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

const DAYS = 13;
/** Rows of a day; on the last one the amounts are shifted. */
function day(n) {
  const rows = Array.from({ length: 400 }, (_, i) => {
    const noise = (i * 7919 + n * 104_729) % 1000;
    return `${["basic", "plus", "pro"][noise % 3]},${noise / 10 + (n === DAYS ? 80 : 0)}`;
  });
  return `plan,amount\n${rows.join("\n")}\n`;
}
const name = (n) => `orders-2024-03-${String(n).padStart(2, "0")}.csv`;
const files = Array.from({ length: DAYS }, (_, i) => made(name(i + 1), day(i + 1)));
const reference = made("usual.csv", day(0));
const profile = join(scratch, "usual.profile.json");
commandLine("profile", reference, "--save", profile);

/** What the command line says of the last of these files. */
const told = (before, days) => JSON.parse(commandLine("drift", "--reference", before, ...days, "--format", "json")).at(-1);

/** Runs `steps` on a page. */
const onPage = (steps, options) => browser.onPage(steps, options);

/** Waits until the report is on this file, held against this reference. */
const settled = (page, file, before = null) =>
  page.waitForFunction(
    ([wanted, before]) => {
      const { working, outcome } = document.querySelector("driftline-app");
      return !working && outcome?.report.source.name === wanted && (before === null || outcome.report.reference?.source.name === before);
    },
    [file, before],
    { timeout: 60_000 },
  );

/** The report that the page offers, once it is on this file. */
async function report(page, file, before) {
  await settled(page, file, before);
  await page.getByRole("tab", { name: "Export" }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#save-report").click()]);
  return JSON.parse(readFileSync(await download.path(), "utf8"));
}

const chips = (page) => page.locator("driftline-file-chips li:not(.more)").allInnerTexts();
const become = (page, file, part) => page.getByRole("combobox", { name: `Part of ${file}` }).selectOption(part);

for (const [what, drops, before = reference] of [
  ["all at once", [[...files, reference]]],
  ["the reference first", [[reference], files]],
  ["the reference last", [files, [reference]]],
  ["the reference and a day, then the others", [[reference, files[0]], files.slice(1)]],
  ["the reference and a day, then day by day", [[reference, files[0]], [files[1]], files.slice(2, 12), [files[12]]]],
  ["its saved profile and a day, then the others", [[profile, files[0]], files.slice(1)], profile],
  ["the days, then its saved profile", [files, [profile]], profile],
])
  test(`${what}: the file without a date is the reference of all days`, () =>
    onPage(async (page, drop) => {
      for (const [i, some] of drops.entries()) {
        await drop(some);
        if (i + 1 < drops.length) await page.waitForFunction((n) => document.querySelector("driftline-app").files.length === n, drops.slice(0, i + 1).flat().length);
      }
      const found = await report(page, name(DAYS), "usual.csv");
      assert.equal(found.timeline.reference, "given");
      assert.equal(found.timeline.intervals.length, DAYS);
      assert.deepEqual(found, told(before, files));
      assert.match((await chips(page)).join("\n"), /Current[\s\S]*orders-2024-03-13[\s\S]*Reference[\s\S]*usual\.[\s\S]*Earlier[\s\S]*12 files/);
    }));

test("a file that takes the part of the reference by hand keeps it, and the newest day before it is judged", () =>
  onPage(async (page, drop) => {
    await drop(files.slice(0, 12));
    await settled(page, name(12));
    await become(page, name(12), "Reference");
    assert.equal((await report(page, name(11), name(12))).timeline.intervals.length, 11);
    await drop([files[12]]);
    const found = await report(page, name(13), name(12));
    assert.deepEqual(found, told(files[11], [...files.slice(0, 11), files[12]]));
  }));

test("the reference goes into the feed and out of it again, and a file that is taken away leaves none to be missed", () =>
  onPage(async (page, drop) => {
    await drop([...files, reference]);
    await settled(page, name(DAYS), "usual.csv");
    await become(page, "usual.csv", "Current");
    await settled(page, "usual.csv");
    assert.match((await chips(page)).join("\n"), /Current[\s\S]*usual\.csv[\s\S]*Earlier[\s\S]*13 files/);
    await become(page, "usual.csv", "Reference");
    assert.deepEqual(await report(page, name(DAYS), "usual.csv"), told(reference, files));
    await page.getByRole("button", { name: `Take ${name(DAYS)} away` }).click();
    assert.deepEqual(await report(page, name(DAYS - 1), "usual.csv"), told(reference, files.slice(0, -1)));
    assert.deepEqual(await axe(page), []);
  }));

test("a file that is called today's is judged, and an accepted one stays the reference day after day", () =>
  onPage(async (page, drop) => {
    const today = made("today.csv", day(DAYS));
    await drop([...files.slice(0, 12), today]);
    await settled(page, "today.csv");
    assert.match((await chips(page)).join("\n"), /Current[\s\S]*today\.csv[\s\S]*Earlier[\s\S]*12 files/);
    await page.reload();
    await drop(files.slice(0, 2));
    await settled(page, name(2));
    await page.evaluate(() => document.querySelector("driftline-app").shadowRoot.querySelector(".page").dispatchEvent(new CustomEvent("driftline:usual")));
    await page.locator("driftline-intake").waitFor();
    for (const n of [3, 4, 5]) {
      await drop([files[n - 1]]);
      await settled(page, name(n), name(2));
    }
    assert.deepEqual(await report(page, name(5), name(2)), told(files[1], files.slice(2, 5)));
  }));

test("days that come one by one are a feed, and the file of their month is what they are held against", () =>
  onPage(async (page, drop) => {
    for (const n of [1, 2, 3]) {
      await drop([files[n - 1]]);
      await settled(page, name(n));
    }
    const alone = await report(page, name(3));
    assert.deepEqual(alone, JSON.parse(commandLine("drift", ...files.slice(0, 3), "--format", "json")).at(-1));
    const month = made("orders-2024-02.csv", day(0));
    await drop([month]);
    assert.deepEqual(await report(page, name(3), "orders-2024-02.csv"), told(month, files.slice(0, 3)));
    // The same day again takes its place.
    await drop([files[2]]);
    await settled(page, name(3), "orders-2024-02.csv");
    assert.match((await chips(page)).join("\n"), /Earlier[\s\S]*2 files/);
  }));

test("a file that finds no part is told", () =>
  onPage(async (page, drop) => {
    await drop([...files.slice(0, 3), reference, made("<b>notes.csv", day(1))]);
    await settled(page, name(3), "usual.csv");
    const said = page.locator(".notice");
    assert.match(await said.innerText(), /<b>notes\.csv is left out\.[\s\S]*Give a file above another part/);
    assert.deepEqual(await axe(page), []);
  }));

test("of a pair that was turned round by hand the reference stays when days come, and a file of another table is no reference", () =>
  onPage(async (page, drop) => {
    await drop(files.slice(3, 5));
    await settled(page, name(5), name(4));
    await become(page, name(4), "Current");
    await settled(page, name(4), name(5));
    await drop(files.slice(5, 8));
    assert.deepEqual(await report(page, name(8), name(5)), told(files[4], [files[3], ...files.slice(5, 8)]));
    await page.reload();
    await drop([made("customers.csv", "customer,country\n1,de\n"), ...files.slice(0, 3)]);
    await settled(page, name(3));
    assert.match((await chips(page)).join("\n"), /Current[\s\S]*orders-2024-03-03[\s\S]*Earlier[\s\S]*2 files/);
    assert.match(await page.locator(".notice").innerText(), /customers\.csv is left out/);
  }));
