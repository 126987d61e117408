// The raw text of a row that breaks a contract, on the built page in Chromium: the bytes of the file, made visible.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { axe, openBrowser, shown } from "./browser.js";
import { made } from "./command.js";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

const contract = made(
  "raw.odcs.yaml",
  `apiVersion: v3.1.0
kind: DataContract
id: raw
version: 1.0.0
status: active
schema:
  - name: raw
    properties:
      - name: id
      - name: country
        quality:
          - metric: invalidValues
            arguments: {validValues: [DE]}
            mustBe: 0
      - name: note
`,
);

async function onPage(files, steps, options = {}) {
  const { page, watched, close } = await browser.open(options);
  try {
    await page.locator("#input").setInputFiles(files);
    await shown(page);
    await page.getByRole("tab", { name: /Contract/ }).click();
    await page.locator("driftline-offenders .groups").waitFor();
    await steps(page);
    assert.deepEqual(watched, { outside: [], errors: [] });
  } finally {
    await close();
  }
}

const raw = (page) => page.locator("driftline-raw");
const record = (page) => raw(page).locator(".record");
const words = async (page) => (await record(page).locator(".text").allInnerTexts()).map((it) => it.trimEnd());

/* Bad rows in the first, in a later and in the last stretch of an index, among them one over lines, one of hostile text, a long
one, one that is not UTF-8, one without a line end. */
const bad = { 2: '2,FR,"say ""hi"",\r\nthere"', 300: '300,FR,<img src=x onerror=alert(1)>\t\u202e', 301: `301,FR,${"y".repeat(9000)}`, 302: "302,FR,caf\u0001", 303: "303,FR," };
const lines = Array.from({ length: 303 }, (_, i) => bad[i + 1] ?? `${i + 1},DE,fine`);
const bytes = Buffer.from(`id,country,note\r\n${lines.join("\r\n")}`);
bytes[bytes.indexOf("caf\u0001") + 3] = 0xe9;
const file = made("raw.csv", bytes);

test("the raw text of a bad row is what stands in the file", () =>
  onPage(
    [file, contract],
    async (page) => {
      const fetched = [];
      page.on("request", (request) => /whole\.wasm/.test(request.url()) && fetched.push(request.url()));
      await raw(page).locator("summary").getByText("from line 3 of the file").waitFor();
      assert.equal(await record(page).count(), 0);
      assert.deepEqual(fetched, []);
      // Unfolded by keys; stays so from row to row.
      await raw(page).locator("summary").focus();
      await page.keyboard.press("Enter");
      await record(page).getByText("there").waitFor();
      assert.deepEqual(await words(page), ['2,FR,"say ""hi"",CR↵', 'there"CR↵']);
      assert.deepEqual(await record(page).locator(".number").allInnerTexts(), ["3", "4"]);
      assert.deepEqual(await record(page).locator(".separator").allInnerTexts(), [",", ","]);
      await raw(page).getByText("27 bytes").waitFor();
      assert.deepEqual(await axe(page), []);
      await raw(page).getByRole("button", { name: "Copy" }).click();
      await raw(page).getByRole("button", { name: "Copied" }).waitFor();
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `${bad[2]}\r\n`);

      await page.keyboard.press("n");
      await record(page).getByText("onerror").waitFor();
      assert.deepEqual(await words(page), ["300,FR,<img src=x onerror=alert(1)>⇥U+202ECR↵"]);
      assert.deepEqual(await record(page).locator(".number").allInnerTexts(), ["302"]);
      assert.equal(await record(page).locator("img").count(), 0);
      await page.keyboard.press("n");
      await raw(page).getByText("9,009 bytes, 5,009 of them not shown").waitFor();
      await page.keyboard.press("n");
      await raw(page).getByText("what is not UTF-8 stands as \ufffd").waitFor();
      assert.deepEqual(await words(page), ["302,FR,caf\ufffdCR↵"]);
      await page.keyboard.press("n");
      await record(page).getByText("303").waitFor();
      assert.deepEqual(await words(page), ["303,FR,"]);
      assert.ok(fetched.length <= 1);
    },
    { permissions: ["clipboard-read", "clipboard-write"] },
  ));

test("of JSON lines it is the line", () => {
  const lines = Array.from({ length: 600 }, (_, i) => `{"id": ${i + 1}, "country": ${i === 555 ? '"F\\u0052"' : '"DE"'}, "note": null}\n`);
  return onPage([made("raw.jsonl", lines.join("")), contract], async (page) => {
    await raw(page).locator("summary").click();
    await record(page).locator(".text").waitFor();
    assert.deepEqual(await words(page), ['{"id": 556, "country": "F\\u0052", "note": null}↵']);
    assert.deepEqual(await record(page).locator(".number").allInnerTexts(), ["556"]);
  });
});

for (const [name, text] of [["array.json", () => JSON.stringify([{ id: 1, country: "FR", note: "x" }, { id: 2, country: "DE", note: "x" }])]])
  test(`${name} has no raw text of a row`, () =>
    onPage([made(name, text()), contract], async (page) => {
      await page.locator("driftline-offenders").getByText("The rest of the row cannot be read").waitFor();
      assert.equal(await raw(page).count(), 0);
    }));

test("where values are redacted the raw text is not shown", () => {
  const hides = made("hides.odcs.yaml", readFileSync(contract, "utf8").replace("- name: note", "- name: note\n        classification: confidential"));
  return onPage([file, hides], async (page) => {
    await page.locator("driftline-offenders").getByText("The raw text of the row is not shown").waitFor();
    assert.equal(await raw(page).count(), 0);
  });
});

for (const { colorScheme, width } of [
  { colorScheme: "light", width: 360 },
  { colorScheme: "dark", width: 1280 },
])
  test(`the raw text fits ${width} px, ${colorScheme}`, () =>
    onPage(
      [file, contract],
      async (page) => {
        await raw(page).locator("summary").click();
        await record(page).getByText("there").waitFor();
        assert.deepEqual(await axe(page), []);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(overflow <= 0, `${overflow} px too wide`);
      },
      { colorScheme, viewport: { width, height: 800 } },
    ));
