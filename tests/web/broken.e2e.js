// A contract or a reference that cannot be used, on the built page in Chromium: the file is profiled all the same, and what is
// wrong is said where it can be mended.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { axe, openBrowser, shown } from "./browser.js";
import { commandLine, made, reportOf } from "./command.js";
import { content, cursorLine, replace } from "./editor.js";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

async function onPage(files, steps, options = {}) {
  const { page, watched, close } = await browser.open(options);
  try {
    await page.locator("#input").setInputFiles(files);
    await shown(page);
    await steps(page);
    assert.deepEqual(watched, { outside: [], errors: [] });
  } finally {
    await close();
  }
}

const ROWS = `id,country,mail\n${Array.from({ length: 300 }, (_, i) => `${i + 1},${i % 10 ? "DE" : "ZZ"},a${i}@example.org`).join("\n")}\n`;
const BROKEN = `apiVersion: v3.1.0
kind: DataContract
id: orders
version: 1.0.0
status: active
schema:
  - name: orders
    properties:
      - name: id
        logicaltype: integer
        required: yess
      - name: country
        logicalType: string
        quality:
          - metric: invalidValues
            arguments: {validValues: [DE]}
            mustBe: 0
`;
const orders = made("orders.csv", ROWS);
const broken = made("broken.odcs.yaml", BROKEN);

const card = (page, question) => page.locator("driftline-verdict .card").filter({ hasText: question });
const chips = (page) => page.locator("driftline-file-chips .missing.broken");
const mistakes = (page) => page.locator("driftline-contract .mistakes");

/** The bytes of the report that the page saves. */
async function savedReport(page) {
  await page.getByRole("tab", { name: "Export" }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#save-report").click()]);
  return readFileSync(await download.path());
}

for (const [words, drop] of [
  ["together", async (page) => page.locator("#input").setInputFiles([orders, broken])],
  [
    "one after the other",
    async (page) => {
      await page.locator("#input").setInputFiles([orders]);
      await shown(page);
      await page.locator("#input").setInputFiles([broken]);
    },
  ],
])
  test(`a contract with mistakes takes nothing away and is mended on the page: ${words}`, async () => {
    const { page, watched, close } = await browser.open();
    try {
      await drop(page);
      await card(page, "As agreed?").getByText("The contract has mistakes").waitFor();
      assert.match(await page.locator("driftline-verdict h1").innerText(), /The contract was not checked\.$/);
      assert.equal(await page.locator("driftline-verdict .head.ok, driftline-verdict .card.ok:has-text('As agreed?')").count(), 0);
      assert.match(await chips(page).innerText(), /broken\.odcs\.yaml has 2 mistakes; the file was not checked against it\. See them/);
      assert.match(await page.locator("[role=status][aria-live]").innerText(), /broken\.odcs\.yaml has 2 mistakes/);
      assert.equal(await page.locator("driftline-column-list").getByText("country").count() > 0, true);
      assert.deepEqual(await axe(page), []);

      // By keys alone: to the first mistake, from one to the next by the list, and mended.
      await card(page, "As agreed?").getByRole("button", { name: "Fix the contract" }).focus();
      await page.keyboard.press("Enter");
      await content(page).waitFor();
      await page.waitForFunction(() => document.activeElement?.shadowRoot?.activeElement?.localName === "driftline-report");
      await page.locator("driftline-editor .cm-lint-marker-error").nth(1).waitFor();
      assert.equal(await cursorLine(page), 10);
      assert.deepEqual(await mistakes(page).locator("li button").allInnerTexts(), ["Line 10, column 9", "Line 11, column 19"]);
      await mistakes(page).getByRole("button", { name: "Line 11, column 19" }).press("Enter");
      assert.equal(await cursorLine(page), 11);
      assert.deepEqual(await axe(page), []);

      // Half of it is not enough: all stays as it is.
      await replace(page, "yess", "true");
      await page.keyboard.press("Control+Enter");
      await mistakes(page).getByText("The file was not checked. The contract has 1 mistake.").waitFor();
      await card(page, "As agreed?").getByText("The contract has mistakes").waitFor();
      await replace(page, "logicaltype", "logicalType");
      await page.keyboard.press("Control+Enter");
      await page.locator("driftline-rules [role=option]").filter({ hasText: /country[\s\S]*30 of 300 cells/ }).waitFor();
      assert.equal(await chips(page).count(), 0);
      assert.equal(await mistakes(page).count(), 0);
      assert.equal(await card(page, "As agreed?").getByText("The contract has mistakes").count(), 0);
      const mended = made("mended.odcs.yaml", BROKEN.replace("yess", "true").replace("logicaltype", "logicalType"));
      assert.ok(commandLine("check", orders, "--contract", mended, "--format", "json").equals(await savedReport(page)));
      assert.deepEqual(watched, { outside: [], errors: [] });
    } finally {
      await close();
    }
  });

test("what the page saves beside a broken contract is what the command line says of the file alone", () =>
  onPage([orders, broken], async (page) => assert.ok(reportOf("profile", orders).equals(await savedReport(page)))));

test("a broken contract that hides columns hides all of them", () =>
  onPage([orders, made("hides.odcs.yaml", BROKEN.replace("logicaltype: integer", "classification: [confidential"))], async (page) => {
    await card(page, "As agreed?").getByText("The contract has mistakes").waitFor();
    await page.getByText("Values of 3 columns are redacted").waitFor();
    assert.equal(await page.getByText("example.org").count(), 0);
  }));

test("many mistakes are listed some at first, then all", () => {
  const many = Array.from({ length: 30 }, (_, i) => `      - name: c${i}\n        logicaltype: "<b>${i}</b>"\n`).join("");
  return onPage([orders, made("many.odcs.yaml", BROKEN + many)], async (page) => {
    await chips(page).getByRole("button", { name: "See them" }).click();
    await content(page).waitFor();
    assert.equal(await mistakes(page).locator("li").count(), 8);
    await mistakes(page).getByRole("button", { name: "Show all 32 mistakes" }).click();
    assert.equal(await mistakes(page).locator("li").count(), 32);
    assert.equal(await page.locator("driftline-contract b").count(), 0);
    await mistakes(page).getByRole("button").nth(31).click();
    await page.waitForFunction(() => true);
    assert.equal(await cursorLine(page), 77);
  });
});

for (const [name, bytes, words] of [
  ["terms.yaml", Buffer.concat([Buffer.from("%PDF-1.7\n"), Buffer.from([0xff, 0xfe, 0, 0x80, 0xe2])]), /terms\.yaml cannot be used: it is not text in UTF-8; the file was not checked against it\. A contract is a file of YAML or JSON\./],
  ["huge.yaml", Buffer.alloc(100 << 20, "a: b\n"), /huge\.yaml cannot be used: the contract "huge\.yaml" is larger than 4 MiB; the file was not checked against it\. Is it a data file/],
])
  test(`what is no contract at all, ${name}, is said and left out`, () =>
    onPage([orders, made(name, bytes)], async (page) => {
      await card(page, "As agreed?").getByText("The contract cannot be used").waitFor();
      assert.match(await chips(page).innerText(), words);
      await page.getByRole("tab", { name: /Contract/ }).click();
      await page.locator("driftline-contract").getByText("The contract cannot be used").waitFor();
      assert.equal(await page.locator("driftline-editor").count(), 0);
      assert.deepEqual(await axe(page), []);
      // Another one in its place.
      await page.locator("#input").setInputFiles([broken]);
      await card(page, "As agreed?").getByText("The contract has mistakes").waitFor();
      await page.getByRole("button", { name: "Take broken.odcs.yaml away" }).click();
      await card(page, "As agreed?").getByText("Not asked").waitFor();
      assert.equal(await chips(page).count(), 0);
    }));

test("a reference that cannot be read is said and left out", () => {
  const profile = made("last.profile.json", '{"driftline_profile": 99, "x": [');
  return onPage([orders, profile], async (page) => {
    await card(page, "Same as before?").getByText("The reference cannot be used").waitFor();
    assert.match(await chips(page).innerText(), /last\.profile\.json cannot be used: .*; the file was not compared with it\./);
    assert.match(await page.locator("driftline-verdict h1").innerText(), /The reference was not compared\.$/);
    assert.deepEqual(await axe(page), []);
    assert.ok(reportOf("profile", orders).equals(await savedReport(page)));
  });
});

test("a file to judge that cannot be read still stops all, in one sentence", async () => {
  const { page, close } = await browser.open();
  try {
    await page.locator("#input").setInputFiles([made("cut.csv.gz", Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9])), broken]);
    const heading = page.locator("driftline-failed h1");
    await heading.waitFor({ timeout: 60_000 });
    assert.ok(!/↵|\(and/.test(await heading.innerText()));
    assert.deepEqual(await axe(page), []);
  } finally {
    await close();
  }
});

for (const { colorScheme, width } of [
  { colorScheme: "light", width: 360 },
  { colorScheme: "dark", width: 1280 },
])
  test(`a broken contract fits ${width} px, ${colorScheme}`, () =>
    onPage(
      [orders, broken],
      async (page) => {
        await chips(page).getByRole("button").click();
        await content(page).waitFor();
        assert.deepEqual(await axe(page), []);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(overflow <= 0, `${overflow} px too wide`);
      },
      { colorScheme, viewport: { width, height: 800 } },
    ));
