// The text of a contract on a file: the rules that it writes out, its mistakes, and changes to one of its rules.
import type { Engine } from "./engine";
import type { Change, Mistake, Written } from "./worker/protocol";

export type { Change, Mistake, Written };

export class Amending {
  #engine: Engine;
  #file: string;

  /** Of a contract that a file of this name is held against. */
  constructor(engine: Engine, file: string) {
    this.#engine = engine;
    this.#file = file;
  }

  /** The rules, in the order of the text. */
  rules(text: string): Promise<Written[]> {
    this.#engine.use("contract");
    return this.#engine.call("writtenRules", { text, file: this.#file });
  }

  /** All its mistakes, in the order of the text. */
  mistakes(text: string): Promise<Mistake[]> {
    this.#engine.use("contract");
    return this.#engine.call("mistakes", { text });
  }

  /** The text with one change to a rule; all else stays as it is. */
  change(text: string, { column, rule, nth }: Written, change: Change): Promise<string> {
    this.#engine.use("contract");
    return this.#engine.call("amend", { text, file: this.#file, rule: { column, rule, nth }, change });
  }
}

/** Lines of a text that differ from another's, with some around them. */
export interface Difference {
  /** The first line shown, from 1. */
  line: number;
  before: string[];
  went: string[];
  came: string[];
  after: string[];
}

/** What a change did to a text. */
export function difference(old: string, changed: string, around = 2): Difference {
  const [a, b] = [old.split(/\r?\n/), changed.split(/\r?\n/)];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  return {
    line: Math.max(0, start - around) + 1,
    before: a.slice(Math.max(0, start - around), start),
    went: a.slice(start, a.length - end),
    came: b.slice(start, b.length - end),
    after: a.slice(a.length - end, a.length - end + around),
  };
}
