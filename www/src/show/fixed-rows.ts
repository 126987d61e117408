// A Lit controller for a list that scrolls in a box of its own, with rows of one height: which of them to draw.
import type { LitElement, ReactiveController } from "lit";

/* Rows that are drawn above and below those in sight. */
const BEYOND = 6;

export class FixedRows implements ReactiveController {
  #host: LitElement;
  #box: () => Element | null;
  #height: () => number;
  #watched: Element | null = null;
  #watch = new ResizeObserver(() => this.#host.requestUpdate());
  #scroll = () => this.#host.requestUpdate();

  /** `box` is the element that scrolls, `height` a row's height in pixels. */
  constructor(host: LitElement, box: () => Element | null, height: () => number) {
    this.#host = host;
    this.#box = box;
    this.#height = height;
    host.addController(this);
  }

  hostUpdated() {
    const box = this.#box();
    if (box === this.#watched) return;
    this.#forget();
    this.#watched = box;
    if (!box) return;
    box.addEventListener("scroll", this.#scroll, { passive: true });
    this.#watch.observe(box);
    this.#host.requestUpdate();
  }

  hostDisconnected() {
    this.#forget();
  }

  #forget() {
    this.#watched?.removeEventListener("scroll", this.#scroll);
    this.#watch.disconnect();
    this.#watched = null;
  }

  /** The first row to draw of `count` and the one behind the last, with one that is always among them. */
  range(count: number): [number, number] {
    const box = this.#watched;
    if (!box) return [0, Math.min(count, 2 * BEYOND)];
    const height = this.#height();
    const first = Math.max(0, Math.floor(box.scrollTop / height) - BEYOND);
    return [Math.min(first, count), Math.min(count, first + Math.ceil(box.clientHeight / height) + 2 * BEYOND)];
  }

  /** How many rows fit into the box. */
  get page(): number {
    return Math.max(1, Math.floor((this.#watched?.clientHeight ?? 0) / this.#height()) - 1);
  }

  /** Scrolls a row into sight; `head` pixels at the top are covered. */
  show(index: number, head = 0) {
    const box = this.#watched;
    if (!box) return;
    const [top, height] = [index * this.#height(), this.#height()];
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + height + head > box.scrollTop + box.clientHeight) box.scrollTop = top + height + head - box.clientHeight;
  }
}
