// What Driftline writes is valid by the schemas of those who read it: contracts by ODCS 3.1 and 3.2, logs by SARIF 2.1.0, reports
// by that of Jenkins for JUnit.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { plant } from "../../scripts/plant.mjs";
import { loadEngine } from "./engine.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const require = createRequire(join(root, "www/package.json"));
const { default: Ajv2019 } = require("ajv/dist/2019");
const { default: AjvDraft4 } = require("ajv-draft-04");
const { default: formats } = require("ajv-formats");
const { validateXML } = require("xmllint-wasm");
const { parse } = require("yaml");

const scratch = mkdtempSync(join(tmpdir(), "driftline-"));
const vega = join(root, "www/node_modules/vega-datasets/data");
const people = join(root, "tests/data/people.csv");
const command =
  process.env.DRIFTLINE ?? ["debug", "release"].map((kind) => join(root, `target/${kind}/driftline`)).find(existsSync);

const schema = (path) => JSON.parse(readFileSync(join(root, "tests/data", path), "utf8"));

function validator(Ajv, schema) {
  // A pattern of SARIF's schema is none with the flag `u`.
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  formats(ajv);
  return ajv.compile(schema);
}

const [old, latest] = ["3.1.0", "3.2.0"].map((version) => schema(`odcs/odcs-${version}.schema.json`));
const odcs = [old, latest].map((it) => [it.properties.apiVersion.enum[0], validator(Ajv2019, it)]);
const sarif = validator(AjvDraft4, schema("sarif/sarif-2.1.0-rtm.5.json"));

/** The tree of a contract's text, by another reader of YAML; fails unless it is valid. */
function isContract(text, what) {
  const tree = parse(text, { version: "1.2" });
  for (const [version, valid] of odcs) assert.ok(valid(tree), `${what}, ODCS ${version}: ${told(valid)}\n${text}`);
  return tree;
}

const told = (valid) => JSON.stringify((valid.errors ?? []).slice(0, 5), null, 1);

function driftline(...args) {
  const done = spawnSync(command, args, { encoding: "utf8", maxBuffer: 1 << 28 });
  assert.ok([0, 1, 3].includes(done.status), `${args.join(" ")}: ${done.stderr}`);
  return done.stdout;
}

function made(name, text) {
  const path = join(scratch, name);
  writeFileSync(path, text);
  return path;
}

/** Names and values that YAML has a meaning of its own for. */
function hostile() {
  const names = ["a: #b", "yes", "- x", '"q""r"', '"two\nlines"', "ü 🦀", "null", "1.5", "{a: 1}", "&x *y", "%TAG", "@at", "!!str"];
  const rows = Array.from({ length: 600 }, (_, row) =>
    names.map((_, i) => [["yes", '"no: #"', "~"][row % 3], ["0x1", "'x'", "2024-01-01"][(row + i) % 3], row % 97, `k-${row}`][i % 4]),
  );
  return made("hostile.csv", `${[names, ...rows].map((row) => row.join(",")).join("\n")}\n`);
}

const planted = plant({ folder: scratch, rows: 5_000, offenders: 80 });
const files = [
  ...[people, hostile(), planted.data],
  ...["types.parquet", "types.arrow"].map((name) => join(root, "tests/data/columnar", name)),
  ...["weather.csv", "zipcodes.csv", "movies.json", "sp500.csv", "flights-200k.arrow"].map((name) => join(vega, name)),
];

test("contracts that are inferred are valid", () => {
  for (const path of files) {
    const { schema } = isContract(driftline("contract", "infer", path), basename(path));
    const report = JSON.parse(driftline("profile", path, "--format", "json"));
    const names = schema[0].properties.map((it) => it.name);
    assert.deepEqual(names, report.columns.map((it) => it.name), path);
  }
});

test("contracts with gates on drift are valid, and stay so when they are written anew", () => {
  const path = join(root, "tests/data/contracts/drift.odcs.yaml");
  isContract(readFileSync(path, "utf8"), "drift.odcs.yaml");
  isContract(driftline("contract", "convert", path, "--to", "odcs"), "drift.odcs.yaml, converted");
});

test("contracts converted from suites and schemas are valid, whether types are agreed or not", () => {
  const untyped = `{apiVersion: v3.1.0, kind: DataContract, id: a, version: 1.0.0, status: active, schema: [{name: t, properties:
    [{name: a, required: true, logicalTypeOptions: {pattern: x}}, {name: b}]}]}`;
  const fields = { fields: [{ name: "a", type: "any" }, { name: "b", type: "year" }, { name: "c", constraints: { enum: ["x"] } }] };
  const suites = ["suite", "trips-suite", "readings-suite", "payloads-suite"].map((name) => join(root, `tests/data/gx/${name}.json`));
  const given = [made("untyped.yaml", untyped), made("fields.json", JSON.stringify(fields)), ...suites];
  for (const path of given) isContract(driftline("contract", "convert", path, "--to", "odcs"), path);
});

test("a contract of ODCS that is written anew is valid, and has lost nothing", () => {
  const old = `apiVersion: v3.0.2
kind: DataContract
id: orders-1
version: '2.0'
status: active
domain: NO
description: {purpose: p}
servers: [{server: s, type: local, path: ./t.csv, format: csv, own: x}]
team: [{name: bob, role: Owner, since: 2020}]
roles: [{role: r, access: read}]
support: [{channel: c, url: 'https://x.y', hours: 9-17}]
price: {priceAmount: 9.95, discount: none}
slaProperties: [{property: latency, value: 4, unit: d, element: t.d, owner: me}]
customProperties: [{property: ref, value: {a: [1]}}, {property: bare}]
schema:
  - name: t
    businessName: Biz
    properties:
      - {name: id, logicalType: integer, primaryKey: true, classification: restricted, logicalTypeOptions: {minimum: 0, exclusiveMinimum: true}}
      - {name: d, logicalType: date, quality: [{type: custom, engine: soda, implementation: checks, mustBe: 0}]}
      - {name: n, quality: [{rule: nullCheck, owner: me}, {rule: mine, mustBe: 0}, {type: sql, query: SELECT 1}]}
      - {name: m, logicalType: number, quality: [{type: custom, engine: driftline, implementation: {rule: mean}, mustBe: 3}]}
`;
  const tree = isContract(driftline("contract", "convert", made("old.yaml", old), "--to", "odcs"), "a contract of ODCS 3.0");
  assert.equal(tree.domain, "NO");
  assert.equal(tree.schema[0].properties[0].classification, "restricted");
  const kept = JSON.stringify(tree);
  for (const word of ["local", "own", "bob", "since", "access", "9-17", "discount", "latency", "ref", "Biz", "soda", "SELECT 1"]) {
    assert.ok(kept.includes(word), word);
  }
});

test("contracts stay valid with every change that the page makes to a rule", async () => {
  const engine = await loadEngine("contract");
  const texts = [files[0], files[1], planted.data].map((path) => [path, driftline("contract", "infer", path)]);
  texts.push([planted.data, readFileSync(planted.contract, "utf8")]);
  let changes = 0;
  for (const [path, text] of texts) {
    for (const { column, rule, nth } of engine.writtenRules(text, basename(path))) {
      const target = [rule, String(nth), ...(column ? [column] : [])];
      for (const change of [["allow", "x: #", "7", "yes"], ["widen", "-100000", "99999999"], ["tolerate", "3", "5000"], ["remove"]]) {
        let changed;
        try {
          changed = engine.amend(text, basename(path), target, change);
        } catch {
          continue;
        }
        changes += 1;
        isContract(changed, `${basename(path)}, ${target.join(" ")}, ${change[0]}`);
      }
    }
  }
  assert.ok(changes > 100, `${changes} changes`);
});

/** Checks and profiles of files that are good, odd, broken, gone, of another format. */
function runs() {
  const clean = made("clean.csv", "a,b\n1,2\n");
  const odd = made("odd.csv", 'a,b\n1,2,3\n"x""y",\u{1f980}\n1\n\u{1},"]]>"\n');
  const contract = join(root, "tests/data/contracts/people.odcs.yaml");
  return [
    ["check", people, "--contract", contract],
    ["check", people, clean, odd, join(scratch, "gone.csv"), "--contract", contract],
    ["check", planted.data, "--contract", planted.contract],
    ["check", planted.data, "--contract", planted.contract, "--fail-on", "info"],
    ["check", join(vega, "flights-200k.arrow"), "--contract", made("flights.yaml", driftline("contract", "infer", files.at(-1)))],
    ["check", hostile(), "--contract", contract, "--reference", people],
    ["profile", clean],
  ];
}

test("logs are valid SARIF", () => {
  for (const args of runs()) {
    const log = JSON.parse(driftline(...args, "--format", "sarif"));
    assert.ok(sarif(log), `${args.join(" ")}: ${told(sarif)}`);
  }
});

/** The mistakes of JUnit reports. */
async function mistakes(reports) {
  const xml = reports.map((contents, i) => ({ fileName: `${i}.xml`, contents }));
  const found = await validateXML({ xml, schema: readFileSync(join(root, "tests/data/junit/junit-10.xsd"), "utf8") });
  return found.errors.filter((it) => it.loc).map((it) => it.rawMessage);
}

test("reports are valid JUnit", async () => {
  assert.deepEqual(await mistakes(runs().map((args) => driftline(...args, "--format", "junit"))), []);
});

test("what is not valid is not taken for valid", async () => {
  const tree = parse(readFileSync(planted.contract, "utf8"));
  tree.schema[0].properties[0].minimum = 1;
  for (const [version, valid] of odcs) assert.equal(valid(tree), false, version);
  const log = JSON.parse(driftline("profile", people, "--format", "sarif"));
  log.runs[0].results.push({ level: "error" });
  assert.equal(sarif(log), false);
  const report = driftline("profile", people, "--format", "junit").replace("<testcase ", "<testcase colour='red' ");
  assert.match((await mistakes([report])).join(), /^0.xml:\d+: [^\n]*'colour' is not allowed/);
});
