// Rendering in slices, so that many elements at once never block the page: each does its update when its turn comes, and
// every few milliseconds the browser has one.
import type { LitElement } from "lit";

const SLICE = 8;
const queue: Array<() => void> = [];
const channel = new MessageChannel();
let pumping = false;
let printing = false;

addEventListener("beforeprint", () => (printing = true));
addEventListener("afterprint", () => (printing = false));

channel.port1.onmessage = () => {
  const until = performance.now() + SLICE;
  do queue.shift()?.();
  while (queue.length > 0 && performance.now() < until);
  pumping = queue.length > 0;
  if (pumping) channel.port2.postMessage(null);
};

function enqueue(work: () => void) {
  queue.push(work);
  if (pumping) return;
  pumping = true;
  channel.port2.postMessage(null);
}

type Element = abstract new (...args: any[]) => LitElement;

/** An element that updates in slices; with `once` only the first time, where later ones must not lag behind a scroll. */
export function sliced<Base extends Element>(base: Base, once = false): Base {
  abstract class Sliced extends base {
    protected override scheduleUpdate(): void | Promise<unknown> {
      if (printing || (once && this.hasUpdated)) return super.scheduleUpdate();
      return new Promise<void>((resolve) =>
        enqueue(() => {
          try {
            super.scheduleUpdate();
          } finally {
            resolve();
          }
        }),
      );
    }
  }
  return Sliced;
}
