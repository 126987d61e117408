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
