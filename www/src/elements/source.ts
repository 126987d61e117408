// `<driftline-source>`: what was read and how, the ledger of rows, and, in the app, the dialect to change.
import { LitElement, css, html } from "lit";
import type { Report } from "../report";
import { dataText, plainText } from "../show/data-text";
import { bytes, count, estimate, shareOf } from "../show/number";
import { base } from "../styles/base";

/** How a person wants CSV to be read; what is absent is sniffed. */
export interface DialectChoice {
  delimiter?: string;
  quote?: string;
  header?: boolean;
}

const delimiters: Record<string, string> = {
  ",": "comma",
  ";": "semicolon",
  "\t": "tab",
  "|": "bar",
  ":": "colon",
  " ": "space",
};

export class DriftlineSource extends LitElement {
  static override properties = { report: { attribute: false }, editable: { type: Boolean } };
  static override styles = [
    base,
    css`
      :host {
        container-type: inline-size;
      }
      .panels {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 300px), 1fr));
        gap: 12px;
      }
      .panel {
        padding: 14px 18px;
        border: 1px solid var(--dl-line);
        border-radius: var(--dl-radius);
        background: var(--dl-surface);
        box-shadow: var(--dl-shadow);
      }
      h3 {
        margin-bottom: 6px;
      }
      dl > div {
        display: flex;
        justify-content: space-between;
        gap: 16px;
        padding: 5px 0;
        border-bottom: 1px solid var(--dl-line);
        font-size: 0.875rem;
      }
      dl > div:last-child {
        border-bottom: 0;
      }
      dt {
        color: var(--dl-ink-2);
      }
      dd {
        min-width: 0;
        text-align: end;
        overflow-wrap: anywhere;
      }
      form {
        display: flex;
        flex-wrap: wrap;
        align-items: end;
        gap: 10px 14px;
        margin-top: 10px;
        font-size: 0.875rem;
      }
      label {
        display: grid;
        gap: 3px;
        color: var(--dl-ink-2);
      }
      @media print {
        form {
          display: none;
        }
      }
    `,
  ];

  declare report: Report | undefined;
  /** Whether the file can be read again in another way. */
  declare editable: boolean;

  constructor() {
    super();
    this.editable = false;
  }

  #again(event: SubmitEvent) {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const detail: DialectChoice = {
      delimiter: String(form.get("delimiter")),
      quote: String(form.get("quote")),
      header: form.get("header") === "yes",
    };
    this.dispatchEvent(new CustomEvent("driftline:dialect", { detail, bubbles: true, composed: true }));
  }

  #dialect(report: Report) {
    const { dialect } = report.source;
    if (!dialect) return "";
    const offered = Object.keys(delimiters).includes(dialect.delimiter)
      ? delimiters
      : { ...delimiters, [dialect.delimiter]: plainText(dialect.delimiter) };
    const option = (value: string, word: string, chosen: boolean) =>
      html`<option value=${value} ?selected=${chosen}>${word}</option>`;
    return html`<section class="panel">
      <h3>How it was read</h3>
      <dl>
        <div>
          <dt>Between fields</dt>
          <dd>${offered[dialect.delimiter]}</dd>
        </div>
        <div>
          <dt>Quote</dt>
          <dd>${dialect.quote === null ? "none" : dataText(dialect.quote)}</dd>
        </div>
        <div>
          <dt>First record</dt>
          <dd>${dialect.header ? "names the columns" : "is data"}</dd>
        </div>
        <div>
          <dt>Known from</dt>
          <dd>
            ${{ sniffed: "the file itself", given: "you", reference: "the reference" }[dialect.origin] ?? dialect.origin}
          </dd>
        </div>
      </dl>
      ${
        this.editable
          ? html`<form @submit=${this.#again}>
              <label
                >Between fields<select name="delimiter">
                  ${Object.entries(offered).map(([value, word]) => option(value, word, value === dialect.delimiter))}
                </select></label
              >
              <label
                >Quote<select name="quote">
                  ${option('"', 'double "', dialect.quote === '"')}${option("'", "single '", dialect.quote === "'")}${option("", "none", dialect.quote === null)}
                </select></label
              >
              <label
                >First record<select name="header">
                  ${option("yes", "names", dialect.header)}${option("no", "data", !dialect.header)}
                </select></label
              >
              <button>Read again</button>
            </form>`
          : ""
      }
    </section>`;
  }

  override render() {
    const { report } = this;
    if (!report) return html``;
    const { source, table } = report;
    const line = (name: string, value: unknown) =>
      html`<div>
        <dt>${name}</dt>
        <dd>${value}</dd>
      </div>`;
    return html`<div class="panels">
      <section class="panel">
        <h3>The file</h3>
        <dl>
          ${line("Name", dataText(source.name, 200))}${line("Size", html`${bytes(source.bytes)} <span class="quiet-text">(${count(source.bytes)} bytes)</span>`)}
          ${line("Format", `${source.format}${source.compression ? `, ${source.compression}` : ""}`)}${source.encoding ? line("Encoding", source.encoding) : ""}
          ${line("Content hash", dataText(source.content_hash))}
        </dl>
      </section>
      <section class="panel">
        <h3>Every row accounted for</h3>
        <dl>
          ${line("Rows in the file", count(table.ledger.rows_in))}${line("Profiled", count(table.ledger.rows_profiled))}${line("Set aside", count(table.ledger.rows_set_aside))}
          ${line("Columns", count(table.columns))}${line("Cells", count(table.cells))}
          ${line("Missing cells", `${count(table.missing)} · ${shareOf(table.missing, table.cells)}`)}${line("Invalid cells", `${count(table.invalid)} · ${shareOf(table.invalid, table.cells)}`)}
          ${line("Rows that repeat an earlier one", estimate(table.duplicate_rows))}
        </dl>
      </section>
      ${this.#dialect(report)}
    </div>`;
  }
}

customElements.define("driftline-source", DriftlineSource);
