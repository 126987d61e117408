// Whether exactly what was planted is found: makes a table of customers with offenders of forty rules, checks it, and holds
// the places of the report and the rows set apart against the truth; then times the profile and the check.
//
//   node scripts/planted.mjs [ROWS (1000000)] [OFFENDERS (10000)] [SEED (1)]
//
// DRIFTLINE names the command (target/release/driftline), RUNS how often each is timed (5; 0: not).

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { figure, keep, markdown, median } from "./bench-table.mjs";
import { plant } from "./plant.mjs";

function run(command, ...args) {
  const began = performance.now();
  const done = spawnSync(command, args, { maxBuffer: 1 << 30 });
  if (done.error) throw done.error;
  if (done.status !== 0 && done.status !== 1) throw new Error(`${args.join(" ")}: ${done.stderr}`);
  return { out: done.stdout, seconds: (performance.now() - began) / 1e3 };
}

/** Where the records of a CSV file end, the header first. */
function ends(bytes) {
  const found = [];
  let quoted = false;
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] === 34) quoted = !quoted;
    else if (bytes[i] === 10 && !quoted) found.push(i + 1);
  }
  return found;
}

/** The bytes of the parts; `wrong` unless both files are the header and records of the input, in order, those rows in one. */
function apart(input, clean, quarantined, rows) {
  const [head, ...borders] = ends(input);
  const files = { clean, quarantined };
  const at = { clean: head, quarantined: head };
  const same = (name, to, from, until) => {
    const end = to + until - from;
    return end <= files[name].length && input.compare(files[name], to, end, from, until) === 0;
  };
  let wrong = Object.keys(files).find((name) => !same(name, 0, 0, head)) ? "a header is another" : null;
  let from = head;
  for (const [i, until] of borders.entries()) {
    const name = rows.has(i + 1) ? "quarantined" : "clean";
    if (!same(name, at[name], from, until)) wrong ??= `row ${i + 1} is not next in the ${name} file`;
    at[name] += until - from;
    from = until;
  }
  if (Object.keys(files).some((name) => at[name] !== files[name].length)) wrong ??= "bytes are left over";
  return { header: head, clean: clean.length - head, quarantined: quarantined.length - head, wrong };
}

const differing = (found, truth) => ({
  missed: [...truth].filter((it) => !found.has(it)),
  invented: [...found].filter((it) => !truth.has(it)),
});

/** Checks a planted table, with more options; what was found and missed, of the report and of the table of the quarantine. */
export function checked({ command, folder, rows, offenders, seed, more = [] }) {
  const { data, contract, planted } = plant({ folder, rows, offenders, seed });
  const key = ({ row, column, rule }) => `${row} ${rule} of ${column}`;
  const quarantine = join(folder, "apart");
  mkdirSync(quarantine, { recursive: true });
  const { out } = run(
    command, "check", data, "--contract", contract, "--format", "json", "--places", String(rows), "--quarantine", quarantine,
    ...more,
  );
  const report = JSON.parse(out);
  const failed = report.findings.filter((it) => it.status === "fail");
  const places = failed.flatMap(({ rule, places }) => places.map(({ row, column }) => key({ row, column, rule })));
  if (new Set(places).size !== places.length) throw new Error("a place is told twice");
  const [, ...table] = readFileSync(join(quarantine, "planted.violations.csv"), "utf8").trimEnd().split("\n");
  const told = table.map((line) => {
    const [, row, column, rule] = /^(\d+),\d+,\d+,("[^"]*"|[^,]*),([^,]*),/.exec(line);
    return key({ row, column: column.replaceAll('"', ""), rule });
  });
  const broken = planted.filter((it) => !it.stays);
  const input = readFileSync(data);
  return {
    data,
    contract,
    bytes: input.length,
    rules: failed.length,
    waiting: report.findings.filter((it) => it.status === "not_run").length,
    planted: planted.length,
    report: differing(new Set(places), new Set(planted.map(key))),
    quarantine: differing(new Set(told), new Set(broken.map(key))),
    apart: apart(
      input,
      readFileSync(join(quarantine, "planted.clean.csv")),
      readFileSync(join(quarantine, "planted.quarantined.csv")),
      new Set(broken.map((it) => it.row)),
    ),
  };
}

/** Wall and CPU seconds of a command, start-up included. */
function measured(command, args) {
  const { out, seconds } = run("sh", "-c", '"$0" "$@"; times', command, ...args, "-o", "/dev/null", "--threads", "2");
  // The shell's own times, then those of its children.
  const [user, system] = out.toString().trim().split("\n")[1].split(" ");
  const cpu = [user, system].reduce((sum, it) => sum + Number(it.split("m")[0]) * 60 + Number.parseFloat(it.split("m")[1]), 0);
  return { seconds, cpu };
}

/** What the profile and the check cost, in turns. */
function timed(command, { data, contract, bytes }, runs) {
  const subjects = {
    "the profile alone": ["profile", data],
    "the check: 40 rules, and 4 on the table": ["check", data, "--contract", contract],
  };
  const found = Object.fromEntries(Object.keys(subjects).map((name) => [name, []]));
  for (let i = 0; i < runs; i++) {
    for (const [name, args] of Object.entries(subjects)) found[name].push(measured(command, [...args, "--format", "json"]));
  }
  const [base] = Object.values(found);
  const middle = (all, key) => median(all.map((it) => it[key]));
  const rows = Object.entries(found).map(([name, all]) => {
    const seconds = all.map((it) => it.seconds);
    return [
      ...[name, figure(median(seconds)), `${figure(Math.min(...seconds))}–${figure(Math.max(...seconds))}`],
      ...[figure(bytes / 1e6 / median(seconds)), figure(middle(all, "cpu"))],
      ...["seconds", "cpu"].map((key) => figure(middle(all, key) / middle(base, key))),
    ];
  });
  return markdown(["a planted table", "s", "range", "MB/s", "CPU s", "× s", "× CPU"], rows);
}

function main([rows = "1000000", offenders = "10000", seed = "1"]) {
  const root = fileURLToPath(new URL("../", import.meta.url));
  const command = process.env.DRIFTLINE ?? join(root, "target/release/driftline");
  if (!existsSync(command)) throw new Error(`${command} is not there: run \`cargo build --release\``);
  const folder = join(root, "target/data/planted");
  const found = checked({ command, folder, rows: Number(rows), offenders: Number(offenders), seed: Number(seed) });
  const wrong = [found.report, found.quarantine].flatMap((it) => [
    ...it.missed.map((place) => `missed: row ${place}`),
    ...it.invented.map((place) => `not planted: row ${place}`),
  ]);
  if (found.apart.wrong) wrong.push(found.apart.wrong);
  for (const line of wrong.slice(0, 20)) console.error(line);
  const { header, clean, quarantined } = found.apart;
  console.log(
    `${rows} rows: ${found.planted} offenders of ${found.rules} rules planted, ${wrong.length} differences; ` +
      `${found.bytes} bytes = ${header} header + ${clean} clean + ${quarantined} quarantined`,
  );
  const runs = Number(process.env.RUNS ?? "5");
  if (runs > 0) keep("planted", `2 threads, medians of ${runs}, in turns\n\n${timed(command, found, runs)}`);
  if (wrong.length > 0 || found.rules !== 40 || found.waiting > 0) process.exitCode = 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) main(process.argv.slice(2));
