// Prints the size of every file of a folder: as it is, and as a host sends it, by gzip and by brotli. Then what a visitor
// downloads against the budget in www/budget.json, in bytes of brotli; beyond it, it fails. `chunks` are parts of the page that are
// fetched when they are asked for.

import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const root = process.argv[2];
const entries = await readdir(root, { recursive: true, withFileTypes: true });
const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));

const rows = [];
for (const path of paths.sort()) {
  const bytes = await readFile(path);
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
  const name = relative(root, path).split(sep).join("/");
  rows.push([name, bytes.length, gzipSync(bytes, { level: 9 }).length, brotli.length]);
}
const total = rows.reduce((sum, row) => sum.map((n, i) => n + row[i + 1]), [0, 0, 0]);

const width = Math.max(...rows.map(([name]) => name.length), root.length);
const line = (name, ...sizes) => console.log(name.padEnd(width) + sizes.map((size) => size.padStart(12)).join(""));
const kilobytes = (n) => `${(n / 1000).toFixed(1)} kB`;
line(root, "raw", "gzip", "brotli");
for (const [name, ...sizes] of rows) line(name, ...sizes.map(kilobytes));
line("all", ...total.map(kilobytes));

const budget = JSON.parse(await readFile(new URL("../www/budget.json", import.meta.url), "utf8"));
const modules = rows.filter(([name]) => name.endsWith(".wasm"));
const isChunk = (name, chunk) => name.startsWith(`assets/${chunk}-`) && name.endsWith(".js");
const late = Object.values(budget).flatMap(({ chunks = [] }) => chunks);
const page = rows
  .filter((row) => !modules.includes(row) && !late.some((chunk) => isChunk(row[0], chunk)))
  .reduce((sum, row) => sum + row[3], 0);
for (const [visitor, { modules: wanted, chunks = [], brotli: most }] of Object.entries(budget)) {
  const found = [
    ...wanted.map((name) => rows.find((row) => row[0] === name)),
    ...chunks.map((chunk) => rows.find((row) => isChunk(row[0], chunk))),
  ];
  if (found.includes(undefined)) throw new Error(`expected ${[...wanted, ...chunks].join(", ")} in ${root}, found ${rows.map((row) => row[0]).join(", ")}`);
  const size = found.reduce((sum, row) => sum + row[3], page);
  console.log(`\n${visitor}: ${kilobytes(size)} of at most ${kilobytes(most)} in brotli`);
  if (size > most) process.exitCode = 1;
}
if (process.exitCode) console.error("the page is larger than www/budget.json allows");
