// What is asked on the drift of a file that was reported on: where it is, and all of the incident. Both files are read again by
// an engine of their own, which ends when there is an answer; the answers are held as long as the report.
import { isMetered } from "./engine";
import type { DriftlineError } from "./failure";
import { fromError } from "./failure";
import type { Report, Segments } from "./report";
import type { Parts, Session } from "./session";
import { sentence } from "./show/words";
import type { EngineOptions, Found } from "./worker/protocol";

export type { Found };

/** An incident with all of its forms. */
export type Incidental = Required<Found>;

/* Files that are together no larger are looked into without being asked to. */
const SMALL = 8_000_000;
/* Work that is over before this is not shown: it would only flicker. */
const DELAY = 300;

/** Tells of `change`. */
export class Drifted extends EventTarget {
  /** Where the columns drifted, once that is known. */
  segments: Segments | null = null;
  /** The incident, once it is written. */
  incident: Incidental | null = null;
  /** What is going on: where, or all of it. */
  asked: "where" | "incident" | null = null;
  /** How much of it is done, 0–1; `null`: nothing takes long. */
  share: number | null = null;
  /** Why there is no answer to what was asked last. */
  fault: { asked: "where" | "incident"; words: string } | null = null;
  #parts: Parts;
  #saved: boolean;
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
    this.#saved = report.reference?.saved ?? true;
    const { as_of } = report.driftline.options;
    this.#options = as_of === null ? options : { ...options, as_of };
    this.#aside = aside;
  }

  /** Whether the rows of the reference are not at hand, so that some of it cannot be told. */
  get lacksRows(): boolean {
    return this.#saved || this.#parts.reference === null;
  }

  /** Whether it takes so little that nobody has to ask. */
  get isSmall(): boolean {
    const { current, reference } = this.#parts;
    return !isMetered() && current.size + (reference?.size ?? 0) <= SMALL;
  }

  /** Looks where the columns drifted, if that takes little, and nothing else was asked. */
  glance() {
    if (this.isSmall && !this.segments && this.asked === null && !this.fault) void this.look("where");
  }

  /** Looks where the columns drifted; with `incident` for all of it. */
  async look(asked: "where" | "incident"): Promise<void> {
    if (this.asked === asked || (asked === "where" ? this.segments : this.incident)) return;
    this.#end?.();
    const { session, end } = this.#aside();
    this.#end = end;
    this.#become({ asked, share: null, fault: null });
    const began = performance.now();
    const work = this.#work(asked === "incident");
    const told = (scanned: number, looked: number) => {
      if (this.#end !== end || performance.now() - began < DELAY) return;
      this.#become({ share: Math.max(this.share ?? 0, Math.min(0.99, (scanned + looked) / work)) });
    };
    const late = setTimeout(() => told(0, 0), DELAY);
    try {
      const found = await session.look(this.#parts, this.#options, asked === "incident", told);
      if (this.#end !== end) return;
      const incident = found.incident ? (found as Incidental) : this.incident;
      this.#become({ segments: found.segments, incident, asked: null, share: null });
    } catch (error) {
      if (this.#end !== end) return;
      this.#become({ fault: { asked, words: wordsOf(fromError(error as Error)) }, asked: null, share: null });
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

  /** About how many bytes are read for it, those of the scan included. */
  #work(whole: boolean): number {
    const { current, reference } = this.#parts;
    const before = this.lacksRows ? 0 : (reference?.size ?? 0);
    return Math.max(1, whole ? 6 * current.size + 3 * before : 3 * current.size + before);
  }

  #become(now: Partial<Pick<Drifted, "segments" | "incident" | "asked" | "share" | "fault">>) {
    Object.assign(this, now);
    this.dispatchEvent(new Event("change"));
  }
}

function wordsOf({ message, hint }: DriftlineError): string {
  return sentence([message, hint].filter(Boolean).join("; "));
}
