// What is asked on the drift of a file that was reported on: where it is, and all of the incident. The answers are held as long as
// the report.
import { Asking } from "./asking";
import { isMetered } from "./engine";
import type { Segments } from "./report";
import type { Found } from "./worker/protocol";

export type { Found };

/** An incident with all of its forms. */
export type Incidental = Required<Found>;

/* Files that are together no larger are looked into without being asked to. */
const SMALL = 8_000_000;

export class Drifted extends Asking<"where" | "incident"> {
  /** Where the columns drifted, once that is known. */
  segments: Segments | null = null;
  /** The incident, once it is written. */
  incident: Incidental | null = null;

  override get lacksRows(): boolean {
    return this.saved || this.parts.reference === null;
  }

  /** Whether it takes so little that nobody has to ask. */
  get isSmall(): boolean {
    const { current, reference } = this.parts;
    return !isMetered() && current.size + (reference?.size ?? 0) <= SMALL;
  }

  /** Looks where the columns drifted, if that takes little, and nothing else was asked. */
  glance() {
    if (this.isSmall && !this.segments && this.asked === null && !this.fault) void this.look("where");
  }

  /** Looks where the columns drifted; with `incident` for all of it. */
  async look(asked: "where" | "incident"): Promise<void> {
    if (this.asked === asked || (asked === "where" ? this.segments : this.incident)) return;
    const whole = asked === "incident";
    const work = this.#work(whole);
    await this.work(
      asked,
      (session, told) =>
        session.look(this.parts, this.options, whole, (scanned, looked) => told((scanned + looked) / work)),
      (found) => {
        this.segments = found.segments;
        if (found.incident) this.incident = found as Incidental;
      },
    );
  }

  /** About how many bytes are read for it, those of the scan included. */
  #work(whole: boolean): number {
    const { current, reference } = this.parts;
    const before = this.lacksRows ? 0 : (reference?.size ?? 0);
    return Math.max(1, whole ? 6 * current.size + 3 * before : 3 * current.size + before);
  }
}
