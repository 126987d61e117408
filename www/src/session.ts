// Files in, report out: the pipeline of calls. The reference and the tables that the contract refers to first, then what
// they and the contract govern, then the current file, then the report.
import { Amending } from "./amending";
import { Documents } from "./documents";
import { Drifted } from "./drifted";
import { DriftlineError, about, unreadable } from "./failure";
import type { Engine } from "./engine";
import { Folder, type Marks } from "./folder";
import type { Listener, Outcome, Parts, Progress } from "./outcome";
import { same } from "./packed";
import { Performing } from "./performing";
import type { Report, Timeline } from "./report";
import { Tomorrow } from "./tomorrow";
import { turn } from "./turn";
import { Violations } from "./violations";
import type { Again, Ask, Compared, Early, EngineOptions, Found, Opened, Packed, Redaction, Run, Told, Wanted, Word } from "./worker/protocol";

export type { Early, Redaction };
export type { Look, Outcome, Parts, Progress } from "./outcome";

/** No contract is larger. */
export const CONTRACT_BYTES = 4 * 1024 * 1024;
/* A dialect that a person chose is that of the current file. */
const sniffed = { delimiter: undefined, quote: undefined, header: undefined };
/* Smaller files are read as a whole in no more time than a look takes. */
const WORTH_A_LOOK = 1_000_000;
/* Milliseconds between two steps of the bar: painting one takes the processor from the engine. */
const PAUSE = 120;
/* Every contract with a gate on drift has this; one that only mentions it costs no more than a larger build. */
const GATES = /\brule["']?\s*:\s*["']?drift\b/;
const SAVED = /^\s*\{\s*"driftline_profile"/;

const known = new WeakMap<File, boolean>();

/** Whether a file is a saved profile. */
export async function isSavedProfile(file: File): Promise<boolean> {
  const is = known.get(file) ?? SAVED.test(await head(file, 256));
  known.set(file, is);
  return is;
}

/** The saved profiles among files, looked at one after the other: hundreds at once would keep the page busy. */
async function savedAmong(files: File[]): Promise<Set<File>> {
  const saved = new Set<File>();
  for (const file of files) if (await isSavedProfile(file)) saved.add(file);
  return saved;
}

async function head(file: File, bytes: number): Promise<string> {
  try {
    return await file.slice(0, bytes).text();
  } catch {
    throw unreadable(file);
  }
}

/** Whether a file of these needs the larger build, by its first bytes. */
async function isColumnar(files: File[]): Promise<boolean> {
  for (const file of files) if (/^(PAR1|ARROW1)/.test(await head(file, 6))) return true;
  return false;
}

/** The names of tables, without the file itself. */
function named(wanted: Wanted[]): string[] {
  return wanted.flatMap(({ table }) => table ?? []);
}

/** What the report on a file is made of, but for its scan. */
interface Before {
  /** The given reference. */
  reference: Uint8Array | null;
  feed: Uint8Array | null;
  marks: Marks | null;
}

/** Who is told nothing but how far it is. */
type Quiet = Pick<Listener, "progress"> & Partial<Listener>;

export class Session {
  #engine: Engine;
  /** What was made of files besides the current one, and the plan that they were read by: a contract says how. */
  #states = new WeakMap<File, { what: "reference" | "saved"; plan: Packed; bytes: Uint8Array }>();
  /** What is known of other tables, by what was wanted of them. */
  #others = new WeakMap<File, Map<string, Packed>>();
  #folder: Folder;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#folder = new Folder(engine);
  }

  /** Changes the text of a contract on a file of this name. */
  readonly amending = (name: string) => new Amending(this.#engine, name);

  /** A session of its own for what is asked besides, with what is known of the files here, and a way to end it. */
  #aside(): { session: Session; end: () => void } {
    const engine = this.#engine.aside();
    const session = new Session(engine);
    session.#states = this.#states;
    session.#others = this.#others;
    return { session, end: () => engine.end() };
  }

  /** Runs the whole pipeline; with half as many workers again and again while memory does not suffice. */
  async run(parts: Parts, options: Omit<EngineOptions, "workers">, listener: Listener): Promise<Outcome> {
    const full = this.#engine.size;
    try {
      for (;;) {
        try {
          return await this.#run(parts, { ...options, workers: this.#engine.size }, listener);
        } catch (error) {
          if (!(error instanceof DriftlineError) || error.name !== "out-of-memory" || this.#engine.size === 1)
            throw error;
          this.#engine.end();
          this.#engine.size = Math.max(1, Math.floor(this.#engine.size / 2));
        }
      }
    } finally {
      this.#engine.size = full;
    }
  }

  async #run(parts: Parts, options: EngineOptions, listener: Listener): Promise<Outcome> {
    const file = parts.current;
    const asked = { ...options, locate: parts.contract !== null };
    let said: Marks | null = null;
    const { document, json, saved, inferred, settling } = await this.#read(parts, options, listener, ({ reference, feed, marks }, plan, partials) => {
      said = marks;
      return this.#engine.call("report", { plan, partials, reference, options: asked, feed });
    });
    await turn();
    const report = document as Report;
    const key = report.timeline?.by === "file" ? report.timeline.intervals.at(-1)?.key : undefined;
    const hasDrifted = report.drift.some(({ outcome }) => outcome === "drifted");
    return {
      report,
      json,
      saved,
      inferred,
      violations: settling ? new Violations(this.#engine, file, settling) : null,
      amending: this.amending(file.name),
      documents: new Documents(this.#engine, json),
      broken: [],
      drifted: hasDrifted ? new Drifted(parts, report, () => this.#aside(), options) : null,
      performing: parts.reference ? new Performing(parts, report, () => this.#aside(), options) : null,
      tomorrow: key === undefined ? null : new Tomorrow(this.#engine, key, saved, said),
    };
  }

  /** Looks into the drift of a file; with `whole` all of the incident. `told` is told of bytes, scanned and then read again. */
  async look(parts: Parts, options: Omit<EngineOptions, "workers">, whole: boolean, told: (scanned: number, looked: number) => void): Promise<Found> {
    const { current: file } = parts;
    const before = parts.reference && !(await isSavedProfile(parts.reference)) ? parts.reference : null;
    const asked = { ...options, workers: this.#engine.size };
    const progress = (of: Progress) => told(of.file === file.name ? of.bytes : 0, 0);
    return this.#read(parts, asked, { progress }, ({ reference, feed }, plan, partials) =>
      this.#engine.call("drifted", { file, before, plan, partials, reference, options: asked, feed, whole }, (bytes) => told(file.size, bytes)),
    );
  }

  /** Tells how a model does on the file, in which no contract has a say, or another word on the comparison. */
  async ask<A extends Ask | Word>(parts: Parts, options: Omit<EngineOptions, "workers">, ask: A, progress: (of: Progress) => void): Promise<A extends Word ? Compared : Told> {
    const { current: file, reference } = parts;
    const before = reference && !(await isSavedProfile(reference)) ? reference : null;
    const asked = { ...options, workers: this.#engine.size };
    const of = typeof ask === "string" ? parts : { ...parts, earlier: [], contract: null, others: [] };
    const answer = await this.#read(of, asked, { progress }, ({ reference }, plan, partials) =>
      this.#engine.call("besides", { file, before, plan, partials, reference, options: asked, ask }),
    );
    return answer as unknown as A extends Word ? Compared : Told;
  }

  /** Reads the current file as all that governs it says, and joins what was found. */
  async #read<Joined extends { again: null }>(
    parts: Parts,
    options: EngineOptions,
    listener: Quiet,
    join: (before: Before, plan: Packed, partials: Uint8Array[]) => Promise<{ again: Again } | Joined>,
  ): Promise<Joined> {
    const progress = (of: Progress) => listener.progress(of);
    // The build that reads contracts is the one that compares.
    if (parts.contract || parts.reference || parts.earlier.length > 0) this.#engine.use("contract");
    // A folder of the command line is kept by the build that has all.
    const profiles = await savedAmong(parts.earlier);
    if (profiles.size > 0 || (parts.marks && parts.earlier.length > 0)) this.#engine.use("whole");
    const file = parts.current;
    const read = [file, parts.reference ?? [], parts.earlier.filter((it) => !profiles.has(it)), parts.others.map((other) => other.file)].flat();
    if (await isColumnar(read)) this.#engine.use("columnar");
    const contract = parts.contract ? await about(parts.contract, this.#contract(parts.contract)) : null;
    // Gates may be on any measure of drift, and only the largest build has all of them.
    if (contract && GATES.test(new TextDecoder().decode(contract))) this.#engine.use("whole");
    // The contract says which values may be shown. A reference takes longer: meanwhile a look says what the file is without.
    const agreed = contract ? await about(parts.contract!, this.#governing(null, contract)) : null;
    const opened = this.#open(file, options, agreed);
    // Whoever awaits it first may have been ended before.
    opened.catch(() => undefined);
    if (listener.look) void this.#look(file, opened, options.redact, listener.look.bind(listener));
    // Before the reference and other tables are read, and ahead of the scan in the queue.
    if (contract && listener.early) void this.#early(file, opened, options.redact, listener.early.bind(listener));
    const reference = parts.reference ? await this.#reference(parts.reference, options, contract, progress) : null;
    const marks = parts.earlier.length > 0 ? await this.#folder.marks(parts.marks, listener.aside?.bind(listener)) : null;
    const feed = await this.#feed(parts.earlier, marks, reference, options, contract, progress);
    const before = await this.#before(feed, reference, file);
    const others = contract ? await this.#known(parts, contract, opened, options, listener) : [];
    const open =
      before || others.length > 0 ? this.#open(file, options, await this.#governing(before, contract, others)) : opened;
    return this.#scanned(file, open, progress, (plan, partials) => join({ reference, feed, marks }, plan, partials));
  }

  /** The current file cut by the periods of a column of dates. */
  async over(parts: Parts, options: Omit<EngineOptions, "workers">, column: string, period: string): Promise<Timeline> {
    this.#engine.use("contract");
    const file = parts.current;
    const asked = { ...options, workers: this.#engine.size };
    const reference = parts.reference ? await this.#reference(parts.reference, asked, null, () => {}) : null;
    const governing = reference ? await this.#governing(reference, null) : null;
    const { timeline } = await this.#scanned(file, this.#open(file, asked, governing), () => {}, (plan, partials) =>
      this.#engine.call("over", { file, plan, partials, reference, column, period }),
    );
    return timeline as Timeline;
  }

  /** The other tables that a contract refers to where it is that of a file of this name; `files` are those to be read. */
  async tables(contract: File, name: string, files: File[]): Promise<string[]> {
    this.#engine.use("contract");
    if (await isColumnar(files)) this.#engine.use("columnar");
    return named(await this.#engine.call("wanted", { contract: await this.#contract(contract), name }));
  }

  /** What is known of the other tables that the contract refers to, as far as they are there. */
  async #known(
    { current, others }: Parts,
    contract: Uint8Array,
    agreed: Promise<Opened>,
    options: EngineOptions,
    listener: Quiet,
  ): Promise<Packed[]> {
    const all = await this.#engine.call("wanted", { contract, name: current.name });
    listener.tables?.(named(all));
    const progress = (of: Progress) => listener.progress(of);
    const known: Packed[] = [];
    for (const { table, wanted } of all) {
      const file = table === null ? current : others.find((other) => other.table === table)?.file;
      if (!file) continue;
      known.push(
        table === null
          ? await this.#other(file, agreed, wanted, options, progress)
          : await this.#table(file, wanted, { ...options, ...sniffed }, progress),
      );
    }
    return known;
  }

  /** What is wanted of another table's file, read once for all contracts that want the same. */
  async #table(
    file: File,
    wanted: Uint8Array,
    options: EngineOptions,
    progress: (of: Progress) => void,
  ): Promise<Packed> {
    const known = this.#others.get(file) ?? new Map<string, Packed>();
    const key = wanted.join();
    let other = known.get(key);
    if (!other) {
      const opened = this.#withColumnar(() => this.#engine.call("openOther", { file, options, wanted }));
      other = await this.#other(file, opened, wanted, options, progress);
      this.#others.set(file, known.set(key, other));
    }
    return other;
  }

  async #other(
    file: File,
    opened: Promise<Opened>,
    wanted: Uint8Array,
    options: EngineOptions,
    progress: (of: Progress) => void,
  ): Promise<Packed> {
    const { other } = await this.#scanned(file, opened, progress, (plan, partials) =>
      this.#engine.call("other", { file, plan, partials, wanted, options }),
    );
    return other;
  }

  #governing(
    reference: Uint8Array | null,
    contract: Uint8Array | null,
    others: Packed[] = [],
    typesOnly = false,
  ): Promise<Packed> {
    return this.#engine.call("governing", { reference, contract, others, typesOnly });
  }

  async #contract(file: File): Promise<Uint8Array> {
    if (file.size > CONTRACT_BYTES)
      throw new DriftlineError(
        "contract-too-large",
        `the contract "${file.name}" is larger than 4 MiB`,
        "is it a data file? swap the roles of the files",
      );
    return this.#bytes(file);
  }

  /** Tells what a first look at the file shows. Why one fails, the reading of the whole file will say. */
  async #look(file: File, opened: Promise<Opened>, redact: Redaction | undefined, tell: Listener["look"]) {
    try {
      const { plan } = await opened;
      if (file.size < WORTH_A_LOOK) return;
      const { document, rows } = await this.#engine.call("look", { file, plan, redact }, null, true);
      await turn();
      tell({ report: document as Report, rows });
    } catch {
      return;
    }
  }

  /** Tells what the columns alone break. Why that cannot be said, the reading of the whole file will say. */
  async #early(file: File, agreed: Promise<Opened>, redact: Redaction | undefined, tell: Listener["early"]) {
    try {
      const { plan } = await agreed;
      if (file.size < WORTH_A_LOOK) return;
      const early = await this.#engine.call("early", { file, plan, redact }, null, true);
      if (early) tell(early);
    } catch {
      return;
    }
  }

  async #bytes(file: File): Promise<Uint8Array> {
    try {
      return new Uint8Array(await file.arrayBuffer());
    } catch {
      throw unreadable(file);
    }
  }

  /** A reference, its columns as the contract has them. */
  async #reference(
    file: File,
    options: EngineOptions,
    contract: Uint8Array | null,
    progress: (of: Progress) => void,
  ): Promise<Uint8Array> {
    if (await isSavedProfile(file)) return about(file, this.#engine.call("profileOf", { saved: await this.#bytes(file) }));
    const governing = contract ? await this.#governing(null, contract, [], true) : null;
    return this.#made(file, "reference", { ...options, ...sniffed }, governing, progress, (state) =>
      this.#engine.call("referenceOf", { state }),
    );
  }

  /** The files of a feed before the current one, each read as those before it say. */
  async #feed(
    files: File[],
    marks: Marks | null,
    reference: Uint8Array | null,
    options: EngineOptions,
    contract: Uint8Array | null,
    progress: (of: Progress) => void,
  ): Promise<Uint8Array | null> {
    const profiles = await savedAmong(files);
    let feed = profiles.size > 0 || marks ? await this.#folder.feed([...profiles], marks) : null;
    for (const file of files.filter((it) => !profiles.has(it))) {
      const before = await this.#before(feed, reference, file);
      const governing = before || contract ? await this.#governing(before, contract, [], true) : null;
      const saved = await this.#made(file, "saved", { ...options, ...sniffed }, governing, progress, (state) =>
        this.#engine.call("savedOf", { state }),
      );
      try {
        feed = await this.#engine.call("feedWith", { feed, name: file.name, saved });
      } catch (error) {
        if (error instanceof DriftlineError) error.file = file;
        throw error;
      }
    }
    return feed;
  }

  /** What the next file of a feed is read and compared by: the reference, else what came before it. */
  async #before(feed: Uint8Array | null, reference: Uint8Array | null, { name }: File): Promise<Uint8Array | null> {
    return reference ?? (feed && (await this.#engine.call("feedBefore", { feed, name })));
  }

  /** What is made of a file's state; known already where its plan is that of the last time. */
  async #made(
    file: File,
    what: "reference" | "saved",
    options: EngineOptions,
    governing: Packed | null,
    progress: (of: Progress) => void,
    make: (state: Uint8Array) => Promise<Uint8Array>,
  ): Promise<Uint8Array> {
    const opened = this.#open(file, options, governing);
    const plan = await opened.then(
      (it) => it.plan,
      () => null,
    );
    const known = this.#states.get(file);
    if (known?.what === what && plan && (await same(known.plan, plan))) return known.bytes;
    const bytes = await make(await this.#state(file, opened, progress));
    if (plan) this.#states.set(file, { what, plan, bytes });
    return bytes;
  }

  #open(file: File, options: EngineOptions, governing: Packed | null): Promise<Opened> {
    return this.#withColumnar(() => this.#engine.call("open", { file, options, governing }));
  }

  /** What a call answers; of the larger build, where the file turns out to need it. */
  async #withColumnar<Answer>(call: () => Promise<Answer>): Promise<Answer> {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof DriftlineError) || error.name !== "needs-columnar") throw error;
      this.#engine.use("columnar");
      return call();
    }
  }

  /** The state of a reference. */
  async #state(file: File, opened: Promise<Opened>, progress: (of: Progress) => void): Promise<Uint8Array> {
    const { state } = await this.#scanned(file, opened, progress, (plan, partials) =>
      this.#engine.call("settle", { plan, partials }),
    );
    return state;
  }

  /**
   * Scans a file in runs, joins what they found, and scans again where that taught the engine something. An error knows
   * which file it is about.
   */
  async #scanned<Joined extends { again: null }>(
    file: File,
    opened: Promise<Opened>,
    progress: (of: Progress) => void,
    join: (plan: Packed, partials: Uint8Array[]) => Promise<{ again: Again } | Joined>,
  ): Promise<Joined> {
    try {
      let { plan, runs } = await opened;
      let kept: Uint8Array[] = [];
      for (;;) {
        const joined = await join(plan, [...kept, ...(await this.#scan(file, plan, runs, progress))]);
        if (joined.again === null) return joined;
        ({ plan, runs, keep: kept } = joined.again);
      }
    } catch (error) {
      if (error instanceof DriftlineError) error.file = file;
      throw error;
    }
  }

  #scan(file: File, plan: Packed, runs: Run[], progress: (of: Progress) => void): Promise<Uint8Array[]> {
    const done = runs.map(() => ({ bytes: 0, rows: 0 }));
    let last = -PAUSE;
    const tell = () => {
      const now = performance.now();
      if (now - last < PAUSE) return;
      last = now;
      const sum = done.reduce((all, one) => ({ bytes: all.bytes + one.bytes, rows: all.rows + one.rows }), {
        bytes: 0,
        rows: 0,
      });
      progress({ file: file.name, size: file.size, ...sum });
    };
    tell();
    return Promise.all(
      runs.map((run, i) =>
        this.#engine.call("scan", { file, plan, run }, (bytes, rows) => {
          done[i] = { bytes, rows };
          tell();
        }),
      ),
    );
  }
}
