// The report of the modules under Node is the report of the command line, byte for byte, whatever the cutting.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { reported } from "./pipeline.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const vega = join(root, "www/node_modules/vega-datasets/data");
const scratch = mkdtempSync(join(tmpdir(), "driftline-"));
const binary = ["debug", "release"].map((kind) => join(root, `target/${kind}/driftline`)).find(existsSync);

function commandLine(...args) {
  assert.ok(binary, "target/debug/driftline is missing: run `cargo build`");
  try {
    return execFileSync(binary, [...args, "--format", "json"], { maxBuffer: 1 << 28 });
  } catch (error) {
    // Findings are an exit code of 1, with the report on stdout.
    if (error.status !== 1) throw error;
    return error.stdout;
  }
}

const file = (path) => ({ name: basename(path), bytes: new Uint8Array(readFileSync(path)) });

function made(name, text) {
  const path = join(scratch, name);
  writeFileSync(path, text);
  return path;
}

/** Quoted newlines and stray quotes at every offset against the borders of units and runs. */
function hostile() {
  const rows = ["id,text,n"];
  for (let i = 0; i < 4000; i++) {
    const pad = "x".repeat(i % 13);
    const text = [`"a\nb${pad}"`, `st"ray${pad}`, `"do""uble${pad}"`, `"tail"${pad}`, pad][i % 5];
    rows.push(`${i},${text},${i % 7 === 0 ? "oops" : i / 4}`);
  }
  return `${rows.join("\n")}\n`;
}

const text = hostile();
const files = [
  [made("hostile.csv", text), "lite"],
  [made("hostile.csv.gz", gzipSync(text)), "lite"],
  [join(root, "tests/data/people.csv"), "lite"],
  [join(vega, "zipcodes.csv"), "lite"],
  [join(vega, "movies.json"), "lite"],
  [join(vega, "sp500.csv"), "lite"],
  [join(vega, "weather.csv"), "lite"],
  [join(vega, "flights-200k.arrow"), "columnar"],
  [join(vega, "flights-3m.parquet"), "columnar"],
];

for (const [path, build] of files) {
  test(`${basename(path)} has one report`, async () => {
    const expected = commandLine("profile", path, "--threads", "2", "--unit-bytes", "65536");
    for (const [workers, unit] of build === "lite" ? [[1, undefined], [2, 1024], [5, 4096]] : [[2, undefined]]) {
      const { json } = await reported({ build, current: file(path), workers, unit });
      assert.ok(expected.equals(Buffer.from(json)), `differs with ${workers} workers and units of ${unit} bytes`);
    }
  });
}

test("values far from the others are counted where they are, past the budget too", async () => {
  // Distances of 64 bits, some of which are short in their lowest 32.
  const far = ["9223372036854775807", "-9223372036854775808", `${2 ** 40}`, `${2 ** 32}`, `-${2 ** 33}`, "0"];
  const rows = Array.from({ length: 400_000 }, (_, i) => (i % 50_000 === 49_999 ? far.join("\n") : i));
  const path = made("far.csv", `n\n${rows.join("\n")}\n`);
  const expected = commandLine("profile", path, "--threads", "1", "--memory", "1MiB");
  assert.equal(JSON.parse(expected.toString()).columns[0].distinct.exact, false);
  for (const workers of [1, 3]) {
    const { json } = await reported({ build: "lite", current: file(path), workers, memory: 1 << 20 });
    assert.ok(expected.equals(Buffer.from(json)), `differs with ${workers} workers`);
  }
});

test("a check has one report", async () => {
  const data = join(root, "tests/data/people.csv");
  const contract = join(root, "tests/data/contracts/people.odcs.yaml");
  const expected = commandLine("check", data, "--contract", contract);
  const { json, document } = await reported({ build: "contract", current: file(data), contract: file(contract).bytes });
  assert.ok(expected.equals(Buffer.from(json)));
  assert.deepEqual(document, JSON.parse(expected.toString()));
});

test("a check that looks into other tables has one report, and says which are not there", async () => {
  const rows = Array.from({ length: 3000 }, (_, i) => `${i + 1},${i % 7 === 0 ? "" : (i * 13) % 700},${i % 11},${i === 5 ? 9999 : (i % 40) + 1}`);
  const orders = made("orders.csv", `id,customer,shop,parent\n${rows.join("\n")}\n`);
  const keys = Array.from({ length: 650 }, (_, i) => i);
  const customers = made("customers.csv", `key,shop\n${keys.map((i) => `${i}.0,${i % 11}`).join("\n")}\n`);
  const lines = made("customers.jsonl", keys.map((i) => JSON.stringify({ key: i, shop: String(i % 11) })).join("\n"));
  const shops = made("shops.csv", "shop\n1\n2\n");
  const contract = made(
    "references.yaml",
    `apiVersion: v3.1.0
kind: DataContract
id: a
version: 1.0.0
schema:
  - name: orders
    relationships:
      - {from: [orders.customer, orders.shop], to: [customers.key, customers.shop]}
    properties:
      - {name: customer, relationships: [{to: customers.key}]}
      - {name: shop, logicalType: string, relationships: [{to: shops.shop}]}
      - {name: parent, relationships: [{to: orders.id}]}
`,
  );
  const given = [{}, { customers }, { customers: lines, shops }, { shops }];
  for (const files of given) {
    const tables = Object.entries(files);
    const expected = commandLine("check", orders, "--contract", contract, ...tables.flatMap(([table, path]) => ["--with", `${table}=${path}`]));
    const others = Object.fromEntries(tables.map(([table, path]) => [table, file(path)]));
    for (const [workers, unit] of [[1, undefined], [3, 1000]]) {
      const { json, document } = await reported({ build: "contract", current: file(orders), contract: file(contract).bytes, others, workers, unit });
      assert.ok(expected.equals(Buffer.from(json)), `differs with ${Object.keys(files)} and ${workers} workers`);
      const rules = document.findings.filter(({ rule }) => rule === "foreign-key");
      const open = rules.filter(({ status }) => status === "not_run").map(({ reason }) => reason);
      assert.equal(rules.length, 4);
      assert.equal(rules.find(({ column }) => column === "parent").count, 1);
      assert.deepEqual(
        [...new Set(open)].sort(),
        ["customers", "shops"].filter((table) => !files[table]).map((table) => `the table ${table} is not given: --with ${table}=FILE`),
      );
    }
  }
});

test("a comparison has one report, with a file and with its saved profile", async () => {
  const [header, ...rows] = readFileSync(join(vega, "weather.csv"), "utf8").trimEnd().split("\n");
  const half = (name, part) => made(name, `${[header, ...part].join("\n")}\n`);
  const before = half("before.csv", rows.filter((_, i) => i % 2 === 0));
  const after = half("after.csv", rows.filter((_, i) => i % 2 === 1 && i > 400));
  const expected = commandLine("drift", "--reference", before, after);
  const fromFile = await reported({ build: "contract", current: file(after), reference: file(before) });
  assert.ok(expected.equals(Buffer.from(fromFile.json)));

  const saved = join(scratch, "before.profile.json");
  commandLine("profile", before, "--save", saved);
  const profile = await reported({ build: "lite", current: file(before) });
  assert.ok(readFileSync(saved).equals(Buffer.from(profile.saved)), "the saved profiles differ");
  const fromSaved = await reported({ build: "contract", current: file(after), reference: { saved: profile.saved } });
  assert.ok(commandLine("drift", "--reference", saved, after).equals(Buffer.from(fromSaved.json)));
  const outcomes = ({ document }) => document.drift.map(({ column, outcome, kinds }) => ({ column, outcome, kinds }));
  assert.deepEqual(outcomes(fromSaved), outcomes(fromFile));
});
