// What a screen reader hears: results at once, progress at most every five seconds.

const PAUSE = 5000;

export class Announcer {
  #tell: (text: string) => void;
  #last = -Infinity;

  constructor(tell: (text: string) => void) {
    this.#tell = tell;
  }

  /** Says it now. */
  say(text: string) {
    this.#last = performance.now();
    this.#tell(text);
  }

  /** Says it, unless something was said in the last five seconds. */
  sometimes(text: string) {
    if (performance.now() - this.#last >= PAUSE) this.say(text);
  }
}
