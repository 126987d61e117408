// Other words on a comparison: what another tool would have said of the same two files, and what the columns say together. Answers
// are held as long as the report.
import { Asking } from "./asking";
import type { Compared, Word } from "./worker/protocol";

export type { Compared, Word };

export class Comparing extends Asking<Word> {
  /** The answers so far. */
  readonly told = new Map<Word, Compared>();

  /** Asks for a word. */
  async ask(word: Word): Promise<void> {
    if (this.asked === word || this.told.has(word)) return;
    const { current } = this.parts;
    await this.work(
      word,
      (session, told) =>
        session.ask(this.parts, this.options, word, ({ file, bytes }) => {
          // Rows are read once more behind the scan.
          if (file === current.name) told((0.5 * bytes) / Math.max(1, current.size));
        }),
      (compared) => this.told.set(word, compared),
    );
  }
}
