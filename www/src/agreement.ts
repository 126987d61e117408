// The contract as the page has it: its text, what the file keeps, and what there was before it was changed here.
import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Amending } from "./amending";
import { brokenOf, type Broken } from "./broken";
import type { DriftlineError } from "./failure";
import type { Chosen } from "./intake/parts";
import type { Outcome } from "./session";
import { sentence } from "./show/words";

/** What the page knows of the contract. */
export interface Terms {
  /** Its file name; `null`: there is none. */
  name: string | null;
  /** Its text, as soon as it is read. */
  text: string | null;
  /** The contract that the file keeps. */
  inferred: Promise<string | null> | null;
  /** Changes its text; `null`: nobody can. */
  amending: Amending | null;
  /** Why a changed text could not be checked. */
  mistake: string | null;
  /** Why the file is not checked against it; `null`: it is. */
  broken: Broken | null;
}

/** The media type of a contract, by its file name. */
export function typeOf(name: string): string {
  return name.toLowerCase().endsWith(".json") ? "application/json" : "application/yaml";
}

/** What the page shows, and of which files. */
interface Shown {
  files: Chosen[];
  outcome: Outcome | null;
}

export class Agreement implements ReactiveController {
  #host: ReactiveControllerHost;
  #terms: Terms | null = null;
  #before: Shown | null = null;
  /** The contract that was written here last. */
  #written: { file: File; text: string } | null = null;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected() {}

  /** The contract, as far as it is known. */
  get terms(): Terms | null {
    return this.#terms;
  }

  #become(terms: Terms) {
    this.#terms = terms;
    this.#host.requestUpdate();
  }

  /** The files with a contract that was written here; what there is now stays, should it have a mistake. */
  changed(now: Shown, name: string, text: string): Chosen[] {
    this.#before = now;
    const file = new File([text], name, { type: typeOf(name) });
    this.#written = { file, text };
    const others = now.files.filter(({ role }) => role !== "contract");
    return [...others, { file, role: "contract", table: null, why: "it was written here" }];
  }

  /** Whether a change is being tried. */
  get trying(): boolean {
    return this.#before !== null;
  }

  /** The change was tried. */
  tried() {
    this.#before = null;
  }

  /** Reads the text of the contract that an outcome is of, for whoever wants to change it. */
  async read({ inferred, amending, broken: all }: Outcome, file: File | null) {
    // What was written here is there at once, so that whoever shows it keeps where they are.
    const broken = brokenOf(all, "contract");
    const written = this.#written?.file === file ? this.#written.text : (broken?.text ?? null);
    const terms: Terms = { name: file?.name ?? null, text: written, inferred, amending, mistake: null, broken };
    this.#become(terms);
    if (written !== null || broken) return;
    const text = await file?.text().catch(() => null);
    if (text && this.#terms === terms) this.#become({ ...terms, text });
  }

  /** What there was before the change that failed, and why it did; `null`: nothing was changed here. */
  refused(error: DriftlineError): (Shown & { mistake: string }) | null {
    if (!this.#before?.outcome || !this.#terms) return null;
    const mistake = [error.message, error.hint && sentence(error.hint)].filter(Boolean).join("\n");
    this.#become({ ...this.#terms, mistake });
    return { ...this.#before, mistake };
  }
}
