// What other tools say of wide tables on the built page in Chromium: all of it in the saved document, and the page never busy.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { neverBusy, openBrowser, shown } from "./browser.js";
import { commandLine, made } from "./command.js";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

const COLUMNS = 200;
const ROWS = 2_000;
/** A table of numbers and of words. */
function table(name, seed) {
  let state = seed;
  const next = () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648);
  const head = Array.from({ length: COLUMNS }, (_, i) => `column_${i}`).join();
  const cell = (i) => (i % 4 === 3 ? ["north", "east", "south", "west"][next() % 4] : (next() % 10_000) / 100);
  const rows = Array.from({ length: ROWS }, () => Array.from({ length: COLUMNS }, (_, i) => cell(i)).join());
  return made(name, `${head}\n${rows.join("\n")}\n`);
}

for (const [word, name] of [["nannyml", "NannyML"], ["evidently", "Evidently"]])
  test(`a wide table as ${name} decides: the page is never busy`, () => neverBusy(async (measured) => {
    const { page, watched, close } = await browser.open();
    try {
      const [before, now] = [table("wide-2024-01.csv", 1), table("wide-2024-02.csv", 2)];
      await page.locator("#input").setInputFiles([before, now]);
      await shown(page);
      await page.waitForFunction(() => !document.querySelector("driftline-app").working);
      await page.getByRole("tab", { name: /Drift/ }).click();
      const panel = page.locator("driftline-comparing");
      await panel.waitFor();
      await page.waitForTimeout(500);
      await measured(page, async () => {
        await panel.getByRole("button", { name, exact: true }).click();
        await panel.locator("tbody tr th").nth(COLUMNS - 1).waitFor({ timeout: 120_000 });
      });
      const [download] = await Promise.all([page.waitForEvent("download"), panel.locator(`#save-${word}`).click()]);
      const wanted = commandLine("drift", "--reference", before, now, "--as", word, "--format", "json");
      assert.ok(readFileSync(await download.path()).equals(wanted), "not what the command line writes");
      assert.deepEqual(watched, { outside: [], errors: [] });
    } finally {
      await close();
    }
  }));
