// Puts the tables of target/bench into BENCHMARKS.md, each between its markers; what was not measured stays as it was.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { fileURLToPath } from "node:url";

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** The machine in general words. */
function machine() {
  const rust = readFileSync(at("Cargo.toml"), "utf8").match(/^rust-version = "(.*)"$/m)[1];
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} cores of ${process.arch}, ${memory} GiB, ${process.platform}, Node ${process.versions.node}, Rust ${rust} or newer; ${new Date().toISOString().slice(0, 10)}`;
}

const document = at("BENCHMARKS.md");
let text = readFileSync(document, "utf8");
text = text.replace(/<!-- table (\S+) -->\n[^]*?<!-- end -->/g, (whole, name) => {
  const path = at(`target/bench/${name}.md`);
  const table = name === "machine" ? machine() : existsSync(path) && readFileSync(path, "utf8").trim();
  if (!table) console.log(`${name} was not measured: its table stays`);
  return table ? `<!-- table ${name} -->\n${table}\n<!-- end -->` : whole;
});
writeFileSync(document, text);
