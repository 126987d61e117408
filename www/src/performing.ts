// How a model does on the file that was reported on: estimated, and realised where targets are there.
import { Asking, type Aside, type Options } from "./asking";
import { Comparing } from "./comparing";
import type { Report } from "./report";
import type { Parts } from "./session";
import type { Ask, Told } from "./worker/protocol";

export type { Ask, Told };

export class Performing extends Asking<"performance"> {
  /** The answer to what was asked last, once it is there. */
  told: Told | null = null;
  /** Other words on the comparison; `null`: the file is one of a feed, which no other tool knows. */
  readonly comparing: Comparing | null;

  constructor(parts: Parts, report: Report, aside: Aside, options: Options) {
    super(parts, report, aside, options);
    this.comparing = parts.earlier.length === 0 ? new Comparing(parts, report, aside, options) : null;
  }

  /** Estimates. */
  async ask(ask: Ask): Promise<void> {
    const { current } = this.parts;
    await this.work(
      "performance",
      (session, told) =>
        session.ask(this.parts, this.options, ask, ({ file, bytes }) => {
          // The cells of some columns are read once more behind the scan.
          if (file === current.name) told((0.6 * bytes) / Math.max(1, current.size));
        }),
      (told) => (this.told = told),
    );
  }
}
