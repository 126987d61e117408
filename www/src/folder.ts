// The folder of a feed as the page has it: the profiles of its intervals, and the file of what a person has said of them.
import type { Engine } from "./engine";
import { DriftlineError, unreadable } from "./failure";
import { sentence } from "./show/words";
import type { Mark } from "./worker/protocol";

export type { Mark };

/** The name of the file of marks, which a folder of the command line has. */
export const MARKS = "history.json";
/* The engine reads no larger one. */
const BYTES = 16 * 1024 * 1024;

/** A file of marks that was read. */
export interface Marks {
  file: File;
  of: ReadonlyMap<string, Mark>;
}

/** Reads what is in a folder; what it has read of a file it knows. */
export class Folder {
  #engine: Engine;
  #known = new WeakMap<File, Marks | string>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** What a file of marks says; `null`: it cannot be used, and why is told. */
  async marks(file: File | null, aside: ((file: File, why: string) => void) | undefined): Promise<Marks | null> {
    if (!file) return null;
    const known = this.#known.get(file) ?? (await this.#read(file));
    this.#known.set(file, known);
    if (typeof known === "string") aside?.(file, known);
    return typeof known === "string" ? null : known;
  }

  async #read(file: File): Promise<Marks | string> {
    if (file.size > BYTES) return `It is larger than ${BYTES} bytes.`;
    try {
      // The command line may write it anew while the page has it.
      const copy = new File([await file.arrayBuffer()], MARKS, { type: "application/json" });
      return { file: copy, of: new Map(await this.#engine.call("marksOf", { marks: copy })) };
    } catch (error) {
      if (!(error instanceof DriftlineError)) return sentence(unreadable(file).message);
      if (error.name === "cancelled") throw error;
      return sentence(error.message);
    }
  }

  /** A feed of these profiles. An error knows which file it is about. */
  async feed(files: File[], marks: Marks | null): Promise<Uint8Array> {
    try {
      return await this.#engine.call("folder", { files, marks: marks?.file ?? null });
    } catch (error) {
      if (error instanceof DriftlineError) {
        const { message } = error;
        error.file = files.find(({ name }) => message.includes(JSON.stringify(name).slice(1))) ?? null;
      }
      throw error;
    }
  }
}
