// The folder that the benchmark's browser is served: Driftline's page as it is published, a blank page, the floor, and
// DuckDB-Wasm where its npm package is to be had.

import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const here = dirname(fileURLToPath(import.meta.url));
const peers = join(root, "target/bench-peers");
/* The version with Parquet is the last that needs no extension from the network for it. */
const DUCKDB = { csv: "1.32.0", parquet: "1.28.0" };
const BLANK = '<!doctype html><html lang="en"><meta charset="utf-8"><title>blank</title><h1>blank</h1></html>\n';

/** Makes the folder; gives its path and the versions of DuckDB-Wasm by format, or why they are not there. */
export function site() {
  const folder = join(root, "target/bench/site");
  rmSync(folder, { recursive: true, force: true });
  for (const name of ["duckdb/csv", "duckdb/parquet", "floor"]) mkdirSync(join(folder, name), { recursive: true });
  if (!existsSync(join(root, "www/dist/worker.js"))) throw new Error("www/dist is missing: run `make build`");
  symlinkSync(join(root, "www/dist"), join(folder, "page"));
  writeFileSync(join(folder, "index.html"), BLANK);
  copyFileSync(join(here, "floor.html"), join(folder, "floor/index.html"));
  for (const name of ["floor.js", "floor-worker.js"]) copyFileSync(join(here, name), join(folder, "floor", name));
  if (process.env.BENCH_PEERS === "0") return { folder, skipped: "BENCH_PEERS is 0" };
  try {
    for (const [format, version] of Object.entries(DUCKDB)) duckdb(join(folder, "duckdb", format), version);
    return { folder, duckdb: DUCKDB };
  } catch (error) {
    return { folder, skipped: String(error.stderr ?? error.message ?? error).trim().split("\n")[0] };
  }
}

/** Installs DuckDB-Wasm below target, not into the page's packages, and bundles its page. */
function duckdb(folder, version) {
  const packages = join(peers, version);
  const home = join(packages, "node_modules/@duckdb/duckdb-wasm");
  if (!existsSync(home)) {
    mkdirSync(packages, { recursive: true });
    const options = ["--no-save", "--no-fund", "--no-audit", "--silent", "--prefix", packages];
    execFileSync("npm", ["install", ...options, `@duckdb/duckdb-wasm@${version}`], { stdio: "pipe" });
  }
  const files = ["duckdb-mvp.wasm", "duckdb-eh.wasm", "duckdb-browser-mvp.worker.js", "duckdb-browser-eh.worker.js"];
  for (const name of files) copyFileSync(join(home, "dist", name), join(folder, name));
  copyFileSync(join(here, "duckdb.html"), join(folder, "index.html"));
  // Beside its packages, where the bundler looks for them.
  const entry = join(packages, "duckdb.js");
  copyFileSync(join(here, "duckdb.js"), entry);
  const rolldown = join(root, "www/node_modules/.bin/rolldown");
  execFileSync(rolldown, [entry, "--file", join(folder, "duckdb.js"), "--format", "esm"], { stdio: "pipe" });
}
