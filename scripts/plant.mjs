// Writes a table of customers with planted offenders, the contract that they break, and where they are: three files, the
// same bytes for the same seed.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Random, word, Writer } from "./csv-writer.mjs";
import { customer, HEADER } from "./customers.mjs";
import { contract, KEY, PLANTS } from "./plants.mjs";

const NAMES = HEADER.split(",");
const UUID = NAMES.indexOf("account_uuid");
const KEYS = KEY.map((name) => NAMES.indexOf(name));

/** Every plant in the number that gives each rule as many offenders, in an order of the seed. */
function orders(offenders, random) {
  const each = offenders / PLANTS.length;
  if (!Number.isInteger(each / 2)) throw new Error(`offenders are a multiple of ${2 * PLANTS.length}`);
  const all = PLANTS.flatMap((plant) => Array.from({ length: plant.from ? each / 2 : each }, (_, n) => ({ plant, n: n + 1 })));
  for (let i = all.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [all[i], all[j]] = [all[j], all[i]];
  }
  return all;
}

/**
 * Makes the files in a folder. `offenders` are those of all rules together. Rows are cut into as many stretches as there are
 * plants, one in each; the first row of a stretch stays as it is, to be copied from.
 */
export function plant({ folder, rows, offenders, seed = 1 }) {
  mkdirSync(folder, { recursive: true });
  const at = (name) => join(folder, name);
  const files = { data: at("planted.csv"), contract: at("planted.odcs.yaml"), truth: at("planted.truth.csv") };
  const random = new Random(seed);
  const where = new Random(seed + 1);
  const todo = orders(offenders, where);
  const stretch = Math.floor(rows / todo.length);
  const out = new Writer(files.data);
  out.bytes(word(HEADER));
  out.end();
  const truth = [];
  const models = [];
  const met = [new Set(), new Set()];
  const named = (cells) => Object.fromEntries(NAMES.map((name, i) => [name, cells[i]]));
  let before = null;
  let from = 0;
  for (let row = 0; row < rows; row++) {
    customer(out, random, row);
    const cells = out.cells();
    const step = row % stretch;
    const next = todo[Math.floor(row / stretch)];
    if (step === 0) {
      models.push({ row, cells });
      from = 1 + where.below(stretch >> 1);
    }
    let copied = false;
    if (next && !next.done && step >= from && next.plant.fits(named(cells))) {
      next.done = true;
      const { rule, column, from: of } = next.plant;
      const other = of === "before" ? { row: row - 1, cells: before } : of ? models.splice(where.below(models.length), 1)[0] : null;
      const changed = next.plant.cells(named(cells), next.n, other && named(other.cells));
      for (const [name, value] of Object.entries(changed)) cells[NAMES.indexOf(name)] = value;
      out.rewrite(cells);
      if (other) truth.push({ row: other.row + 1, column, rule, stays: true });
      truth.push({ row: row + 1, column, rule, stays: false });
      copied = of === "far";
    }
    for (const [i, key] of [cells[UUID], KEYS.map((it) => cells[it]).join()].entries()) {
      if (met[i].has(key) && !copied) throw new Error(`row ${row + 1} has the key of another by chance: take another seed`);
      met[i].add(key);
    }
    before = cells;
    out.end();
  }
  out.close();
  if (todo.some((it) => !it.done)) throw new Error("a plant found no row: take another seed, or more rows");
  truth.sort((a, b) => a.row - b.row);
  const line = ({ row, column, rule, stays }) => `${row},"${column}",${rule},${stays}\n`;
  writeFileSync(files.truth, `row,column,rule,stays\n${truth.map(line).join("")}`);
  writeFileSync(files.contract, contract(rows));
  return { ...files, planted: truth };
}
