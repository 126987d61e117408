// How a model does on the file that was reported on: estimated, and realised where targets are there. Both files are read again
// by an engine of their own, which ends when there is an answer.
import { Comparing } from "./comparing";
import { fromError } from "./failure";
import type { Report } from "./report";
import type { Parts, Progress, Session } from "./session";
import { sentence } from "./show/words";
import type { Ask, EngineOptions, Told } from "./worker/protocol";

export type { Ask, Told };

/* Work that is over before this is not shown: it would only flicker. */
const DELAY = 300;

/** Tells of `change`. */
export class Performing extends EventTarget {
  /** The answer to what was asked last, once it is there. */
  told: Told | null = null;
  working = false;
  /** How much of it is done, 0–1; `null`: nothing takes long. */
  share: number | null = null;
  /** Why there is no answer. */
  fault: string | null = null;
  /** Whether the reference has no rows to learn from. */
  readonly lacksRows: boolean;
  /** Other words on the comparison; `null`: the file is one of a feed, which no other tool knows. */
  readonly comparing: Comparing | null;
  #parts: Parts;
  #options: Omit<EngineOptions, "workers">;
  #aside: () => { session: Session; end: () => void };
  #end: (() => void) | null = null;

  constructor(
    parts: Parts,
    report: Report,
    aside: () => { session: Session; end: () => void },
    options: Omit<EngineOptions, "workers">,
  ) {
    super();
    this.#parts = parts;
    this.lacksRows = report.reference?.saved ?? true;
    this.#options = options;
    this.#aside = aside;
    this.comparing = parts.earlier.length === 0 ? new Comparing(parts, report, aside, options) : null;
  }

  /** Estimates. */
  async ask(ask: Ask): Promise<void> {
    this.#end?.();
    const { session, end } = this.#aside();
    this.#end = end;
    this.#become({ working: true, share: null, fault: null });
    const size = Math.max(1, this.#parts.current.size);
    const began = performance.now();
    const progress = ({ file, bytes }: Progress) => {
      if (this.#end !== end || file !== this.#parts.current.name || performance.now() - began < DELAY) return;
      // The cells of some columns are read once more behind the scan.
      this.#become({ share: Math.min(0.99, (0.6 * bytes) / size) });
    };
    const late = setTimeout(() => this.#end === end && this.#become({ share: this.share ?? 0 }), DELAY);
    try {
      const told = await session.ask(this.#parts, this.#options, ask, progress);
      if (this.#end === end) this.#become({ told, working: false, share: null });
    } catch (error) {
      const { message, hint } = fromError(error as Error);
      const fault = sentence([message, hint].filter(Boolean).join("; "));
      if (this.#end === end) this.#become({ fault, working: false, share: null });
    } finally {
      clearTimeout(late);
      if (this.#end === end) this.#end = null;
      end();
    }
  }

  /** Ends what is going on. */
  cancel() {
    const end = this.#end;
    this.#end = null;
    end?.();
    if (this.working) this.#become({ working: false, share: null });
  }

  #become(now: Partial<Pick<Performing, "told" | "working" | "share" | "fault">>) {
    Object.assign(this, now);
    this.dispatchEvent(new Event("change"));
  }
}
