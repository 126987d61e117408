// Puts the tables of target/bench into BENCHMARKS.md, each between its markers; what was not measured stays as it was.

import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { fileURLToPath } from "node:url";

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** The machine in general words, and how busy it was when the measuring began. */
function machine() {
  const [, rust] = execFileSync("rustc", ["--version"], { encoding: "utf8" }).split(" ");
  const memory = Math.round(totalmem() / 2 ** 30);
  const hardware = `${cpus().length} cores (${process.arch}), ${memory} GiB, ${process.platform}`;
  const busy = existsSync(at("target/bench/load")) ? readFileSync(at("target/bench/load"), "utf8").trim() : "unknown";
  const versions = `Rust ${rust}, Node ${process.versions.node}`;
  return `${new Date().toISOString().slice(0, 10)}: ${hardware}, ${versions}; load average before: ${busy}.`;
}

function table(name) {
  if (name === "machine") return machine();
  const path = at(`target/bench/${name}.md`);
  return existsSync(path) ? readFileSync(path, "utf8").trim() : null;
}

const text = readFileSync(at("BENCHMARKS.md"), "utf8");
const filled = text.replace(/<!-- table (\S+) -->\n[^]*?<!-- end -->/g, (whole, name) => {
  const found = table(name);
  if (!found) console.log(`"${name}" was not measured: its table stays`);
  return found ? `<!-- table ${name} -->\n\n${found}\n\n<!-- end -->` : whole;
});
writeFileSync(at("BENCHMARKS.md"), filled);
if (existsSync(at("target/bench/growth.svg"))) copyFileSync(at("target/bench/growth.svg"), at("docs/growth.svg"));
