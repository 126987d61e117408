// What breaks a contract, on the built page in Chromium: rows set apart as the command line does it, offenders by rule, value
// and row, and changes to the contract.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { axe, neverBusy, openBrowser, shown } from "./browser.js";
import { binary, commandLine, made, root, scratch } from "./command.js";
import { content, cursorLine, textOf, unfold } from "./editor.js";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

async function onPage(files, steps, options = {}) {
  const { page, watched, close } = await browser.open(options);
  try {
    await page.locator("#input").setInputFiles(files);
    await shown(page);
    await page.getByRole("tab", { name: /Contract/ }).click();
    await steps(page);
    assert.deepEqual(watched, { outside: [], errors: [] });
  } finally {
    await close();
  }
}

/** Sets the rows apart; the sum in words. */
async function quarantined(page) {
  await page.locator("#quarantine").click();
  const told = page.locator("driftline-quarantine .sum, driftline-quarantine [role=alert]");
  await told.waitFor({ timeout: 60_000 });
  assert.equal(await page.locator("driftline-quarantine [role=alert]").count(), 0, await told.innerText());
  return told.innerText();
}

async function saved(page, button) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator(button).click()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

const CONTRACT = `apiVersion: v3.1.0
kind: DataContract
id: orders
version: 1.0.0
status: active
schema:
  - name: orders
    properties:
      - name: id
        logicalType: integer
        unique: true
      - name: country
        # Where they are sent to.
        quality:
          - metric: invalidValues
            arguments:
              validValues: [DE, FR, GB] # for now
            mustBe: 0
      - name: amount
        logicalType: number
        required: true
        logicalTypeOptions:
          minimum: 0
          maximum: 500
      - name: joined
        logicalType: date
        logicalTypeOptions:
          format: yyyy-MM-dd
`;

/** A file with bad cells of every kind; some records have several lines. */
function orders(rows) {
  const lines = ["id,country,amount,joined,note"];
  for (let i = 1; i <= rows; i++) {
    const id = i % 500 === 0 ? i - 1 : i;
    const country = i % 97 === 0 ? "ZZ" : i % 331 === 0 ? "<b>XX</b>" : ["DE", "FR", "GB"][i % 3];
    const amount = i % 113 === 0 ? "" : i % 151 === 0 ? String(-i) : `${(i * 37) % 500}.5`;
    const joined = i % 203 === 0 ? `${String((i % 28) + 1).padStart(2, "0")}/04/2024` : "2024-05-17";
    lines.push(`${id},${country},${amount},${joined},"note ${i}${i % 50 === 0 ? "\nmore, of it" : ""}"`);
  }
  return `${lines.join("\r\n")}\r\n`;
}

const contract = made("orders.odcs.yaml", CONTRACT);

test("rows are set apart, and the three files are those of the command line", async () => {
  assert.ok(binary, "target/debug/driftline is missing: run `cargo build`");
  const text = orders(20_000);
  const files = [
    made("orders.csv", text),
    made("packed.csv.gz", gzipSync(text)),
    made(
      "lines.jsonl",
      Array.from({ length: 3000 }, (_, i) =>
        i % 700 === 3 ? "no json" : JSON.stringify({ id: i, country: i % 90 === 0 ? "ZZ" : "DE", amount: i % 600, joined: "2024-01-01" }),
      ).join("\n"),
    ),
    made(
      "array.json",
      JSON.stringify(Array.from({ length: 3000 }, (_, i) => (i % 700 === 3 ? i : { id: i, country: i % 90 === 0 ? "ZZ" : "DE", amount: i % 600 })), null, 1),
    ),
  ];
  for (const file of files) {
    const folder = mkdtempSync(join(scratch, "apart-"));
    let told = "";
    try {
      execFileSync(binary, ["check", file, "--contract", contract, "--quarantine", folder, "--summary-line", "-o", join(folder, "report.txt")], { stdio: ["ignore", "ignore", "pipe"] });
    } catch (error) {
      assert.equal(error.status, 1, String(error.stderr));
      told = String(error.stderr);
    }
    await onPage([file, contract], async (page) => {
      const words = await quarantined(page);
      assert.ok(told.includes(words), `${told}\n${words}`);
      for (const id of ["#save-clean", "#save-quarantined", "#save-violations"]) {
        const { name, bytes } = await saved(page, id);
        assert.ok(readFileSync(join(folder, name)).equals(bytes), `${name} of ${file}`);
      }
      assert.deepEqual(await axe(page), []);
    });
  }
});

test("long stretches of clean rows are the file's own bytes", async () => {
  // Far more clean rows than the page copies between two bad ones.
  const text = orders(60_000).replaceAll("ZZ", "DE").replaceAll("<b>XX</b>", "DE").replace(/,-\d+,/g, ",1,");
  const few = text.replace(/,,/g, ",1,").replace(/\d\d\/04\/2024/g, "2024-05-17");
  const file = made("few.csv", few);
  await onPage([file, contract], async (page) => {
    const words = await quarantined(page);
    const clean = await saved(page, "#save-clean");
    const apart = await saved(page, "#save-quarantined");
    const head = few.indexOf("\n") + 1;
    assert.equal(clean.bytes.length + apart.bytes.length, few.length + head);
    assert.equal(apart.bytes.toString().split("\r\n").length - 2, 120);
    assert.match(words, /^60,000 rows = 59,880 clean \+ 120 quarantined; /);
  });
});

/** A contract on one column. */
function onColumn(name, property) {
  const text = `apiVersion: v3.1.0\nkind: DataContract\nid: c\nversion: 1.0.0\nstatus: active\nschema:\n  - name: t\n    properties:\n      - ${property}\n`;
  return made(name, text);
}

test("rows of Parquet and Arrow are set apart in their format, as the command line does it", async () => {
  for (const [file, agreed] of [
    ["target/data/flights-200k.arrow", "{name: delay, logicalType: integer, logicalTypeOptions: {maximum: 300}}"],
    ["tests/data/columnar/codecs.parquet", "{name: zstd_n, logicalType: integer, logicalTypeOptions: {maximum: 90000}}"],
    ["tests/data/columnar/stream-zstd.arrows", "{name: word, logicalType: string, required: true}"],
  ]) {
    const path = join(root, file);
    const agreement = onColumn("columnar.odcs.yaml", agreed);
    const folder = mkdtempSync(join(scratch, "apart-"));
    commandLine("check", path, "--contract", agreement, "--quarantine", folder, "-o", join(folder, "report.txt"));
    await onPage([path, agreement], async (page) => {
      assert.match(await quarantined(page), /^[\d,]+ rows = [\d,]+ clean \+ [\d,]+ quarantined$/);
      for (const id of ["#save-clean", "#save-quarantined", "#save-violations"]) {
        const { name, bytes } = await saved(page, id);
        assert.ok(readFileSync(join(folder, name)).equals(bytes), `${name} of ${file}`);
      }
    });
  }
});

const offender = (page) => page.locator("driftline-offenders .where");
const chosen = (page) => page.locator("driftline-rules [role=option][aria-selected=true]");

test("offenders are grouped by value and by pattern, and each row is the file's own", () => {
  const file = made("explore.csv", orders(20_000));
  return onPage([file, contract], async (page) => {
    await page.locator("driftline-offenders .groups").waitFor();
    // Worst first, then what is kept.
    const rules = page.locator("driftline-rules [role=option]");
    assert.match(await rules.first().innerText(), /country[\s\S]*allowed values[\s\S]*266/);
    const groups = page.locator("driftline-offenders .groups button");
    assert.deepEqual(await groups.allInnerTexts(), ["ZZ × 206", "<b>XX</b> × 60"]);
    assert.equal(await page.locator("driftline-offenders b").count(), 0);

    // By keys from one to the next, within a group too.
    await offender(page).getByText("Offender 1 of 266: row 97, line 99").waitFor();
    await page.keyboard.press("n");
    await offender(page).getByText("Offender 2 of 266: row 194, line 198").waitFor();
    await page.keyboard.press("p");
    await groups.nth(1).click();
    await offender(page).getByText("Offender 1 of 60: row 331").waitFor();
    await page.keyboard.press("n");
    await offender(page).getByText("Offender 2 of 60: row 662").waitFor();
    const row = page.locator("driftline-offenders .cells");
    await row.getByText("note 662").waitFor();
    assert.match(await row.locator(".bad").innerText(), /country\s+(breaks the rule:\s+)?<b>XX<\/b>/);
    const grid = page.getByRole("grid", { name: "Rows that break the rule" });
    await grid.focus();
    await page.keyboard.press("End");
    await offender(page).getByText("Offender 60 of 60: row 19,860").waitFor();
    await grid.getByText("note 19860").waitFor();

    // The list by keys, and patterns of what is no date.
    await page.getByRole("listbox", { name: "Rules of the contract" }).focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowDown");
    assert.match(await chosen(page).innerText(), /joined[\s\S]*type/);
    await page.locator("#by-shape").click();
    await groups.first().getByText("99/99/9999").waitFor();
    assert.deepEqual(await groups.allInnerTexts(), ["99/99/9999 × 98"]);
    // A record of several lines is one row.
    await page.locator("driftline-offenders .head").waitFor();
    assert.deepEqual(await axe(page), []);
  });
});

for (const [name, content] of [
  ["packed.csv.gz", () => gzipSync(orders(3000))],
  ["array.json", () => JSON.stringify(Array.from({ length: 500 }, (_, id) => ({ id, country: id % 50 ? "DE" : "ZZ", amount: 1, joined: "2024-01-01" })))],
])
  test(`${name}: offenders without the rest of their rows`, () =>
    onPage([made(name, content()), contract], async (page) => {
      await page.locator("driftline-offenders .groups").getByText("ZZ").waitFor();
      await page.locator("driftline-offenders").getByText("The rest of the row cannot be read").waitFor();
      await page.keyboard.press("n");
      await offender(page).getByText(/^Offender 2 of/).waitFor();
    }));

test("3,000 rules and 100,000 offenders keep no task of the page above 50 ms", () => neverBusy(async (measured) => {
  const columns = Array.from({ length: 30 }, (_, i) => `c${i}`);
  const lines = [columns.join(",")];
  for (let i = 0; i < 20_000; i++) lines.push(columns.map((_, c) => (i % 6 === c % 6 ? `v${(i * 7) % 5000}` : String((i + c) % 100))).join(","));
  const file = made("many.csv", `${lines.join("\n")}\n`);
  const rules = Array.from({ length: 100 }, (_, i) => `          - {type: custom, engine: driftline, implementation: {rule: range, maximum: ${1000 + i}}}`);
  const properties = columns.map((name) => [`      - name: ${name}`, "        logicalType: integer", "        quality:", ...rules].join("\n"));
  const many = made(
    "many.odcs.yaml",
    `apiVersion: v3.1.0\nkind: DataContract\nid: many\nversion: 1.0.0\nstatus: active\nschema:\n  - name: many\n    properties:\n${properties.join("\n")}\n`,
  );
  const { page, watched, close } = await browser.open();
  try {
    await page.locator("#input").setInputFiles([file, many]);
    await shown(page);
    await measured(page, async () => {
      await page.getByRole("tab", { name: /Contract/ }).click();
      // They are looked for when they come into sight.
      await page.locator("driftline-rules .split").scrollIntoViewIfNeeded();
      await page.locator("driftline-offenders .groups").waitFor({ timeout: 60_000 });
      assert.match(await page.locator("#status-all").innerText(), /3,0[0-9]{2}/);
      await page.keyboard.press("n");
      await offender(page).getByText("Offender 2 of 3,334").waitFor();
      await page.locator("driftline-offenders .groups button").first().click();
      await page.getByRole("listbox", { name: "Rules of the contract" }).focus();
      await page.keyboard.press("End");
      await page.keyboard.press("Home");
      await page.keyboard.press("ArrowDown");
      await page.getByRole("searchbox", { name: /Search rules/ }).fill("c29 type");
      await page.locator("driftline-rules [role=option]").filter({ hasText: "c29" }).first().waitFor();
    });
    assert.deepEqual(watched, { outside: [], errors: [] });
  } finally {
    await close();
  }
}));

test("a violation is accepted: the text changes there and nowhere else, and the file is checked again", () => {
  const file = made("accept.csv", orders(5000).replaceAll("<b>XX</b>", "XX"));
  return onPage([file, contract], async (page) => {
    await page.locator("driftline-offenders .groups").getByText("ZZ").click();
    await page.getByRole("button", { name: "Allow “ZZ”" }).click();
    const change = page.locator("driftline-accept .change");
    await change.waitFor();
    assert.deepEqual((await change.locator(".came").allInnerTexts()).map((it) => it.replace(/^comes:/, "").trim()), [
      "+               validValues: [DE, FR, GB, ZZ] # for now",
    ]);
    assert.deepEqual(await axe(page), []);
    await page.locator("#apply").click();
    await page.locator("driftline-rules [role=option]").filter({ hasText: /country[\s\S]*15 of 5,000 cells are not one of 4 allowed values/ }).waitFor();
    await unfold(page);
    assert.equal(await textOf(page), CONTRACT.replace("GB]", "GB, ZZ]"));

    // Bounds, a share of offenders, a column that may be empty.
    for (const [rule, button, expected] of [
      [/amount\s+range/, "Widen the bounds to these values", "minimum: -4983"],
      [/id\s+unique/, /^Tolerate 20 of 5,000/, "mustBeLessOrEqualTo: 0.4"],
      [/amount\s+required/, "Make the column optional", "required: false"],
    ]) {
      await page.locator("driftline-rules [role=option]").filter({ hasText: rule }).first().click();
      await page.getByRole("button", { name: button }).click();
      await change.locator(".came").filter({ hasText: expected }).waitFor();
      await page.locator("#apply").click();
      await page.waitForFunction(
        (words) => document.querySelector("driftline-app").shadowRoot.querySelector("driftline-report").terms?.text?.includes(words),
        expected,
      );
    }
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#save-contract").click()]);
    const kept = made("kept.odcs.yaml", readFileSync(await download.path()));
    assert.match(readFileSync(kept, "utf8"), /# Where they are sent to\.[\s\S]*# for now/);
    await page.getByRole("tab", { name: "Export" }).click();
    const { bytes } = await saved(page, "#save-report");
    assert.ok(commandLine("check", file, "--contract", kept, "--format", "json").equals(bytes));
  });
});

test("inferred rules are accepted, edited or dropped one by one", () => {
  const file = made("infer.csv", orders(4000));
  return onPage([file], async (page) => {
    await page.locator("#infer:not([disabled])").click();
    const items = page.locator("driftline-review li");
    await items.first().waitFor();
    const status = page.locator("driftline-review [role=status]");
    const rules = Number(/^(\d+) rules/.exec(await status.innerText())[1]);
    assert.ok(rules > 8);
    assert.match(await items.first().innerText(), /4,000 rows in one file/);
    await page.getByRole("button", { name: /^Accept the table, row count/ }).click();
    await status.getByText(`${rules} rules, 1 accepted`).waitFor();
    const text = await textOf(page);
    await content(page).waitFor();
    await page.getByRole("button", { name: /^Edit country, allowed values/ }).click();
    assert.match(text.split("\n")[(await cursorLine(page)) - 1], /metric: invalidValues/);
    await page.getByRole("button", { name: /^Drop country, allowed values/ }).click();
    await status.getByText(`${rules - 1} rules, 1 accepted`).waitFor();
    const less = await textOf(page);
    assert.ok(text.includes("validValues") && !less.includes("validValues"));
    assert.ok(less.split("\n").every((line) => text.includes(line)));
    assert.deepEqual(await axe(page), []);
    await page.locator("#check").click();
    await page.locator("driftline-rules").waitFor();
  });
});

for (const { colorScheme, width } of [
  { colorScheme: "light", width: 360 },
  { colorScheme: "dark", width: 1280 },
])
  test(`what breaks a contract fits ${width} px, ${colorScheme}`, () =>
    onPage(
      [made("fits.csv", orders(3000)), contract],
      async (page) => {
        await page.locator("driftline-offenders .groups").waitFor();
        await quarantined(page);
        await page.getByRole("button", { name: /^Tolerate/ }).click();
        await page.locator("driftline-accept .change").waitFor();
        assert.deepEqual(await axe(page), []);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(overflow <= 0, `${overflow} px too wide`);
      },
      { colorScheme, viewport: { width, height: 800 } },
    ));
