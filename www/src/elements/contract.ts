// `<driftline-contract>`: the contract's text to read, change, check again and keep; where there is none, what the file
// keeps now to start from.
import { LitElement, css, html, type PropertyValues } from "lit";
import { live } from "lit/directives/live.js";
import type { Terms } from "../agreement";
import { plainText } from "../show/data-text";
import { download, stem } from "../show/download";
import { glyph } from "../show/glyph";
import { sentence } from "../show/words";
import { base } from "../styles/base";
import "./review";

export class DriftlineContract extends LitElement {
  static override properties = {
    terms: { attribute: false },
    file: { attribute: false },
    draft: { state: true },
    found: { state: true },
    open: { state: true },
  };
  static override styles = [
    base,
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
      }
      details .editor {
        margin-top: 10px;
      }
      label {
        font-size: 0.8125rem;
        font-weight: 650;
        color: var(--dl-ink-2);
        overflow-wrap: anywhere;
      }
      textarea {
        width: 100%;
        min-height: min(60vh, 36rem);
        padding: 12px 14px;
        border: 1px solid var(--dl-line-strong);
        border-radius: 8px;
        background: var(--dl-sunken);
        color: var(--dl-ink);
        font: 0.8125rem/1.55 var(--dl-mono);
        tab-size: 2;
        white-space: pre;
        resize: vertical;
      }
      .mistake {
        display: flex;
        gap: 8px;
        color: var(--dl-critical);
        overflow-wrap: anywhere;
        white-space: pre-line;
      }
      .keys {
        color: var(--dl-ink-3);
        font-size: 0.8125rem;
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

  constructor() {
    super();
    this.file = "";
    this.draft = null;
    this.open = false;
  }

  override willUpdate(changed: PropertyValues<this>) {
    if (!changed.has("terms")) return;
    const before = changed.get("terms") as Terms | undefined;
    const { terms } = this;
    // What was checked without a mistake is the contract now.
    if (terms?.text !== before?.text && !terms?.mistake) this.draft = null;
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
    if (changed.has("terms") && mistake && mistake !== before) this.#turnTo(mistake);
  }

  /** Puts the cursor where a message says that a mistake is. */
  #turnTo(mistake: string) {
    const at = /line (\d+), column (\d+)/.exec(mistake);
    if (at) this.#cursor(Number(at[1]), Number(at[2]));
  }

  /** Puts the cursor at a line and column, from 1. */
  #cursor(of: number, column: number) {
    const area = this.renderRoot.querySelector("textarea");
    if (!area) return;
    const lines = area.value.split("\n");
    const line = Math.min(of, lines.length) - 1;
    const start = lines.slice(0, line).reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
    area.focus();
    area.setSelectionRange(start, start);
    area.scrollTop = Math.max(0, (line - 4) * Number.parseFloat(getComputedStyle(area).lineHeight));
  }

  get #name(): string {
    return this.terms?.name ?? `${stem(this.file, "table")}.odcs.yaml`;
  }

  #check(text: string) {
    const detail = { name: this.#name, text };
    this.dispatchEvent(new CustomEvent("driftline:terms", { detail, bubbles: true, composed: true }));
  }

  async #start(text: string) {
    Object.assign(this, { draft: text, open: true });
    await this.updateComplete;
    const area = this.renderRoot.querySelector("textarea");
    area?.focus();
    area?.setSelectionRange(0, 0);
    area?.scrollTo(0, 0);
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
        <button id="infer" class="primary" ?disabled=${!found} @click=${() => found && this.#start(found)}>
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

  #editor(text: string) {
    const { terms } = this;
    const isNew = terms?.name === null;
    const isChanged = this.draft !== null && this.draft !== terms?.text;
    return html`<section class="editor">
      <label for="text">${isNew ? "The contract, as the file keeps it now" : plainText(this.#name)}</label>
      <div class="text"><div class="sides">
      <textarea
        id="text"
        spellcheck="false"
        autocapitalize="off"
        autocomplete="off"
        wrap="off"
        aria-describedby="keys"
        .value=${live(text)}
        @input=${(e: Event) => (this.draft = (e.target as HTMLTextAreaElement).value)}
        @keydown=${(e: KeyboardEvent) => {
          if (e.key === "Enter" && (e.ctrlKey || e.metaKey) && isChanged) this.#check(text);
        }}
      ></textarea>
        <driftline-review
          .text=${text}
          .amending=${terms?.amending ?? null}
          @driftline:line=${(e: CustomEvent<number>) => this.#cursor(e.detail, 1)}
          @driftline:amended=${(e: CustomEvent<string>) => (this.draft = e.detail)}
        ></driftline-review>
      </div></div>
      ${
        terms?.mistake
          ? html`<p class="mistake" role="alert">${glyph("critical")}<span>${sentence(plainText(terms.mistake, 800))}</span></p>`
          : ""
      }
      <p class="buttons">
        <button id="check" class="primary" ?disabled=${!isChanged} @click=${() => this.#check(text)}>
          Check the file
        </button>
        <button id="save-contract" @click=${() => download(text, this.#name, "application/yaml")}>Save the contract</button>
        ${
          isChanged
            ? html`<button class="quiet" @click=${() => (this.draft = null)}>
                ${isNew ? "Discard" : "Discard the changes"}
              </button>`
            : ""
        }
      </p>
      <p class="keys" id="keys">Ctrl+Enter checks the file.</p>
    </section>`;
  }

  override render() {
    const { terms } = this;
    if (!terms) return html``;
    const text = this.draft ?? terms.text;
    if (text === null) return terms.name === null ? this.#none() : html``;
    if (terms.name === null) return this.#editor(text);
    return html`<details
      .open=${live(this.open)}
      @toggle=${(e: Event) => (this.open = (e.target as HTMLDetailsElement).open)}
    >
      <summary>Change the contract</summary>
      ${this.open ? this.#editor(text) : ""}
    </details>`;
  }
}

customElements.define("driftline-contract", DriftlineContract);
