// Many files of one kind on the built page in Chromium: the newest is judged, those before it say what is usual, as on the
// command line.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { axe, openBrowser } from "./browser.js";
import { commandLine, made, scratch } from "./command.js";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

const DAYS = 14;
/** Rows of a day; on the last one the amounts are shifted. */
function day(n) {
  const rows = Array.from({ length: 600 }, (_, i) => {
    const noise = (i * 7919 + n * 104_729) % 1000;
    return `${n * 1000 + i},${["basic", "plus", "pro"][noise % 3]},${noise / 10 + (n === DAYS ? 80 : 0)}`;
  });
  return `id,plan,amount\n${rows.join("\n")}\n`;
}
const name = (n) => `churn-2024-03-${String(n).padStart(2, "0")}.csv`;
const files = Array.from({ length: DAYS }, (_, i) => made(name(i + 1), day(i + 1)));
const last = files[DAYS - 1];

/** What the command line says of the last of these files. */
function told(...args) {
  const found = JSON.parse(commandLine("drift", ...args, "--format", "json"));
  return Array.isArray(found) ? found.at(-1) : found;
}

/** Runs `steps` on a page. */
const onPage = (steps, options) => browser.onPage(steps, options);

/** The report that the page offers, once it is on this file. */
async function report(page, file) {
  await page.locator("driftline-report .name, driftline-verdict h1").first().waitFor({ timeout: 60_000 });
  await page.waitForFunction(
    (wanted) => {
      const app = document.querySelector("driftline-app");
      return !app.working && app.outcome?.report.source.name === wanted;
    },
    file,
    { timeout: 60_000 },
  );
  await page.getByRole("tab", { name: "Export" }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#save-report").click()]);
  return JSON.parse(readFileSync(await download.path(), "utf8"));
}

const chips = (page) => page.locator("driftline-file-chips li:not(.more)").allInnerTexts();

test("days dropped in any order: the newest is judged by those before it, as on the command line", () =>
  onPage(async (page, drop) => {
    await drop([last, ...files.slice(5, 13), ...files.slice(0, 5)]);
    const found = await report(page, name(DAYS));
    assert.deepEqual(found, told(...files));
    assert.equal(found.timeline.intervals.length, DAYS);
    assert.ok(found.findings.some(({ card, column, status }) => card === "same_as_before" && column === "amount" && status === "fail"));
    const [current, earlier] = await chips(page);
    assert.match(current, /Current[\s\S]*churn-2024-03-14/);
    assert.match(earlier, /Earlier[\s\S]*13 files/);
    await page.getByRole("tab", { name: /Over time/ }).click();
    await page.locator("driftline-heat-map").waitFor();
    assert.deepEqual(await axe(page), []);
  }));

test("a file of the next day joins its feed, and without the earlier ones it is alone", () =>
  onPage(async (page, drop) => {
    await drop(files.slice(0, 12));
    await report(page, name(12));
    await drop([files[12]]);
    assert.deepEqual(await report(page, name(13)), told(...files.slice(0, 13)));
    await page.getByRole("button", { name: /earlier files away/ }).click();
    const alone = await report(page, name(13));
    assert.equal(alone.timeline ?? null, null);
  }));

test("an earlier file that cannot be read is said and left out, as on the command line", () =>
  onPage(async (page, drop) => {
    made(name(5), Buffer.from("PAR1\0\0 and no more"));
    await drop(files.slice(0, 13));
    assert.deepEqual(await report(page, name(13)), told(...files.slice(0, 4), ...files.slice(5, 13)));
    await page.locator("driftline-verdict h1").getByText("An earlier file of the feed was left out.").waitFor();
    const said = page.locator("driftline-file-chips .missing.broken");
    assert.match(await said.innerText(), /churn-2024-03-05\.csv cannot be used: .+; its feed goes on without it\./);
    made(name(5), day(5));
    assert.deepEqual(await axe(page), []);
  }));

test("the saved profiles of a history's folder stand for its days", () =>
  onPage(async (page, drop) => {
    const folder = join(scratch, "history");
    mkdirSync(folder, { recursive: true });
    commandLine("drift", "--history", folder, ...files.slice(0, 13), "--format", "json");
    const profiles = readdirSync(folder).filter((it) => it.endsWith(".profile.json"));
    assert.equal(profiles.length, 13);
    // What the folder keeps beside them is no table.
    const marks = made("history.json", '{"driftline_history": 1, "intervals": []}\n');
    await drop([...profiles.map((it) => join(folder, it)), marks, last]);
    assert.deepEqual(await report(page, name(DAYS)), told("--history", folder, last));
  }));

for (const [on, status] of [["psi >= 0.25", "fail"], ["psi >= 0.25 for 2 of 3 intervals", "pass"]]) {
  test(`a gate of the contract on the drift of a feed is decided as on the command line: ${on}`, () =>
    onPage(async (page, drop) => {
      const contract = made(
        "gates.odcs.yaml",
        `apiVersion: v3.1.0\nkind: DataContract\nid: g\nversion: 1.0.0\nstatus: active\nschema:\n  - name: churn\n    quality:\n      - {type: custom, engine: driftline, severity: error, implementation: {rule: drift, columns: [amount], on: "${on}"}}\n    properties:\n      - {name: id, logicalType: integer}\n      - {name: plan, logicalType: string}\n      - {name: amount, logicalType: number}\n`,
      );
      await drop([contract, ...files]);
      const found = await report(page, name(DAYS));
      assert.deepEqual(found, told("--contract", contract, ...files));
      assert.equal(found.findings.find(({ rule }) => rule === "drift-gate").status, status);
    }));
}
