// What is kept of a file of a feed, so that the next one is held against it: its profile, and the marks of the intervals. Both are
// the files that the command line keeps in its folder.
import type { Engine } from "./engine";
import { MARKS, type Mark, type Marks } from "./folder";

export class Tomorrow {
  /** What the interval of the file is called. */
  readonly key: string;
  /** Its saved profile. */
  readonly profile: Promise<Uint8Array>;
  /** The file of marks; `null`: nothing was said. */
  readonly file: File | null;
  /** What was said, by interval. */
  readonly marks: ReadonlyMap<string, Mark>;
  #engine: Engine;

  constructor(engine: Engine, key: string, profile: Promise<Uint8Array>, marks: Marks | null) {
    this.#engine = engine;
    this.key = key;
    this.profile = profile;
    this.file = marks?.file ?? null;
    this.marks = marks?.of ?? new Map();
  }

  /** The same where this is said of an interval, or nothing any more. */
  async marked(key: string, mark: Mark | null): Promise<Tomorrow> {
    const engine = this.#engine.aside();
    try {
      const bytes = await engine.call("marked", { marks: this.file, interval: key, mark });
      const of = new Map(this.marks);
      if (mark) of.set(key, mark);
      else of.delete(key);
      const file = new File([bytes as BlobPart], MARKS, { type: "application/json" });
      return new Tomorrow(this.#engine, this.key, this.profile, { file, of });
    } finally {
      engine.end();
    }
  }
}
