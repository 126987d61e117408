// Files that arrive on the page from outside: dropped anywhere on the window, or pasted. A controller of the app.
import type { ReactiveController, ReactiveControllerHost } from "lit";
import { filesIn } from "./folders";

/** What to do with what arrives. */
export interface Receiver {
  files(files: File[]): void;
  /** A folder that has no files, too many, or cannot be read. */
  folder(): void;
}

export class Arrivals implements ReactiveController {
  /** Whether files are being dragged over the window. */
  dragging = false;
  #host: ReactiveControllerHost;
  #receiver: Receiver;
  #listeners: Record<string, (event: never) => void> = {
    dragenter: (event: DragEvent) => this.#over(event),
    dragover: (event: DragEvent) => this.#over(event),
    dragleave: (event: DragEvent) => event.relatedTarget === null && this.#drag(false),
    drop: (event: DragEvent) => this.#drop(event),
    paste: (event: ClipboardEvent) => this.#take([...(event.clipboardData?.files ?? [])]),
  };

  constructor(host: ReactiveControllerHost, receiver: Receiver) {
    this.#host = host;
    this.#receiver = receiver;
    host.addController(this);
  }

  hostConnected() {
    for (const [type, listener] of Object.entries(this.#listeners)) addEventListener(type, listener as EventListener);
  }

  hostDisconnected() {
    for (const [type, listener] of Object.entries(this.#listeners))
      removeEventListener(type, listener as EventListener);
  }

  #drag(dragging: boolean) {
    if (dragging === this.dragging) return;
    this.dragging = dragging;
    this.#host.requestUpdate();
  }

  #over(event: DragEvent) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    this.#drag(true);
  }

  #drop(event: DragEvent) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.#drag(false);
    const items = [...event.dataTransfer.items].filter((item) => item.kind === "file");
    void filesIn(items).then((files) => (files && files.length > 0 ? this.#take(files) : this.#receiver.folder()));
  }

  #take(files: File[]) {
    if (files.length > 0) this.#receiver.files(files);
  }
}
