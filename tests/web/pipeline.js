// The calls that a worker makes, in Node, over a file's bytes: what the tests compare with the command line.
import { loadEngine } from "./engine.js";

const read = (bytes) => (offset, length) => bytes.subarray(offset, offset + length);

function partial(engine, bytes, plan, run, unit = 4 << 20) {
  const scan = new engine.Scan(plan, run);
  let at = scan.offset;
  if (at === undefined) while (scan.read(read(bytes), bytes.length));
  else while (scan.supply(bytes.subarray(at, at + unit))) at += unit;
  return scan.finish();
}

/** What `join` makes of a scanned file, cut into at most `workers` runs of units of `unit` bytes. */
export function scanned(engine, { name, bytes, governing = null, wanted = null, workers = 1, unit, memory }, join) {
  const options = { workers, ...(unit ? { unit_bytes: unit } : {}), ...(memory ? { memory } : {}) };
  let { plan, runs } = wanted
    ? engine.openOther(read(bytes), bytes.length, name, options, wanted)
    : engine.open(read(bytes), bytes.length, name, options, governing);
  let kept = [];
  for (;;) {
    const partials = runs.map((run) => partial(engine, bytes, plan, run, unit));
    const joined = join(plan, [...kept, ...partials]);
    if (!joined.again) return joined;
    ({ plan, runs, keep: kept } = joined.again);
  }
}

/** What is known of the tables that the contract of a file refers to, of those that are given by their names. */
function known(engine, contract, current, others, { workers, unit }) {
  return engine.wanted(contract, current.name).flatMap(({ table, wanted }) => {
    const file = table === null ? current : others[table];
    if (!file) return [];
    const how = table === null ? { governing: engine.governing(null, contract, []) } : { wanted };
    const { other } = scanned(engine, { ...file, ...how, workers, unit }, (plan, partials) =>
      engine.other(read(file.bytes), file.bytes.length, plan, partials, wanted, {}),
    );
    return [other];
  });
}

/** What the page would show and offer for download: `{ json, document, saved }`. */
export async function reported({ build, current, reference = null, contract = null, others = {}, workers = 1, unit, memory }) {
  const engine = await loadEngine(build);
  const typed = contract ? engine.governing(null, contract, [], true) : null;
  const before = reference
    ? reference.saved
      ? engine.profileOf(reference.saved)
      : engine.referenceOf(
          scanned(engine, { ...reference, governing: typed, workers, unit }, (plan, partials) =>
            engine.settle(plan, partials),
          ).state,
        )
    : null;
  const tables = contract ? known(engine, contract, current, others, { workers, unit }) : [];
  const governing = before || contract ? engine.governing(before, contract, tables) : null;
  const { json, document, table } = scanned(engine, { ...current, governing, workers, unit, memory }, (plan, partials) =>
    engine.report(plan, partials, before, {}),
  );
  return { json, document, saved: table.save() };
}
