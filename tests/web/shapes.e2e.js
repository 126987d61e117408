// The shapes of two files over each other on the built page in Chromium, where bins of equal steps would hide what drifted.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axe, openBrowser, shown } from "./browser.js";
import { made } from "./command.js";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

/** Amounts of a long tail, every `nth` of them in cents. */
function amounts(rows, seed, nth) {
  const of = (i) => (2 + 10 / (0.05 + (((i * 7919 + seed) % 1000) + 0.5) / 1000)) * (nth > 0 && i % nth === 0 ? 100 : 1);
  return `amount,even\n${Array.from({ length: rows }, (_, i) => `${of(i).toFixed(2)},${(i * 31 + seed) % 500}`).join("\n")}\n`;
}
const reference = made("tail-2024-01-01.csv", amounts(6000, 0, 0));
const current = made("tail-2024-01-02.csv", amounts(3000, 137, 4));

for (const [what, options] of [["wide", {}], ["a phone", { viewport: { width: 390, height: 844 } }], ["the dark", { colorScheme: "dark" }]])
  test(`a tail that hides the shape: the bins are those of the PSI, in their order and named (${what})`, async () => {
    const { page, watched, close } = await browser.open(options);
    await page.locator("#input").setInputFiles([reference, current]);
    await shown(page);
    const report = await page.evaluate(() => document.querySelector("driftline-app").outcome.report);
    const drift = report.drift.find(({ column }) => column === "amount");
    assert.ok(Math.max(...drift.overlay.reference) > 0.9, "equal steps hide it");
    const rows = page.locator("driftline-column-list [role=row][data-index]");
    await rows.filter({ hasText: "amount" }).click();
    const chart = page.locator("driftline-distribution");
    await chart.getByText("Each bar is a range that holds about a tenth of the reference").waitFor();
    const names = await chart.locator("tbody tr td:first-child").allTextContents();
    const bins = drift.contributions.filter(({ kind }) => kind === "range").map(({ bin }) => bin);
    assert.deepEqual(names.toSorted(), bins.toSorted());
    assert.match(names[0], /^≤ /);
    assert.match(names.at(-1), /^> /);
    const cuts = names.slice(0, -1).map((name) => Number(name.split(/≤ | … /).at(-1)));
    assert.deepEqual(cuts, cuts.toSorted((a, b) => a - b));
    // A quarter in cents is in the last bar.
    const last = await chart.locator("tbody tr").last().locator("td.number").allTextContents();
    assert.ok(parseFloat(last[0]) > 25 && parseFloat(last[1]) < 15, last.join());
    const heights = await rows.filter({ hasText: "amount" }).locator("driftline-histogram rect.bar").evaluateAll((bars) => bars.map((bar) => Number(bar.getAttribute("height"))));
    assert.equal(heights.length, bins.length);
    assert.equal(Math.max(...heights), heights.at(-1));
    assert.deepEqual(await axe(page), []);
    // What is spread evenly keeps steps of one length.
    await page.getByRole("button", { name: "Close" }).click();
    await rows.filter({ hasText: "even" }).click();
    await chart.locator("svg[aria-label^=even]").waitFor();
    assert.equal(await chart.locator("tbody tr").count(), report.drift.find(({ column }) => column === "even").overlay.current.length);
    assert.deepEqual(watched, { outside: [], errors: [] });
    await close();
  });
