// What is asked on a file that was reported on: the files are read again by an engine of their own, which ends when there is an
// answer. One thing is asked at a time; what comes next ends it.
import { fromError } from "./failure";
import type { Report } from "./report";
import type { Parts, Session } from "./session";
import { sentence } from "./show/words";
import type { EngineOptions } from "./worker/protocol";

/** A session on an engine of its own, and what ends it. */
export type Aside = () => { session: Session; end: () => void };
export type Options = Omit<EngineOptions, "workers">;

/* Work that is over before this is not shown: it would only flicker. */
const DELAY = 300;

/** Tells of `change`. */
export class Asking<Asked extends string> extends EventTarget {
  /** What is going on. */
  asked: Asked | null = null;
  /** How much of it is done, 0–1; `null`: nothing takes long. */
  share: number | null = null;
  /** Why there is no answer to what was asked last. */
  fault: { asked: Asked; words: string } | null = null;
  protected readonly parts: Parts;
  protected readonly options: Options;
  /** Whether the reference is a saved profile, or there is none. */
  protected readonly saved: boolean;
  readonly #aside: Aside;
  #end: (() => void) | null = null;

  constructor(parts: Parts, report: Report, aside: Aside, options: Options) {
    super();
    this.parts = parts;
    this.saved = report.reference?.saved ?? true;
    const { as_of } = report.driftline.options;
    this.options = as_of === null ? options : { ...options, as_of };
    this.#aside = aside;
  }

  /** Whether the rows of the reference are not at hand, so that some of it cannot be told. */
  get lacksRows(): boolean {
    return this.saved;
  }

  /** Works on what is asked; `told` is told which share is done, and `take` keeps the answer, if nothing else was asked meanwhile. */
  protected async work<Answer>(
    asked: Asked,
    answer: (session: Session, told: (share: number) => void) => Promise<Answer>,
    take: (answer: Answer) => void,
  ): Promise<void> {
    this.#end?.();
    const { session, end } = this.#aside();
    this.#end = end;
    const isStill = () => this.#end === end;
    this.#become({ asked, share: null, fault: null });
    const began = performance.now();
    const told = (share: number) => {
      if (!isStill() || performance.now() - began < DELAY) return;
      this.#become({ share: Math.max(this.share ?? 0, Math.min(0.99, share)) });
    };
    const late = setTimeout(() => isStill() && this.#become({ share: this.share ?? 0 }), DELAY);
    try {
      const found = await answer(session, told);
      if (!isStill()) return;
      take(found);
      this.#become({ asked: null, share: null });
    } catch (error) {
      if (!isStill()) return;
      const { message, hint } = fromError(error as Error);
      const words = sentence([message, hint].filter(Boolean).join("; "));
      this.#become({ fault: { asked, words }, asked: null, share: null });
    } finally {
      clearTimeout(late);
      if (isStill()) this.#end = null;
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

  #become(now: Partial<Pick<this, "asked" | "share" | "fault">>) {
    Object.assign(this, now);
    this.dispatchEvent(new Event("change"));
  }
}
