// Stands in for the engine's worker where a test is about the page: answers the worker's protocol with the report in
// REPORT, which the test puts before this text. A file's name says what shall go wrong with it.

const encoder = new TextEncoder();
let build = null;

const calls = {
  load(args) {
    build = args.build;
    return null;
  },
  warm: () => false,
  open({ file, options }) {
    if (file.name.endsWith(".parquet") && build === "lite") throw fault("needs-columnar", "a Parquet file");
    if (file.name === "image.csv")
      throw fault("not-this-format", '"image.csv" is a PNG image, expected CSV', "export it as CSV");
    if (file.name === "trap.csv") throw trap("unreachable");
    if (file.name === "large.csv" && options.workers > 1) throw trap("out of memory");
    const step = Math.max(1, Math.ceil(file.size / options.workers));
    const runs = [];
    for (let start = 0; start < file.size; start += step) runs.push({ start, end: Math.min(file.size, start + step) });
    return { plan: encoder.encode(file.name), format: "csv", columnar: false, splittable: true, runs };
  },
  scan({ file, run }, tell) {
    const until = performance.now() + ({ "slow.csv": 20_000, "late.csv": 4_000 }[file.name] ?? 0);
    do {
      tell(run.end - run.start, 7);
      for (const pause = performance.now() + 100; performance.now() < Math.min(pause, until););
    } while (performance.now() < until);
    return encoder.encode(`${run.start}-${run.end}`);
  },
  settle: ({ plan, partials }) => again(plan, partials) ?? { again: null, state: encoder.encode(named(plan, partials)) },
  look({ file }) {
    const columns = REPORT.columns.map((column) => ({ ...column, rows: 7 }));
    const source = { ...REPORT.source, name: file.name };
    return { document: { ...REPORT, source, columns, table: { ...REPORT.table, rows: 7 }, drift: [], findings: [] }, rows: null };
  },
  early: () => null,
  mistakes: () => [],
  profileOf: ({ saved }) => saved,
  referenceOf: ({ state }) => state,
  governing: () => encoder.encode("governing"),
  wanted: () => [],
  report({ plan, partials }) {
    const more = again(plan, partials);
    if (more) return more;
    const made = structuredClone(REPORT);
    made.source.name = named(plan, partials);
    const json = encoder.encode(JSON.stringify(made, null, 2));
    return { again: null, json, document: made };
  },
};

function again(plan, partials) {
  if (new TextDecoder().decode(plan) !== "again.csv" || partials.length >= 20) return null;
  return { again: { plan, runs: [{ start: 0, end: 1 }], keep: partials } };
}

const named = (plan, partials) => `${new TextDecoder().decode(plan)} ${partials.length} ${build}`;

function fault(name, message, hint = "") {
  return Object.assign(new Error(message), { name, hint });
}

function trap(message) {
  return new WebAssembly.RuntimeError(message);
}

onmessage = ({ data: { id, call, args } }) => {
  try {
    const result = calls[call](args, (bytes, rows) => postMessage({ id, kind: "progress", bytes, rows }));
    const more = call === "report" && result.again === null;
    postMessage({ id, kind: "result", result, more });
    if (more) postMessage({ id, kind: "late", saved: encoder.encode("{}") });
  } catch (error) {
    const { name, message, hint = null } = error;
    postMessage({
      id,
      kind: "failure",
      failure: { name, message, hint, trapped: error instanceof WebAssembly.RuntimeError, memory: 0 },
    });
  }
};
