// `<driftline-raw>`: the record of a row as it stands in the file, by the numbers of its lines; read when it is unfolded.
import { LitElement, css, html, nothing, type PropertyValues } from "lit";
import { fromError } from "../failure";
import { pieces, plainText } from "../show/data-text";
import { glyph } from "../show/glyph";
import { count, plural } from "../show/number";
import { decoded, linesOf, type Line, type Writing } from "../show/record";
import { sentence } from "../show/words";
import { base } from "../styles/base";
import type { Raw, Violations } from "../violations";

/* Characters and lines of a record that are shown. */
const SHOWN = 4000;
const LINES = 100;

/* Whoever unfolds one wants to see those of other rules, too. */
let wasOpen = false;

export class DriftlineRaw extends LitElement {
  static override properties = {
    violations: { attribute: false },
    row: { attribute: false },
    line: { attribute: false },
    writing: { attribute: false },
    open: { state: true },
    raw: { state: true },
    fault: { state: true },
    copied: { state: true },
  };
  static override styles = [
    base,
    css`
      summary {
        font-size: 0.875rem;
        font-weight: 600;
      }
      .where {
        color: var(--dl-ink-2);
        font-weight: 400;
      }
      .record {
        display: grid;
        grid-template-columns: max-content minmax(0, 1fr);
        align-content: start;
        min-height: 42px;
        max-height: 280px;
        margin: 6px 0 0;
        padding: 8px 0;
        border: 1px solid var(--dl-line);
        border-radius: 8px;
        background: var(--dl-sunken);
        overflow: auto;
        font: 0.8125rem/1.6 var(--dl-mono);
        font-variant-ligatures: none;
      }
      .number {
        padding-inline: 10px;
        border-inline-end: 1px solid var(--dl-line);
        color: var(--dl-ink-3);
        text-align: end;
        user-select: none;
      }
      .text {
        padding-inline: 10px;
        overflow-wrap: anywhere;
        white-space: pre-wrap;
        unicode-bidi: plaintext;
      }
      .separator {
        padding-inline: 1px;
        border-radius: 3px;
        background: var(--dl-accent-soft);
        color: var(--dl-accent);
        font-weight: 700;
      }
      .quote {
        color: var(--dl-ok);
        font-weight: 700;
      }
      .control,
      .end {
        color: var(--dl-ink-3);
        user-select: none;
      }
      .below {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 12px;
        min-height: 36px;
        color: var(--dl-ink-2);
        font-size: 0.8125rem;
      }
      .below button {
        min-height: 28px;
        padding: 1px 10px;
        font-size: 0.8125rem;
      }
      .fault {
        display: flex;
        gap: 8px;
        margin-top: 6px;
        font-size: 0.875rem;
      }
    `,
  ];

  declare violations: Violations | null;
  /** The data row, from 1. */
  declare row: number;
  /** The line of the file that it begins on; 0: unknown. */
  declare line: number;
  /** How the file is written. */
  declare writing: Writing | null;
  declare open: boolean;
  /** The record; `undefined`: not yet. */
  declare raw: Raw | null | undefined;
  declare fault: string | null;
  declare copied: boolean;
  #text = "";
  #isDamaged = false;
  #lines: Line[] = [];

  constructor() {
    super();
    Object.assign(this, { violations: null, row: 0, line: 0, writing: null, open: wasOpen, raw: undefined, fault: null, copied: false });
  }

  override willUpdate(changed: PropertyValues<this>) {
    if ((changed.has("row") || changed.has("violations") || changed.has("open")) && this.open) void this.#read();
    if (!changed.has("raw")) return;
    this.copied = false;
    const { text, isDamaged } = this.raw ? decoded(this.raw.bytes) : { text: "", isDamaged: false };
    [this.#text, this.#isDamaged] = [text, isDamaged];
    this.#lines = linesOf(text.slice(0, SHOWN), this.writing).slice(0, LINES);
  }

  async #read() {
    const { violations, row } = this;
    const still = () => this.violations === violations && this.row === row;
    this.fault = null;
    try {
      // What is shown stays until the next is there.
      const raw = await violations?.raw(row);
      if (still()) this.raw = raw ?? null;
    } catch (error) {
      const { name, message } = fromError(error as Error);
      if (still() && name !== "cancelled") this.fault = message;
    }
  }

  async #copy() {
    let said = "Copied";
    try {
      await navigator.clipboard.writeText(this.#text);
      this.copied = true;
    } catch {
      said = "The browser does not let this page copy. Select the text instead.";
    }
    this.dispatchEvent(new CustomEvent("driftline:say", { detail: said, bubbles: true, composed: true }));
  }

  #line({ pieces: parts, end }: Line, at: number) {
    const ends = end === "" ? nothing : html`<span class="end" title=${end === "\n" ? "line feed" : "carriage return and line feed"}>${end === "\n" ? "↵" : "CR↵"}</span>`;
    return html`<span class="number">${this.line > 0 ? count(this.line + at) : ""}</span
      ><span class="text" translate="no">${parts.map(({ text, kind }) => (kind === "text" ? pieces(text) : html`<span class=${kind}>${pieces(text)}</span>`))}${ends}</span>`;
  }

  #record(raw: Raw) {
    const shown = this.#lines.reduce((all, { pieces, end }) => pieces.reduce((sum, { text }) => sum + text.length, all) + end.length, 0);
    const rest = raw.length - new TextEncoder().encode(this.#text.slice(0, shown)).length;
    return html`<div class="record" role="region" tabindex="0" aria-label="Raw text of row ${count(this.row)}">
        ${this.#lines.map((line, at) => this.#line(line, at))}
      </div>
      <p class="below">
        <button @click=${() => this.#copy()}>${this.copied ? "Copied" : "Copy"}</button>
        <span
          >${plural(raw.length, "byte")}${shown < this.#text.length || raw.bytes.length < raw.length ? `, ${count(Math.max(1, rest))} of them not shown` : ""}${raw.bytes.length < raw.length ? `; the first ${count(raw.bytes.length)} are copied` : ""}${this.#isDamaged ? "; what is not UTF-8 stands as \ufffd" : ""}</span
        >
      </p>`;
  }

  #content() {
    if (this.fault) return html`<p class="fault" role="alert">${glyph("warning")}${sentence(plainText(this.fault, 300))}</p>`;
    if (this.raw === undefined) return html`<div class="record" aria-busy="true"></div><p class="below">Reading the record</p>`;
    return this.raw ? this.#record(this.raw) : html`<p class="fault">The record cannot be read.</p>`;
  }

  override render() {
    if (!this.violations) return nothing;
    return html`<details
      ?open=${this.open}
      @toggle=${(e: Event) => (this.open = wasOpen = (e.target as HTMLDetailsElement).open)}
    >
      <summary>Raw text <span class="where">${this.line > 0 ? `from line ${count(this.line)} of the file` : "as it stands in the file"}</span></summary>
      ${this.open ? this.#content() : nothing}
    </details>`;
  }
}

customElements.define("driftline-raw", DriftlineRaw);
