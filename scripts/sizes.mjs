// Prints the size of every file of a folder: as it is, and as a host sends it, by gzip and by brotli.

import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const root = process.argv[2];
const entries = await readdir(root, { recursive: true, withFileTypes: true });
const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));

const rows = [];
for (const path of paths.sort()) {
  const bytes = await readFile(path);
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
  rows.push([relative(root, path), bytes.length, gzipSync(bytes, { level: 9 }).length, brotli.length]);
}
const total = rows.reduce((sum, row) => sum.map((n, i) => n + row[i + 1]), [0, 0, 0]);

const width = Math.max(...rows.map(([name]) => name.length), root.length);
const line = (name, ...sizes) => console.log(name.padEnd(width) + sizes.map((size) => size.padStart(12)).join(""));
const kilobytes = (n) => `${(n / 1000).toFixed(1)} kB`;
line(root, "raw", "gzip", "brotli");
for (const [name, ...sizes] of rows) line(name, ...sizes.map(kilobytes));
line("all", ...total.map(kilobytes));
