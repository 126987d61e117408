// How good inferred contracts are: a CSV file is cut into chunks in its own order, a contract is inferred from the first
// half of them and checked on the others (how many have a critical failure?), then on one of those with each of twenty
// corruptions (how many are told?).
//
//   node scripts/infer-measure.mjs FILE.csv [CHUNKS (12) | a column whose values are the chunks]
//
// DRIFTLINE names the command (target/debug/driftline).

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const command = process.env.DRIFTLINE ?? fileURLToPath(new URL("../target/debug/driftline", import.meta.url));
const [file, by = "12"] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "driftline-"));

const [head, ...rows] = readFileSync(file, "utf8").trimEnd().split(/\r?\n/);
if (head.includes('"') || rows.some((row) => row.includes('"'))) throw new Error("only files without quotes");
const names = head.split(",");
const cells = rows.map((row) => row.split(","));

/** Rows by chunk, in the order of the file. */
function chunked() {
  const at = names.indexOf(by);
  if (at >= 0) {
    const groups = new Map();
    for (const row of cells) {
      if (!groups.has(row[at])) groups.set(row[at], []);
      groups.get(row[at]).push(row);
    }
    return [...groups.entries()].sort((a, b) => a[0] - b[0]).map((it) => it[1]);
  }
  const size = Math.ceil(cells.length / Number(by));
  return Array.from({ length: Number(by) }, (_, i) => cells.slice(i * size, (i + 1) * size));
}

function written(name, text) {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** The text of a table; of a column that is not there nothing. */
const table = (labels, rows) => rows && `${[labels, ...rows].map((row) => row.join(",")).join("\n")}\n`;

/** The failures of a file: `severity rule column`. */
function failures(path, contract) {
  const done = spawnSync(command, ["check", path, "--contract", contract, "--format", "json"], { maxBuffer: 1 << 28 });
  if (done.status === 3) return ["critical unreadable -"];
  const report = JSON.parse(done.stdout);
  return report.findings
    .filter((it) => it.status === "fail")
    .map((it) => `${it.severity} ${it.rule} ${it.column ?? "-"}`);
}

let state = 7;
const chance = (share) => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32 < share;

/** The first column for which something holds of nearly all of its cells that are there. */
function column(holds, most = Infinity, least = 2) {
  return names.findIndex((_, at) => {
    const there = cells.map((row) => row[at]).filter((cell) => cell !== "" && cell !== "NA");
    const distinct = new Set(there).size;
    return there.length > 0.9 * cells.length && distinct <= most && distinct >= least && there.every(holds);
  });
}
const isNumber = (cell) => /^-?\d+(\.\d+)?$/.test(cell);
// A number that is no key.
const number = column(isNumber, 0.9 * cells.length, 100);
const category = column((cell) => !isNumber(cell) && cell.length < 20, 60, 3);
const date = column((cell) => /^\d{4}-\d\d-\d\d/.test(cell), Infinity, 5);
const full = names.findIndex((_, at) => cells.every((row) => row[at] !== "" && row[at] !== "NA"));

/** Changes the cells of a column, all or a share of them. */
const changed = (rows, at, change, share = 1) =>
  at < 0 ? null : rows.map((row) => (chance(share) ? row.with(at, change(row[at])) : row));
const relabelled = (at, name) => names.with(at, name);

const corruptions = {
  "a column renamed": (rows) => table(relabelled(number, `${names[number]}_new`), rows),
  "a column gone": (rows) => table(names.toSpliced(number, 1), rows.map((row) => row.toSpliced(number, 1))),
  "two columns exchanged": (rows) =>
    category < 0 ? null : table(names, rows.map((row) => row.with(number, row[category]).with(category, row[number]))),
  "a column emptied": (rows) => table(names, changed(rows, category, () => "")),
  "a third of a full column missing": (rows) => table(names, changed(rows, full, () => "", 0.33)),
  "numbers times 1000": (rows) => table(names, changed(rows, number, (cell) => (isNumber(cell) ? String(Number(cell) * 1000) : cell))),
  "numbers with their sign turned": (rows) =>
    table(names, changed(rows, number, (cell) => (cell === "" ? cell : cell.startsWith("-") ? cell.slice(1) : `-${cell}`))),
  "a twentieth of the numbers are no numbers": (rows) => table(names, changed(rows, number, (cell) => `x${cell}`, 0.05)),
  "numbers with a unit": (rows) => table(names, changed(rows, number, (cell) => `${cell} km`)),
  "a sentinel for a twentieth of the numbers": (rows) => table(names, changed(rows, number, () => "-99999", 0.05)),
  "a new category in a twentieth of the rows": (rows) => table(names, changed(rows, category, () => "??", 0.05)),
  "categories in lower case": (rows) => table(names, changed(rows, category, (cell) => cell.toLowerCase())),
  "categories as numbers": (rows) => table(names, changed(rows, category, (cell) => String(cell.length))),
  "dates in another order": (rows) =>
    date < 0 ? null : table(names, changed(rows, date, (cell) => cell.replace(/^(\d{4})-(\d\d)-(\d\d)/, "$3/$2/$1"))),
  "a twentieth of the dates are of 1900": (rows) =>
    date < 0 ? null : table(names, changed(rows, date, (cell) => cell.replace(/^\d{4}/, "1900"), 0.05)),
  "a hundredth of the rows": (rows) => table(names, rows.slice(0, Math.ceil(rows.length / 100))),
  "no rows": () => table(names, []),
  "an empty file": () => "",
  "an HTML error page": () => "<!DOCTYPE html>\n<html><head><title>502</title></head><body>Bad gateway</body></html>\n",
  "columns shifted in a twentieth of the rows": (rows) =>
    table(names, rows.map((row) => (chance(0.05) ? ["", ...row.slice(0, -1)] : row))),
};

try {
  const chunks = chunked();
  const half = Math.ceil(chunks.length / 2);
  const paths = chunks.map((rows, i) => written(`chunk-${String(i).padStart(3, "0")}.csv`, table(names, rows)));
  const contract = join(folder, "contract.yaml");
  execFileSync(command, ["contract", "infer", ...paths.slice(0, half), "-o", contract]);
  const clean = paths.slice(half).map((path) => failures(path, contract));
  const critical = clean.filter((all) => all.some((it) => it.startsWith("critical"))).length;
  const warned = clean.filter((all) => all.length > 0).length;
  console.log(`${half} chunks to infer from, ${clean.length} held out: ${critical} with a critical failure, ${warned} with any`);
  for (const found of new Set(clean.flat())) console.log(`  ${found}: ${clean.filter((all) => all.includes(found)).length}`);
  const before = new Set(clean[0]);
  let caught = 0;
  let tried = 0;
  for (const [name, corrupt] of Object.entries(corruptions)) {
    const text = corrupt(chunks[half]);
    if (text === null) {
      console.log(`  –  ${name}: no such column`);
      continue;
    }
    const found = failures(written("corrupt.csv", text), contract).filter((it) => !before.has(it));
    tried += 1;
    caught += found.length > 0 ? 1 : 0;
    console.log(`  ${found.length > 0 ? "yes" : "NO "} ${name}: ${found.slice(0, 3).join("; ")}`);
  }
  console.log(`${caught} of ${tried} corruptions told`);
} finally {
  rmSync(folder, { recursive: true });
}
