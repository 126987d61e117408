// The worker: one wasm instance of its own, which reads its slices of a file and answers one call at a time.
import * as bindings from "../../pkg/lite/driftline.js";
import { turn } from "../turn";
import { answer, type Besides } from "./besides";
import { look, type Drifted } from "./drifted";
import { folder, marked, marksOf, type Feeds } from "./feed";
import { locate, setApart, type Locating } from "./locate";
import { units } from "./units";
import { rows } from "./warm";
import type {
  Again,
  Answer,
  Call,
  Calls,
  Cells,
  Change,
  Early,
  EngineOptions,
  Failure,
  Looked,
  Mistake,
  Opened,
  Packed,
  Raw,
  Redaction,
  Request,
  Run,
  Settled,
  Unpacked,
  Wanted,
  Written,
} from "./protocol";

/** What every build exports; their bindings are the same. */
interface Engine extends Feeds {
  initSync(input: { module: WebAssembly.Module }): { memory: WebAssembly.Memory };
  look(read: Read, size: number, plan: Uint8Array, redact: Redaction | undefined): Looked;
  open(read: Read, size: number, name: string, options: EngineOptions, governing: Uint8Array | null): Unpacked<Opened>;
  early(read: Read, size: number, plan: Uint8Array, redact: Redaction | undefined): Early | null;
  Scan: new (plan: Uint8Array, run: Run) => Scan;
  settle(plan: Uint8Array, partials: Uint8Array[]): Settled;
  profileOf(saved: Uint8Array): Uint8Array;
  referenceOf(state: Uint8Array): Uint8Array;
  feedWith(feed: Uint8Array | null, name: string, saved: Uint8Array): Uint8Array;
  feedBefore(feed: Uint8Array, name: string): Uint8Array | undefined;
  savedOf(state: Uint8Array): Uint8Array;
  governing(
    reference: Uint8Array | null,
    contract: Uint8Array | null,
    others: Uint8Array[],
    typesOnly: boolean,
  ): Uint8Array;
  wanted(contract: Uint8Array, name: string): Wanted[];
  openOther(read: Read, size: number, name: string, options: EngineOptions, wanted: Uint8Array): Unpacked<Opened>;
  other(
    read: Read,
    size: number,
    plan: Uint8Array,
    partials: Uint8Array[],
    wanted: Uint8Array,
    options: EngineOptions,
  ): Calls["other"]["result"];
  report(
    plan: Uint8Array,
    partials: Uint8Array[],
    reference: Uint8Array | null,
    options: EngineOptions,
    feed: Uint8Array | null,
  ): { again: Again } | { again: null; json: Uint8Array; document: unknown; settling?: Uint8Array; table: Table };
  over(
    read: Read,
    size: number,
    plan: Uint8Array,
    partials: Uint8Array[],
    reference: Uint8Array | null,
    column: string,
    period: string,
  ): Calls["over"]["result"];
  drifted(
    plan: Uint8Array,
    partials: Uint8Array[],
    reference: Uint8Array | null,
    options: EngineOptions,
    feed: Uint8Array | null,
  ): { again: Again } | { again: null; drifted: Drifted };
  besides(
    plan: Uint8Array,
    partials: Uint8Array[],
    reference: Uint8Array | null,
    options: EngineOptions,
  ): { again: Again } | { again: null; besides: Besides };
  exported(report: Uint8Array, format: string): Uint8Array;
  Locating: new (settling: Uint8Array, apart: boolean) => Locating<Scan>;
  writtenRules(text: string, file: string): Written[];
  mistakes(text: string): Mistake[];
  amend(text: string, file: string, rule: string[], change: string[]): string;
  rawAt(read: Read, size: number, settling: Uint8Array, offset: number, skip: number): Raw | undefined;
  rowAt(read: Read, size: number, settling: Uint8Array, offset: number, skip: number): Cells | undefined;
}
/** A table that was reported on: the contract that it keeps; its saved profile, once and at last. */
interface Table {
  infer(): string | undefined;
  save(): Uint8Array;
}
type Read = (offset: number, length: number) => Uint8Array;

/** The scan of a run. */
interface Scan {
  /** Where the bytes to supply begin; undefined where the engine reads groups instead. */
  readonly offset: number | undefined;
  readonly bytes: number;
  readonly rows: number;
  supply(bytes: Uint8Array): boolean;
  read(read: Read, size: number): boolean;
  finish(): Uint8Array;
  free(): void;
}

const PAUSE = 100;
/* Small, so that functions are called often: a browser replaces a slow one between two calls. */
const WARM_UNIT = 64 << 10;
const WARM_REPORTS = 8;
const files = new FileReaderSync();
let engine: Engine | null = null;
let memory: WebAssembly.Memory | null = null;

/** The bytes of a file by range. A file that changed on disk cannot be read any more, and says so. */
function reader(file: File): Read {
  return (offset, length) => {
    try {
      return new Uint8Array(files.readAsArrayBuffer(file.slice(offset, offset + length)));
    } catch {
      throw new Error(`"${file.name}" can no longer be read`);
    }
  };
}

/** All bytes of a small file. */
function bytesOf(file: File): Uint8Array {
  return reader(file)(0, file.size);
}

function reporter(id: number): (bytes: number, rows: number) => void {
  let last = 0;
  return (bytes, rows) => {
    const now = performance.now();
    if (now - last < PAUSE) return;
    last = now;
    self.postMessage({ id, kind: "progress", bytes, rows } satisfies Answer);
  };
}

/** Scans a run. Every wait for the file lets the browser take back what was read before. */
async function scanned({ file, plan, run }: Args<"scan">, id: number, engine: Engine): Promise<Uint8Array> {
  const scan = new engine.Scan(plan, run);
  await fed(scan, file, reporter(id));
  return scan.finish();
}

/** Goes over a file again, part by part, with one instance for all of them. */
async function again<Found>(
  { file, settling }: Args<"locate">,
  apart: boolean,
  id: number,
  engine: Engine,
  over: (file: File, locating: Locating<Scan>, feed: (scan: Scan) => Promise<void>) => Promise<Found>,
): Promise<Found> {
  const locating = new engine.Locating(settling, apart);
  const tell = reporter(id);
  let [bytes, rows] = [0, 0];
  const feed = async (scan: Scan) => {
    await fed(scan, file, (of, seen) => tell(bytes + of, rows + seen));
    bytes += scan.bytes;
    rows += scan.rows;
  };
  return over(file, locating, feed);
}

/** Gives back what a scan holds that will not be finished. One that trapped cannot be asked to. */
function free(scan: Scan) {
  try {
    scan.free();
  } catch {
    return;
  }
}

/** Feeds a scan to its end; gives it back where that fails. */
async function fed(scan: Scan, file: File, tell: (bytes: number, rows: number) => void) {
  try {
    await feed(scan, file, tell);
  } catch (error) {
    free(scan);
    throw error;
  }
}

async function feed(scan: Scan, file: File, tell: (bytes: number, rows: number) => void) {
  const from = scan.offset;
  if (from === undefined) {
    const read = reader(file);
    for (let last = performance.now(); scan.read(read, file.size); ) {
      tell(scan.bytes, scan.rows);
      if (performance.now() - last < PAUSE) continue;
      await turn();
      last = performance.now();
    }
    return;
  }
  for await (const bytes of units(file, from)) {
    const more = scan.supply(bytes);
    tell(scan.bytes, scan.rows);
    if (!more) break;
  }
}

/**
 * Runs the whole pipeline on rows that nobody sees, within the budget and far beyond it, in steps of some milliseconds:
 * a file that comes meanwhile waits for one of them.
 */
function* warming(engine: Engine): Generator {
  const bytes = rows();
  const read: Read = (offset, length) => bytes.subarray(offset, offset + length);
  for (const memory of [1 << 30, 1]) {
    const options = { workers: 2, memory };
    const { plan, runs } = engine.open(read, bytes.length, "", options, null);
    const partials = [];
    for (const run of runs) {
      const scan = new engine.Scan(plan, run);
      for (let at = scan.offset!; scan.supply(bytes.subarray(at, at + WARM_UNIT)); at += WARM_UNIT);
      partials.push(scan.finish());
      yield;
    }
    // Its loops run once a column, too rarely for the browser to notice them in one report.
    for (let report = 0; report < WARM_REPORTS; report++) {
      const reported = engine.report(plan, partials, null, options, null);
      if (reported.again !== null) continue;
      reported.table.infer();
      reported.table.save();
      yield;
    }
  }
}

let warmth: Generator | null = null;

/** The next step of warming; whether there is another. */
function warm(engine: Engine): boolean {
  warmth ??= warming(engine);
  return !warmth.next().done;
}

type Args<C extends Call> = Unpacked<Calls[C]["args"]>;
type Result<C extends Call> = C extends "report" ? ReturnType<Engine["report"]> : Calls[C]["result"];

const calls: {
  [C in Call]: (args: Args<C>, id: number, engine: Engine) => Result<C> | Promise<Result<C>>;
} = {
  load: ({ module }) => {
    engine = bindings as unknown as Engine;
    memory = engine.initSync({ module }).memory;
    return null;
  },
  warm: (_, __, engine) => warm(engine),
  look: ({ file, plan, redact }, _, engine) => engine.look(reader(file), file.size, plan, redact),
  early: ({ file, plan, redact }, _, engine) => engine.early(reader(file), file.size, plan, redact),
  open: ({ file, options, governing }, _, engine) =>
    engine.open(reader(file), file.size, file.name, options, governing),
  scan: scanned,
  settle: ({ plan, partials }, _, engine) => engine.settle(plan, partials),
  profileOf: ({ saved }, _, engine) => engine.profileOf(saved),
  referenceOf: ({ state }, _, engine) => engine.referenceOf(state),
  feedWith: ({ feed, name, saved }, _, engine) => engine.feedWith(feed, name, saved),
  feedBefore: ({ feed, name }, _, engine) => engine.feedBefore(feed, name) ?? null,
  savedOf: ({ state }, _, engine) => engine.savedOf(state),
  folder: (args, _, engine) => folder(args, engine, bytesOf),
  marksOf: (args, _, engine) => marksOf(args, engine, bytesOf),
  marked: (args, _, engine) => marked(args, engine, bytesOf),
  governing: ({ reference, contract, others, typesOnly }, _, engine) =>
    light(engine.governing(reference, contract, others, typesOnly)),
  wanted: ({ contract, name }, _, engine) => engine.wanted(contract, name),
  openOther: ({ file, options, wanted }, _, engine) =>
    engine.openOther(reader(file), file.size, file.name, options, wanted),
  other: ({ file, plan, partials, wanted, options }, _, engine) =>
    engine.other(reader(file), file.size, plan, partials, wanted, options),
  report: ({ plan, partials, reference, options, feed }, _, engine) =>
    engine.report(plan, partials, reference, options, feed),
  over: ({ file, plan, partials, reference, column, period }, _, engine) =>
    engine.over(reader(file), file.size, plan, partials, reference, column, period),
  drifted: ({ file, before, plan, partials, reference, options, feed, whole }, id, engine) =>
    look(engine.drifted(plan, partials, reference, options, feed), { file, before, whole }, reader, reporter(id)),
  besides: ({ file, before, plan, partials, reference, options, ask }, _, engine) =>
    answer(engine.besides(plan, partials, reference, options), { file, before, ask }, reader),
  exported: ({ report, format }, _, engine) => engine.exported(report, format),
  locate: (args, id, engine) =>
    again(args, false, id, engine, (file, locating, feed) =>
      locate(file, locating, feed, (items, buffers) =>
        self.postMessage({ id, kind: "part", key: "rules", items } satisfies Answer, buffers),
      ),
    ),
  setApart: (args, id, engine) =>
    again(args, true, id, engine, (file, locating, feed) => setApart(file, locating, feed, reader(file))),
  writtenRules: ({ text, file }, _, engine) => engine.writtenRules(text, file),
  mistakes: ({ text }, _, engine) => engine.mistakes(text),
  amend: ({ text, file, rule: { rule, nth, column }, change }, _, engine) =>
    engine.amend(text, file, [rule, String(nth), ...(column === null ? [] : [column])], words(change)),
  raw: ({ file, settling, at: [offset, skip] }, _, engine) => engine.rawAt(reader(file), file.size, settling, offset, skip) ?? null,
  rows: ({ file, settling, at }, _, engine) => {
    const read = reader(file);
    return at.map(([offset, skip]) => engine.rowAt(read, file.size, settling, offset, skip) ?? null);
  },
};

/* Fewer bytes than these are copied in no time. */
const LIGHT = 1 << 20;

function light(bytes: Uint8Array): Packed {
  return bytes.length > LIGHT ? new Blob([bytes as BlobPart]) : bytes;
}

/** Makes blobs of what of an answer workers alone look into, where it is large. */
function lighten(answer: unknown) {
  const result = answer as Record<string, unknown> | null;
  for (const key of ["plan", "settling", "other"]) {
    const value = result?.[key];
    if (value instanceof Uint8Array) result![key] = light(value);
  }
  if (result?.again) lighten(result.again);
}

function whole(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(whole);
  return value instanceof Blob && !(value instanceof File) ? new Uint8Array(files.readAsArrayBuffer(value)) : value;
}

/** The arguments of a call, blobs read. */
function unpacked(args: object | null): unknown {
  return Object.fromEntries(Object.entries(args ?? {}).map(([key, value]) => [key, whole(value)]));
}

/** A change as the engine takes it. */
function words(change: Change): string[] {
  if ("values" in change) return [change.kind, ...change.values];
  return "total" in change ? [change.kind, String(change.count), String(change.total)] : [change.kind];
}

function failure(error: unknown): Failure {
  const of = error as Partial<Error> & { hint?: unknown };
  return {
    name: of?.name ?? "Error",
    message: of?.message ?? String(error),
    hint: typeof of?.hint === "string" && of.hint !== "" ? of.hint : null,
    trapped: error instanceof WebAssembly.RuntimeError || error instanceof RangeError,
    memory: memory?.buffer.byteLength ?? 0,
  };
}

/* More columns at once would keep the page busy unpacking them. */
const AT_ONCE = 64;

/** Sends the long lists of a document ahead, piece by piece, each a message and so a task of its own on the page. */
function sendAhead(id: number, result: unknown) {
  const document = (result as { document?: Record<string, unknown> } | null)?.document;
  for (const key of ["columns", "drift", "findings"]) {
    const items = document?.[key];
    if (!Array.isArray(items) || items.length <= AT_ONCE) continue;
    for (let at = 0; at < items.length; at += AT_ONCE)
      self.postMessage({ id, kind: "part", key, items: items.slice(at, at + AT_ONCE) } satisfies Answer);
    document![key] = [];
  }
}

/** The buffers of an answer that can be handed over instead of copied. */
function buffers(value: unknown): ArrayBuffer[] {
  const arrays =
    value instanceof Uint8Array ? [value] : Object.values(value ?? {}).filter((part) => part instanceof Uint8Array);
  return arrays
    .filter((array) => array.byteLength === array.buffer.byteLength)
    .map((array) => array.buffer as ArrayBuffer);
}

/** What is sent at once, and the table whose saved profile the page can wait for. */
function parted(answer: unknown): { result: unknown; table?: Table } {
  const table = (answer as { table?: Table } | null)?.table;
  if (!table) return { result: answer };
  const result = { ...(answer as { table?: Table }) };
  delete result.table;
  return { result, table };
}

self.onmessage = async ({ data }: MessageEvent<Request>) => {
  const { id, call, args } = data;
  try {
    const answer = calls[call] as (args: unknown, id: number, engine: Engine | null) => unknown;
    const { result, table } = parted(await answer(unpacked(args), id, engine));
    lighten(result);
    sendAhead(id, result);
    const more = table !== undefined;
    self.postMessage({ id, kind: "result", result, more } satisfies Answer, buffers(result));
    if (!table) return;
    const inferred = table.infer() ?? null;
    const saved = table.save();
    self.postMessage({ id, kind: "late", saved, inferred } satisfies Answer, buffers(saved));
  } catch (error) {
    self.postMessage({ id, kind: "failure", failure: failure(error) } satisfies Answer);
  }
};
