// Makes the benchmark's tables, the same bytes for the same seed: customers of a telephone company, 22 columns of every
// kind a profiler meets, and a wide table of 1,000 columns.
// `node scripts/churn.mjs PATH ROWS [SEED]`, `node scripts/churn.mjs PATH wide [SEED]`

import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { Random, word, Writer } from "./csv-writer.mjs";
import { BOOLEANS, CITIES, customer, HEADER, PLANS } from "./customers.mjs";

function wideRow(out, random, row) {
  for (let i = 0; i < 1_000; i++) {
    out.next();
    if (i % 8 > 4 && random.once(10)) continue;
    switch (i % 8) {
      case 0:
        out.integer(i === 0 ? row : random.below(10 ** (1 + (i % 7))));
        break;
      case 1:
        out.decimal(Math.round(1e5 * random.normal()), 4);
        break;
      case 2:
        out.append(CITIES[random.skewed(10 + i)]);
        break;
      case 3:
        out.append(random.of(BOOLEANS));
        break;
      case 4:
        out.append(PLANS[random.skewed(PLANS.length)]);
        break;
      case 5:
        out.integer(random.skewed(2_000));
        break;
      case 6:
        out.decimal(random.below(1e6), 2);
        break;
      default:
        out.date(16_000 + random.below(4_000));
    }
  }
  out.end();
}

const [path, size, seed = "1"] = process.argv.slice(2);
const rows = size === "wide" ? 10_000 : Number(size);
if (!path || !Number.isInteger(rows)) {
  console.error("usage: node scripts/churn.mjs PATH ROWS|wide [SEED]");
  process.exit(2);
}
mkdirSync(dirname(path), { recursive: true });
const out = new Writer(path);
const random = new Random(Number(seed));
if (size === "wide") {
  for (let i = 0; i < 1_000; i++) out.bytes(word(`c${i}`));
  out.end();
  for (let row = 0; row < rows; row++) wideRow(out, random, row);
} else {
  out.bytes(word(HEADER));
  out.end();
  for (let row = 0; row < rows; row++) {
    customer(out, random, row);
    out.end();
  }
}
out.close();
