// Other words on a comparison: what another tool would have said of the same two files, and what the columns say together. Both
// files are read again by an engine of their own, which ends when there is an answer; answers are held as long as the report.
import { fromError } from "./failure";
import type { Report } from "./report";
import type { Parts, Progress, Session } from "./session";
import { sentence } from "./show/words";
import type { Compared, EngineOptions, Word } from "./worker/protocol";

export type { Compared, Word };

/* Work that is over before this is not shown: it would only flicker. */
const DELAY = 300;

/** Tells of `change`. */
export class Comparing extends EventTarget {
  /** The answers so far. */
  readonly told = new Map<Word, Compared>();
  /** What is going on. */
  asked: Word | null = null;
  /** How much of it is done, 0–1; `null`: nothing takes long. */
  share: number | null = null;
  /** Why there is no answer to what was asked last. */
  fault: { asked: Word; words: string } | null = null;
  /** Whether the rows of the reference are not at hand. */
  readonly lacksRows: boolean;
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
    const { as_of } = report.driftline.options;
    this.#options = as_of === null ? options : { ...options, as_of };
    this.#aside = aside;
  }

  /** Asks for a word. */
  async ask(word: Word): Promise<void> {
    if (this.asked === word || this.told.has(word)) return;
    this.#end?.();
    const { session, end } = this.#aside();
    this.#end = end;
    this.#become({ asked: word, share: null, fault: null });
    const { current } = this.#parts;
    const began = performance.now();
    const progress = ({ file, bytes }: Progress) => {
      if (this.#end !== end || file !== current.name || performance.now() - began < DELAY) return;
      // Rows are read once more behind the scan.
      this.#become({ share: Math.min(0.99, (0.5 * bytes) / Math.max(1, current.size)) });
    };
    const late = setTimeout(() => this.#end === end && this.#become({ share: this.share ?? 0 }), DELAY);
    try {
      const told = await session.ask(this.#parts, this.#options, word, progress);
      if (this.#end !== end) return;
      this.told.set(word, told);
      this.#become({ asked: null, share: null });
    } catch (error) {
      if (this.#end !== end) return;
      const { message, hint } = fromError(error as Error);
      const words = sentence([message, hint].filter(Boolean).join("; "));
      this.#become({ fault: { asked: word, words }, asked: null, share: null });
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
    if (this.asked !== null) this.#become({ asked: null, share: null });
  }

  #become(now: Partial<Pick<Comparing, "asked" | "share" | "fault">>) {
    Object.assign(this, now);
    this.dispatchEvent(new Event("change"));
  }
}
