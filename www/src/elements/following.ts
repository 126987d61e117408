// What an element hears of a drift that is looked into, as long as it is on the page.
import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Drifted } from "../drifted";

export class Following implements ReactiveController {
  #host: ReactiveControllerHost & { drifted: Drifted | null };
  #changed: () => void;
  #of: Drifted | null = null;

  constructor(host: ReactiveControllerHost & { drifted: Drifted | null }, changed: () => void = () => {}) {
    this.#host = host;
    this.#changed = () => {
      host.requestUpdate();
      changed();
    };
    host.addController(this);
  }

  hostConnected() {
    this.#of?.addEventListener("change", this.#changed);
  }

  hostDisconnected() {
    this.#of?.removeEventListener("change", this.#changed);
  }

  hostUpdate() {
    const { drifted } = this.#host;
    if (drifted === this.#of) return;
    this.hostDisconnected();
    this.#of = drifted ?? null;
    this.hostConnected();
  }
}
