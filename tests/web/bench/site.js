// The folder that the benchmark's browser is served: Driftline's page as it is published, a blank page, the floor, and
// DuckDB-Wasm where its npm package is to be had.

import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const here = dirname(fileURLToPath(import.meta.url));
const peers = join(root, "target/bench-peers");
const DUCKDB = "1.32.0";
const BLANK = '<!doctype html><html lang="en"><meta charset="utf-8"><title>blank</title><h1>blank</h1></html>\n';

/** Makes the folder; gives its path and the version of DuckDB-Wasm, or why it is not there. */
export function site() {
  const folder = join(root, "target/bench/site");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "duckdb"), { recursive: true });
  mkdirSync(join(folder, "floor"));
  if (!existsSync(join(root, "www/dist/worker.js"))) throw new Error("www/dist is missing: run `make build`");
  symlinkSync(join(root, "www/dist"), join(folder, "page"));
  writeFileSync(join(folder, "index.html"), BLANK);
  copyFileSync(join(here, "floor.html"), join(folder, "floor/index.html"));
  for (const name of ["floor.js", "floor-worker.js"]) copyFileSync(join(here, name), join(folder, "floor", name));
  if (process.env.BENCH_PEERS === "0") return { folder, skipped: "BENCH_PEERS is 0" };
  try {
    return { folder, duckdb: duckdb(join(folder, "duckdb")) };
  } catch (error) {
    return { folder, skipped: String(error.stderr ?? error.message ?? error).trim().split("\n")[0] };
  }
}

/** Installs DuckDB-Wasm below target, not into the page's packages, and bundles its page. */
function duckdb(folder) {
  const home = join(peers, "node_modules/@duckdb/duckdb-wasm");
  const version = () => JSON.parse(readFileSync(join(home, "package.json"), "utf8")).version;
  if (!existsSync(home) || version() !== DUCKDB) {
    mkdirSync(peers, { recursive: true });
    const options = ["--no-save", "--no-fund", "--no-audit", "--silent", "--prefix", peers];
    execFileSync("npm", ["install", ...options, `@duckdb/duckdb-wasm@${DUCKDB}`], { stdio: "pipe" });
  }
  const files = ["duckdb-mvp.wasm", "duckdb-eh.wasm", "duckdb-browser-mvp.worker.js", "duckdb-browser-eh.worker.js"];
  for (const name of files) copyFileSync(join(home, "dist", name), join(folder, name));
  copyFileSync(join(here, "duckdb.html"), join(folder, "index.html"));
  // Beside its packages, where the bundler looks for them.
  const entry = join(peers, "duckdb.js");
  copyFileSync(join(here, "duckdb.js"), entry);
  const rolldown = join(root, "www/node_modules/.bin/rolldown");
  execFileSync(rolldown, [entry, "--file", join(folder, "duckdb.js"), "--format", "esm"], { stdio: "pipe" });
  return version();
}
