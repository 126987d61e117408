// The pool of workers: each call goes to a free worker, a worker that stopped is replaced, cancelling ends them all.
import { DriftlineError, fromFailure } from "./failure";
import { workerOf } from "./trusted";
import { BUILDS, type Answer, type Build, type Call, type Calls, type Request } from "./worker/protocol";

/** Where the engine's files lie. */
export type Addresses = Record<"worker" | Build, string>;

/* Fetched before they are asked for; who needs both of them waits for the build that has both. */
const AHEAD = ["contract", "columnar"] as const;

type Progress = (bytes: number, rows: number) => void;

interface Job {
  call: Call;
  args: unknown;
  progress: Progress | null;
  /** Whether it has its result, and only what comes later is awaited. */
  answered: boolean;
  resolve(result: never): void;
  /** Ends the job, or, where it was answered, what was to come later. */
  reject(error: unknown): void;
}

/** What comes after a report. */
type Later = Extract<Answer, { kind: "late" }>;

interface Seat {
  worker: Worker;
  /** Settled when the engine is loaded in it, or cannot be. */
  coming: Promise<void>;
  isReady: boolean;
  job: Job | null;
}

async function fetched(address: string, priority: RequestPriority = "auto"): Promise<Response> {
  const response = await fetch(address, { priority });
  if (response.ok) return response;
  throw new DriftlineError(
    "engine-missing",
    `"${address}" answered ${response.status}`,
    "the page was not copied whole",
  );
}

/** Whether the visitor's connection is one to be spared. */
export function isMetered(): boolean {
  const { connection } = navigator as { connection?: { saveData?: boolean; effectiveType?: string } };
  return connection?.saveData === true || /2g/.test(connection?.effectiveType ?? "");
}

async function compiled(response: Response): Promise<WebAssembly.Module> {
  const typed = response.headers.get("content-type")?.startsWith("application/wasm");
  return typed ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

/** Where they lie beside the page. */
export function beside(page: string): Addresses {
  const at = (file: string) => new URL(file, page).href;
  const modules = BUILDS.map((build): [Build, string] => [build, at(`${build}.wasm`)]);
  return { worker: at("worker.js"), ...(Object.fromEntries(modules) as Record<Build, string>) };
}

export class Engine {
  /** How many workers run at most. */
  size: number;
  #addresses: Addresses;
  #build: Build = "lite";
  #seats: Seat[] = [];
  #queue: Job[] = [];
  #text: Promise<string> | null = null;
  #modules = new Map<Build, Promise<WebAssembly.Module>>();
  /** The larger builds, fetched ahead but not compiled. */
  #ahead = new Map<Build, Promise<Blob>>();
  #next = 1;
  #warmed = false;
  /** How often all workers were ended. */
  #ended = 0;

  constructor(addresses: Addresses, size: number) {
    this.#addresses = addresses;
    this.size = size;
  }

  /** An engine of its own for what is asked besides, of the build that has all; what either fetches the other has. */
  aside(): Engine {
    const aside = new Engine(this.#addresses, this.size);
    aside.#build = "whole";
    aside.#modules = this.#modules;
    aside.#ahead = this.#ahead;
    aside.#text = this.#text;
    return aside;
  }

  /**
   * Makes ready what the first file will need: workers with their module, whose code the browser has seen at work. Then
   * fetches what another file might.
   */
  async warm(): Promise<void> {
    while (this.#seats.length < this.size) this.#hire();
    const ended = this.#ended;
    await Promise.all(this.#seats.map((seat) => seat.coming));
    // Whoever comes next hires whom they need.
    if (this.#ended > ended) return;
    if (!this.#warmed) {
      this.#warmed = true;
      // One after the other: whoever comes meanwhile finds the rest free.
      for (const seat of this.#seats) while (await this.#warm(seat));
    }
    if (isMetered()) return;
    for (const build of AHEAD) {
      if (this.#modules.has(build) || this.#ahead.has(build)) continue;
      const blob = fetched(this.#addresses[build], "low").then((response) => response.blob());
      this.#ahead.set(build, blob);
      await blob.catch(() => this.#ahead.delete(build));
    }
  }

  /** Lets a worker do a step of what it will do for a file, if it has nothing else to do; whether there is another. */
  async #warm(seat: Seat): Promise<boolean> {
    if (seat.job !== null || !this.#seats.includes(seat)) return false;
    let more = false;
    const resolve = (answer: boolean) => (more = answer);
    seat.job = { call: "warm", args: null, progress: null, answered: false, resolve, reject() {} };
    await this.#work(seat, seat.job);
    return more;
  }

  /** From now on the workers run a build that has this, too. What is not answered yet, the new ones begin anew. */
  use(wanted: "contract" | "columnar" | "whole") {
    if (this.#build === wanted || this.#build === "whole") return;
    this.#build = this.#build === "lite" ? wanted : "whole";
    const begun = this.#seats.flatMap(({ job }) => (job && !job.answered && job.call !== "warm" ? [job] : []));
    const jobs = [...begun, ...this.#queue];
    for (const seat of this.#seats) if (seat.job && begun.includes(seat.job)) seat.job = null;
    this.#queue = [];
    this.end(new DriftlineError("cancelled", "the engine was exchanged", null));
    this.#queue = jobs;
    this.#serve();
  }

  /** Answers `call` on a worker that is free, or becomes so; `first`: before all that waits. */
  call<C extends Call>(
    call: C,
    args: Calls[C]["args"],
    progress: Progress | null = null,
    first = false,
  ): Promise<Calls[C]["result"]> {
    return new Promise((resolve, reject) => {
      const job = { call, args, progress, answered: false, resolve: resolve as (result: never) => void, reject };
      if (first) this.#queue.unshift(job);
      else this.#queue.push(job);
      this.#serve();
    });
  }

  /** Ends all workers and with them what they do; memory goes back to the system. */
  end(reason: Error = new DriftlineError("cancelled", "cancelled", null)) {
    const jobs = [...this.#queue, ...this.#seats.flatMap((seat) => (seat.job ? [seat.job] : []))];
    this.#ended += 1;
    for (const seat of this.#seats) seat.worker.terminate();
    this.#seats = [];
    this.#queue = [];
    for (const job of jobs) job.reject(reason);
  }

  #script(): Promise<string> {
    this.#text ??= fetched(this.#addresses.worker).then((response) => response.text());
    this.#text.catch(() => (this.#text = null));
    return this.#text;
  }

  #module(build: Build): Promise<WebAssembly.Module> {
    let module = this.#modules.get(build);
    if (!module) {
      module = this.#bytes(build).then(compiled);
      this.#modules.set(build, module);
      module.catch(() => this.#modules.delete(build));
    }
    return module;
  }

  async #bytes(build: Build): Promise<Response> {
    const ahead = await this.#ahead.get(build)?.catch(() => null);
    if (!ahead) return fetched(this.#addresses[build]);
    this.#ahead.delete(build);
    return new Response(ahead, { headers: { "content-type": "application/wasm" } });
  }

  /** Gives what waits to those that are free, and hires for the rest. */
  #serve() {
    for (const seat of this.#seats) {
      const job = seat.isReady && seat.job === null ? this.#queue.shift() : undefined;
      if (!job) continue;
      seat.job = job;
      void this.#work(seat, job);
    }
    const coming = this.#seats.filter((seat) => !seat.isReady).length;
    const free = this.size - this.#seats.length;
    for (let i = 0; i < Math.min(free, this.#queue.length - coming); i++) this.#hire();
  }

  /** A seat whose worker is on its way; who is ready first is served first. */
  #hire() {
    const build = this.#build;
    const worker = { terminate() {} } as Worker;
    const seat: Seat = { worker, coming: Promise.resolve(), isReady: false, job: null };
    const isWanted = () => this.#seats.includes(seat);
    seat.coming = Promise.all([this.#script(), this.#module(build)]).then(async ([text, module]) => {
      if (!isWanted()) return;
      seat.worker = workerOf(text);
      await this.#ask(seat.worker, "load", { build, module }, null);
      seat.isReady = true;
      if (isWanted()) this.#serve();
    });
    seat.coming.catch((error) => {
      if (!isWanted()) return;
      this.#dismiss(seat);
      this.#queue.shift()?.reject(error);
      this.#serve();
    });
    this.#seats.push(seat);
  }

  #dismiss(seat: Seat) {
    seat.worker.terminate();
    this.#seats = this.#seats.filter((one) => one !== seat);
  }

  async #work(seat: Seat, job: Job) {
    try {
      await this.#ask(seat.worker, job.call, job.args, job.progress, job);
    } catch (error) {
      // A seat that was given up no longer decides about its job: another has it, or it was ended.
      if (!this.#seats.includes(seat)) return;
      const stopped =
        !(error instanceof DriftlineError) ||
        ["engine-stopped", "out-of-memory", "engine-missing", "LinkError", "CompileError"].includes(error.name);
      if (stopped) this.#dismiss(seat);
      job.reject(error);
    } finally {
      seat.job = null;
      this.#serve();
    }
  }

  /** Settled when the worker is free again; the job is resolved as soon as there is an answer. */
  #ask(worker: Worker, call: Call, args: unknown, progress: Progress | null, job?: Job): Promise<void> {
    const id = this.#next++;
    const parts: Record<string, unknown[]> = {};
    let late: ((later: Later) => void) | null = null;
    return new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<Answer>) => {
        if (data.id !== id) return;
        if (data.kind === "progress") progress?.(data.bytes, data.rows);
        else if (data.kind === "part") (parts[data.key] ??= []).push(...data.items);
        else if (data.kind === "result") {
          Object.assign((data.result as { document?: object } | null)?.document ?? {}, parts);
          if (data.more && job) {
            const later = new Promise<Later>((come, fail) => {
              late = come;
              job.reject = fail;
            });
            const [saved, inferred] = [later.then((it) => it.saved), later.then((it) => it.inferred)];
            for (const promise of [saved, inferred]) promise.catch(() => {});
            Object.assign(data.result as object, { saved, inferred });
          }
          if (job) job.answered = true;
          job?.resolve(data.result as never);
          if (!data.more) resolve();
        } else if (data.kind === "late") {
          late?.(data);
          resolve();
        } else reject(fromFailure(data.failure));
      };
      worker.onerror = (event) => {
        event.preventDefault();
        reject(fromFailure({ name: "Error", message: event.message, hint: null, trapped: true, memory: 0 }));
      };
      worker.postMessage({ id, call, args } as Request);
    });
  }
}
