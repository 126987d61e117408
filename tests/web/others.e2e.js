// Other tables that a contract refers to, on the built page in Chromium: dropped with the file or after it, in any order, named
// or chosen by hand, or not there.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { axe, neverBusy, openBrowser, shown } from "./browser.js";
import { binary, made, reportOf, root, scratch } from "./command.js";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

/** What the command line says when it sets the rows of the orders apart. */
function setApart(...args) {
  const folder = mkdtempSync(join(scratch, "apart-"));
  const told = ["--quarantine", folder, "--summary-line", "-o", join(folder, "report.txt")];
  const { stderr } = spawnSync(binary, ["check", orders, ...args, ...told], { encoding: "utf8" });
  return stderr;
}

function agreed(name, ...tables) {
  const text = tables.map(([table, ...columns]) => `  - name: ${table}\n    properties:\n${columns.map((it) => `      - ${it}\n`).join("")}`);
  return made(name, `apiVersion: v3.1.0\nkind: DataContract\nid: shop\nversion: 1.0.0\nstatus: active\nschema:\n${text.join("")}`);
}

const CUSTOMER = "{name: customer, logicalType: integer, relationships: [{to: customers.key}]}";
const rows = Array.from({ length: 30_000 }, (_, i) => `${i + 1},${i % 9000 === 17 ? 70_000 + i : i % 5000},${i === 40 ? 99_999 : i || 1}`);
const orders = made("orders.csv", `id,customer,parent\n${rows.join("\n")}\n`);
const keys = Array.from({ length: 5000 }, (_, i) => i);
const customers = made("customers.csv", `key,name\n${keys.map((i) => `${i},c${i}`).join("\n")}\n`);
const dated = made("Customer_2024-03.csv", readFileSync(customers));
const unnamed = made("export.csv", readFileSync(customers));
const contract = agreed("orders.odcs.yaml", ["orders", CUSTOMER]);

/** Runs `steps` on a page. */
async function onPage(steps, options = {}) {
  const { page, watched, close } = await browser.open(options);
  const drop = (...files) => page.locator("#input").setInputFiles(files);
  try {
    await steps(page, drop);
    assert.deepEqual(watched, { outside: [], errors: [] });
  } finally {
    await close();
  }
}

const missing = (page) => page.locator("driftline-file-chips .missing");
const said = (page) => missing(page).innerText();

/** Each file with its part, in the order of the page. */
const parts = (page) =>
  page.locator("driftline-file-chips li:not(.more)").evaluateAll((chips) =>
    chips.map((chip) => {
      const select = chip.querySelector("select");
      return `${chip.querySelector(".name").innerText}: ${select.selectedOptions[0].text}`;
    }),
  );

/** Waits for the report in which the foreign keys fare so. */
async function settled(page, how) {
  await shown(page);
  await page.getByRole("tab", { name: /Contract/ }).click();
  await page.locator("driftline-rules .rule .message").filter({ hasText: how }).first().waitFor({ timeout: 60_000 });
}

const BROKEN = /not in customers\.key/;
const OPEN = /not checked|not given/;

async function report(page) {
  await page.getByRole("tab", { name: "Export" }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#save-report").click()]);
  return readFileSync(await download.path());
}

const same = async (page, ...args) => assert.ok(reportOf("check", orders, ...args).equals(await report(page)), "the reports differ");

test("a file, its contract and the other table come at once: its offenders are found, as on the command line", () =>
  onPage(async (page, drop) => {
    await drop(customers, contract, orders);
    await settled(page, BROKEN);
    assert.deepEqual(await parts(page), ["orders.csv: Current", "orders.odcs.yaml: Contract", "customers.csv: Table customers"]);
    const why = await page.locator("driftline-file-chips li").filter({ hasText: "customers.csv" }).getAttribute("title");
    assert.equal(why, 'the contract refers to "customers"');
    assert.equal(await missing(page).count(), 0);
    await page.locator("driftline-rules .rule").filter({ hasText: "customers.key" }).first().click();
    await page.locator("driftline-offenders").getByText("70017").first().waitFor();
    await page.locator("#quarantine").click();
    const apart = await page.locator("driftline-quarantine .sum").innerText();
    assert.ok(setApart("--contract", contract, "--with", `customers=${customers}`).includes(apart), apart);
    await same(page, "--contract", contract, "--with", `customers=${customers}`);
  }));

for (const { colorScheme, width } of [
  { colorScheme: "light", width: 1280 },
  { colorScheme: "dark", width: 360 },
])
  test(`a table that is not there is asked for, and may be dropped later, ${width} px`, () =>
    onPage(
      async (page, drop) => {
        await drop(orders, contract);
        await settled(page, OPEN);
        assert.match(await said(page), /^The contract refers to customers: drop that file to check it\.$/);
        await page.getByRole("status").filter({ hasText: "The contract refers to customers, which is not here." }).waitFor({ state: "attached" });
        await page.locator("driftline-offenders").getByText("drop the file of that table on this page").waitFor();
        assert.deepEqual(await axe(page), []);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "the page is wider than the screen");
        await same(page, "--contract", contract);
        await drop(dated);
        await settled(page, BROKEN);
        assert.deepEqual((await parts(page)).at(-1), "Customer_2024-03.csv: Table customers");
        assert.equal(await missing(page).count(), 0);
        assert.deepEqual(await axe(page), []);
        await same(page, "--contract", contract, "--with", `customers=${dated}`);
      },
      { colorScheme, viewport: { width, height: 900 } },
    ));

test("in any order, one after the other, a file finds its part when the contract is known", async () => {
  const orders_of = [
    [[contract], [customers], [orders]],
    [[contract, customers], [orders]],
    [[orders, customers], [contract]],
    [[customers, orders], [contract]],
    [[orders], [contract], [customers]],
  ];
  for (const drops of orders_of)
    await onPage(async (page, drop) => {
      for (const [at, files] of drops.entries()) {
        await drop(...files);
        await page.waitForTimeout(at % 2 === 0 ? 0 : 400);
      }
      await settled(page, BROKEN);
      assert.deepEqual(await parts(page), ["orders.csv: Current", "orders.odcs.yaml: Contract", "customers.csv: Table customers"]);
    });
});

test("a contract alone says which tables to drop, and a table alone waits for the file to judge", () =>
  onPage(async (page, drop) => {
    await drop(contract);
    await missing(page).waitFor();
    await drop(customers);
    await page.locator("driftline-file-chips").getByText("customers.csv").waitFor();
    assert.deepEqual(await parts(page), ["orders.odcs.yaml: Contract", "customers.csv: Table customers"]);
    assert.equal(await missing(page).count(), 0);
    await page.getByRole("heading", { name: "Now the data file" }).waitFor();
  }));

test("of the tables of one contract the one that refers is judged", () =>
  onPage(async (page, drop) => {
    const both = agreed("shop.odcs.yaml", ["customers", "{name: key, logicalType: integer}"], ["orders", CUSTOMER]);
    await drop(customers);
    await shown(page);
    await drop(both, orders);
    await settled(page, BROKEN);
    assert.deepEqual(await parts(page), ["orders.csv: Current", "shop.odcs.yaml: Contract", "customers.csv: Table customers"]);
    await same(page, "--contract", both, "--with", `customers=${customers}`);
  }));

test("a file of another name is chosen by hand, and a part given by hand stays", () =>
  onPage(async (page, drop) => {
    await drop(orders, contract);
    await missing(page).waitFor();
    const [chooser] = await Promise.all([
      page.waitForEvent("filechooser"),
      page.getByRole("button", { name: "Choose the file of the table customers" }).click(),
    ]);
    await chooser.setFiles(unnamed);
    await settled(page, BROKEN);
    assert.deepEqual((await parts(page)).at(-1), "export.csv: Table customers");
    await page.getByRole("combobox", { name: "Part of export.csv" }).selectOption("Reference");
    await settled(page, OPEN);
    assert.match(await said(page), /customers/);
    await page.getByRole("combobox", { name: "Part of export.csv" }).selectOption("Table customers");
    await settled(page, BROKEN);
    await page.getByRole("button", { name: "Take export.csv away" }).click();
    await settled(page, OPEN);
    assert.match(await said(page), /customers/);
  }));

test("a table that refers to itself needs no other file", () =>
  onPage(async (page, drop) => {
    const itself = agreed("itself.odcs.yaml", ["orders", "{name: id, logicalType: integer}", "{name: parent, relationships: [{to: orders.id}]}"]);
    await drop(orders, itself);
    await settled(page, /not in id of this table/);
    assert.equal(await missing(page).count(), 0);
    await same(page, "--contract", itself);
  }));

test("several tables are named, and what was read of one is kept", () =>
  onPage(async (page, drop) => {
    const many = agreed(
      "many.odcs.yaml",
      ["orders", "{name: customer, logicalType: integer, relationships: [{to: customers.key}, {to: payers.key}, {to: shops.key}, {to: staff.key}]}"],
    );
    await drop(orders, many);
    await settled(page, OPEN);
    assert.equal(await said(page), "The contract refers to customers, payers, shops and 1 more: drop those files to check them.");
    await drop(customers, made("payers.jsonl", keys.map((key) => JSON.stringify({ key })).join("\n")));
    await settled(page, BROKEN);
    assert.equal(await said(page), "The contract refers to shops and staff: drop those files to check them.");
    await same(page, "--contract", many, "--with", `customers=${customers}`, "--with", `payers=${join(scratch, "payers.jsonl")}`);
  }));

test("the other table may be of another format, which another build of the engine reads", () =>
  onPage(async (page, drop) => {
    const flights = made("flights.arrow", readFileSync(join(root, "www/node_modules/vega-datasets/data/flights-200k.arrow")));
    const trips = agreed("trips.odcs.yaml", ["trips", "{name: id, logicalType: integer}", "{name: distance, relationships: [{to: flights.distance}]}"]);
    const file = made("trips.csv", `id,distance\n${Array.from({ length: 2000 }, (_, i) => `${i},${i}`).join("\n")}\n`);
    await drop(file, trips);
    await settled(page, OPEN);
    await drop(flights);
    await settled(page, /not in flights\.distance/);
    const expected = reportOf("check", file, "--contract", trips, "--with", `flights=${flights}`);
    assert.ok(expected.equals(await report(page)), "the reports differ");
  }));

test("a table of 400,000 keys keeps no task of the page above 50 ms", () =>
  neverBusy((measured) => onPage(async (page, drop) => {
    const many = Array.from({ length: 400_000 }, (_, i) => i);
    const large = made("large.csv", `key\n${many.join("\n")}\n`);
    const file = made("many.csv", `id,customer\n${many.map((i) => `${i},${i === 7 ? -1 : i}`).join("\n")}\n`);
    await page.waitForTimeout(1000);
    await measured(page, async () => {
      await drop(file, contract);
      await missing(page).getByRole("button").waitFor();
      const [chooser] = await Promise.all([page.waitForEvent("filechooser"), missing(page).getByRole("button").click()]);
      await chooser.setFiles(large);
      await settled(page, /1 of 400,000 cells/);
      await page.locator("driftline-offenders").getByText("Offender 1 of 1: row 8").waitFor();
    });
  })));
