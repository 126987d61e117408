// `<driftline-contract>`: the contract's text to read, change, check again and keep; where there is none, what the file
// keeps now to start from. The editor is fetched when it is opened.
import { LitElement, css, html, nothing, type PropertyValues } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { live } from "lit/directives/live.js";
import { typeOf, type Terms } from "../agreement";
import type { Mistake } from "../amending";
import { trouble, type Broken } from "../broken";
import { plainText } from "../show/data-text";
import { download, stem } from "../show/download";
import { glyph } from "../show/glyph";
import { plural } from "../show/number";
import { sentence } from "../show/words";
import { base } from "../styles/base";
import type { DriftlineEditor } from "./editor";
import { mistakeList, mistakesStyles } from "./mistakes";
import "./review";

export class DriftlineContract extends LitElement {
  static override properties = {
    terms: { attribute: false },
    file: { attribute: false },
    draft: { state: true },
    found: { state: true },
    open: { state: true },
    mistakes: { state: true },
    whole: { state: true },
    refused: { state: true },
    editor: { state: true },
  };
  static override styles = [
    base,
    mistakesStyles,
    css`
      .none,
      .editor {
        display: grid;
        gap: 12px;
        padding: 18px 20px;
        border: 1px solid var(--dl-line);
        border-radius: var(--dl-radius);
        background: var(--dl-surface);
        box-shadow: var(--dl-shadow);
      }
      .none p {
        max-width: 68ch;
        color: var(--dl-ink-2);
      }
      .text {
        container-type: inline-size;
      }
      .sides {
        display: grid;
        grid-template-columns: minmax(0, 3fr) minmax(260px, 2fr);
        gap: 16px;
      }
      .side {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        align-content: start;
        gap: 10px;
      }
      @container (max-width: 760px) {
        .sides {
          grid-template-columns: minmax(0, 1fr);
        }
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
      }
      details {
        margin-top: 24px;
      }
      summary {
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      .name {
        color: var(--dl-ink-2);
        font-weight: 400;
      }
      details .editor {
        margin-top: 10px;
      }
      .pending {
        display: grid;
        place-content: center;
        height: min(60vh, 36rem);
        padding: 16px;
        border: 1px solid var(--dl-line);
        border-radius: 8px;
        background: var(--dl-sunken);
        color: var(--dl-ink-2);
        text-align: center;
      }
      .mistake {
        display: flex;
        gap: 8px;
        color: var(--dl-critical);
        overflow-wrap: anywhere;
        white-space: pre-line;
      }
    `,
  ];

  declare terms: Terms | undefined;
  /** The data file's name. */
  declare file: string;
  /** The text as it was changed; `null`: it was not. */
  declare draft: string | null;
  /** What was inferred; `undefined`: not yet. */
  declare found: string | null | undefined;
  /** Whether the text of a contract is unfolded; it stays so from check to check. */
  declare open: boolean;
  /** What is wrong with the text, as far as it was looked at. */
  declare mistakes: Mistake[];
  /** Whether all of them are listed. */
  declare whole: boolean;
  /** The text that could not be checked. */
  declare refused: string | null;
  /** Whether the editor is here; `null`: it was not asked for. */
  declare editor: "coming" | "here" | "missing" | null;
  /** What the contract was before the editor was here, oldest first. */
  #past: string[] = [];
  /** The text whose check was asked for here. */
  #asked: string | null = null;

  constructor() {
    super();
    Object.assign(this, { file: "", draft: null, open: false, mistakes: [], whole: false, refused: null, editor: null });
  }

  override willUpdate(changed: PropertyValues<this>) {
    if (!changed.has("terms")) return;
    const before = changed.get("terms") as Terms | undefined;
    const { terms } = this;
    if (terms?.name !== before?.name && before?.name) this.#past = [];
    else if (this.editor === null && before?.text && terms?.text && terms.text !== before.text) this.#past.push(before.text);
    if (terms?.mistake && terms.mistake !== before?.mistake) this.refused = this.#asked;
    // What was checked without a mistake is the contract now; what was written meanwhile stays.
    const isAhead = terms?.text === this.#asked && this.draft !== this.#asked;
    if (terms?.text !== before?.text && !terms?.mistake && !isAhead) Object.assign(this, { draft: null, mistakes: [] });
    // One that was not written here is looked at in the editor; what is wrong with it is known already.
    if (terms?.broken && terms.broken !== before?.broken && terms.text !== null) {
      this.mistakes = terms.broken.mistakes;
      void this.#unfold();
    }
    if (terms?.inferred === before?.inferred) return;
    this.found = undefined;
    const { inferred } = terms ?? {};
    const came = (found: string | null) => {
      if (this.terms?.inferred === inferred) this.found = found;
    };
    inferred?.then(came, () => came(null));
  }

  override updated(changed: PropertyValues<this>) {
    const mistake = this.terms?.mistake;
    const before = (changed.get("terms") as Terms | undefined)?.mistake;
    if (changed.has("terms") && mistake && mistake !== before && this.draft === this.refused) this.#turnTo(mistake);
  }

  /** Puts the cursor where a message says that a mistake is. */
  #turnTo(mistake: string) {
    const at = /line (\d+), column (\d+)/.exec(mistake);
    if (at) this.#cursor(Number(at[1]), Number(at[2]));
  }

  /** Puts the cursor at a line and column, from 1. */
  #cursor(line: number, column: number) {
    void this.renderRoot.querySelector<DriftlineEditor>("driftline-editor")?.go(line, column);
  }

  /** Goes to the first mistake of a contract that has some. */
  async mend() {
    await this.#unfold();
    await this.updateComplete;
    const [first] = this.mistakes;
    if (first) this.#cursor(first.line, first.column);
  }

  /** Unfolds the text and sees to it that there is an editor for it. */
  async #unfold() {
    this.open = true;
    if (this.editor === "coming" || this.editor === "here") return;
    this.editor = "coming";
    try {
      await import("./editor");
      this.editor = "here";
    } catch {
      this.editor = "missing";
    }
  }

  get #name(): string {
    return this.terms?.name ?? `${stem(this.file, "table")}.odcs.yaml`;
  }

  #check(text: string) {
    this.#asked = text;
    const detail = { name: this.#name, text };
    this.dispatchEvent(new CustomEvent("driftline:terms", { detail, bubbles: true, composed: true }));
  }

  async #start(text: string) {
    this.draft = text;
    await this.#unfold();
    await this.updateComplete;
    this.#cursor(1, 1);
  }

  /** Starts from what the file keeps, once that is known. */
  async infer() {
    const found = this.found ?? (await this.terms?.inferred?.catch(() => null));
    if (found && this.terms?.text === null && this.draft === null) await this.#start(found);
  }

  #none() {
    const { found } = this;
    return html`<section class="none">
      <h2>There is no contract yet</h2>
      <p>
        A contract says what every file of this kind has to keep: its columns and their types, keys, ranges and values.
        Start from what this file keeps now, correct it, and check the next file against it.
      </p>
      ${found === null ? html`<p>A file without rows says nothing about others, so there is nothing to start from.</p>` : ""}
      <p class="buttons">
        <button id="infer" class="primary" ?disabled=${!found} @click=${() => this.infer()}>
          Infer a contract
        </button>
        <button
          @click=${() =>
            this.dispatchEvent(new CustomEvent("driftline:add", { detail: "contract", bubbles: true, composed: true }))}
        >
          Add a contract
        </button>
      </p>
    </section>`;
  }

  #unusable(broken: Broken) {
    return html`<section class="none">
      <h2>The contract cannot be used</h2>
      <p>${trouble(broken)}</p>
      <p class="buttons">
        <button
          class="primary"
          @click=${() => this.dispatchEvent(new CustomEvent("driftline:add", { detail: "contract", bubbles: true, composed: true }))}
        >
          Choose another contract
        </button>
      </p>
    </section>`;
  }

  #text(text: string) {
    if (this.editor === "missing")
      return html`<p class="pending" role="alert">
        The editor could not be loaded. Reload the page, or save the contract, change it elsewhere and add it again.
      </p>`;
    if (this.editor !== "here") return html`<div class="pending" aria-busy="true">Loading the editor</div>`;
    return keyed(
      this.#name,
      html`<driftline-editor
        .name=${this.#name}
        .text=${text}
        .past=${this.#past}
        .amending=${this.terms?.amending ?? null}
        @driftline:edited=${(e: CustomEvent<string>) => (this.draft = e.detail)}
        @driftline:mistakes=${(e: CustomEvent<Mistake[]>) => (this.mistakes = e.detail)}
        @driftline:check=${(e: CustomEvent<string>) => e.detail !== this.terms?.text && this.#check(e.detail)}
      ></driftline-editor>`,
    );
  }

  #mistakes() {
    const { mistakes } = this;
    const refusal = this.refused !== null && this.refused === this.draft ? this.terms?.mistake : null;
    if (mistakes.length === 0)
      return refusal
        ? html`<p class="mistake" role="alert">${glyph("critical")}<span>${sentence(plainText(refusal, 800))}</span></p>`
        : "";
    const words = `The contract has ${plural(mistakes.length, "mistake")}.`;
    return html`<div class="mistakes">
      ${
        refusal || (this.terms?.broken && this.draft === null)
          ? html`<p class="mistake" role=${refusal ? "alert" : nothing}>${glyph("critical")}<span>The file was not checked. ${words}</span></p>`
          : html`<p class="mistake">${glyph("critical")}<span>${words}</span></p>`
      }
      ${mistakeList(mistakes, this.whole, ({ line, column }) => this.#cursor(line, column), () => (this.whole = !this.whole))}
    </div>`;
  }

  #editor(text: string) {
    const { terms } = this;
    const isNew = terms?.name === null;
    const isChanged = this.draft !== null && this.draft !== terms?.text;
    return html`<section class="editor">
      <div class="text"><div class="sides">
        <div class="side">${this.#text(text)}<div role="status">${this.#mistakes()}</div></div>
        <driftline-review
          .text=${text}
          .amending=${terms?.amending ?? null}
          @driftline:line=${(e: CustomEvent<number>) => this.#cursor(e.detail, 1)}
          @driftline:amended=${(e: CustomEvent<string>) => (this.draft = e.detail)}
        ></driftline-review>
      </div></div>
      <p class="buttons">
        <button id="check" class="primary" ?disabled=${!isChanged} @click=${() => this.#check(text)}>
          Check the file
        </button>
        <button id="save-contract" @click=${() => download(text, this.#name, typeOf(this.#name))}>Save the contract</button>
        ${
          isChanged
            ? html`<button class="quiet" @click=${() => (this.draft = null)}>
                ${isNew ? "Discard" : "Discard the changes"}
              </button>`
            : ""
        }
      </p>
    </section>`;
  }

  override render() {
    const { terms } = this;
    if (!terms) return html``;
    const text = this.draft ?? terms.text;
    if (text === null) return terms.name === null ? this.#none() : terms.broken ? this.#unusable(terms.broken) : html``;
    return html`<details
      .open=${live(this.open)}
      @toggle=${(e: Event) => ((e.target as HTMLDetailsElement).open ? this.#unfold() : (this.open = false))}
    >
      <summary>${terms.name === null ? "The contract, as the file keeps it now" : html`Change the contract <span class="name">${plainText(this.#name, 80)}</span>`}</summary>
      ${this.open || this.editor === "here" ? this.#editor(text) : ""}
    </details>`;
  }
}

customElements.define("driftline-contract", DriftlineContract);
