// `<driftline-file-chips>`: the files that are in play, each with its part; a part can be changed, a file taken away. Below
// them the tables that the contract refers to and that are not there.
import { LitElement, css, html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import { trouble, type Broken } from "../broken";
import { keyOf, type Chosen, type Part, type Role } from "../intake/parts";
import { dataText, plainText } from "../show/data-text";
import { glyph } from "../show/glyph";
import { bytes, count, plural } from "../show/number";
import { base } from "../styles/base";

const words: Record<Exclude<Role, "earlier" | "marks">, string> = {
  current: "Current",
  reference: "Reference",
  contract: "Contract",
  other: "Table",
};
const icons = { current: "file", reference: "reference", contract: "contract", other: "table" } as const;
const order = ["current", "reference", "contract", "other"] as const;
const single: Part[] = order.slice(0, 3).map((role) => ({ role, table: null }));
const ofTable = (table: string): Part => ({ role: "other", table });
/* Tables that are named; of the rest there is the number. */
const NAMED = 3;

export class DriftlineFileChips extends LitElement {
  static override properties = { files: { attribute: false }, tables: { attribute: false }, broken: { attribute: false } };
  static override styles = [
    base,
    css`
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
      }
      li {
        display: flex;
        align-items: center;
        gap: 4px;
        min-width: 0;
        max-width: 100%;
        padding-inline-start: 10px;
        border: 1px solid var(--dl-line);
        border-radius: 10px;
        background: var(--dl-surface);
        font-size: 0.875rem;
      }
      li > .glyph {
        color: var(--dl-accent);
      }
      select {
        field-sizing: content;
        min-height: 30px;
        padding: 2px 2px;
        border-color: transparent;
        background: transparent;
        color: var(--dl-ink-2);
        font-weight: 550;
      }
      .part {
        padding: 2px 6px;
        color: var(--dl-ink-2);
        font-weight: 550;
      }
      .more {
        padding: 0;
        border: 0;
        background: none;
      }
      .name {
        min-width: 0;
        max-width: 26ch;
        overflow: hidden;
        font-weight: 600;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .name .data {
        font-family: inherit;
        font-size: inherit;
        overflow-wrap: normal;
      }
      .size {
        color: var(--dl-ink-3);
        white-space: nowrap;
      }
      button.icon {
        width: 30px;
        min-height: 30px;
        font-size: 0.75rem;
      }
      .missing {
        display: flex;
        gap: 8px;
        margin: 8px 0 0;
        color: var(--dl-ink-2);
        font-size: 0.875rem;
      }
      .missing .glyph {
        flex: none;
        margin-top: 3px;
        color: var(--dl-ink-3);
      }
      li.broken {
        border-color: var(--dl-warning);
      }
      .broken > .glyph {
        color: var(--dl-warning) !important;
      }
      .missing button {
        min-height: 24px;
        padding: 0;
        border: 0;
        background: none;
        color: var(--dl-accent);
        font-size: inherit;
        font-weight: 600;
        text-decoration: underline;
      }
      .missing .data {
        font-family: inherit;
        font-size: inherit;
      }
      @media (max-width: 480px) {
        .size {
          display: none;
        }
      }
    `,
  ];

  declare files: Chosen[];
  /** The other tables that the contract refers to. */
  declare tables: string[];
  /** The files that could not be used. */
  declare broken: Broken[];

  constructor() {
    super();
    Object.assign(this, { files: [], tables: [], broken: [] });
  }

  #send(type: string, detail: unknown) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  /** The files of the feed before the current one, as one. */
  #earlier(files: File[]) {
    const [first, last] = [files[0]!.name, files[files.length - 1]!.name];
    const range = `${plainText(first, 80)} to ${plainText(last, 80)}`;
    const size = files.reduce((all, { size }) => all + size, 0);
    return this.#fixed(files, "Earlier", plural(files.length, "file"), size, `the ${plural(files.length, "earlier file")} away, ${range}`, range);
  }

  /** What was said of them. */
  #marks({ file, why }: Chosen) {
    return this.#fixed([file], "Marks", dataText(file.name, 200), file.size, `${plainText(file.name)} away`, plainText(why, 200));
  }

  /** Files whose part cannot be another. */
  #fixed(files: File[], part: string, name: unknown, size: number, away: string, title: string) {
    return html`<li title=${title}>
      ${glyph("reference")}
      <span class="part">${part}</span>
      <span class="name">${name}</span>
      <span class="size">${bytes(size)}</span>
      <button class="quiet icon" aria-label="Take ${away}" @click=${() => this.#send("driftline:remove", files)}>${glyph("close")}</button>
    </li>`;
  }

  #chip({ file, table, why, ...chosen }: Chosen) {
    const role = chosen.role as Exclude<Role, "earlier" | "marks">;
    const others = table === null || this.tables.includes(table) ? this.tables : [...this.tables, table];
    // A saved profile has no rows to judge.
    const isSaved = file.name.toLowerCase().endsWith(".profile.json");
    const parts = [...single.filter((part) => !isSaved || part.role === "reference" || part.role === role), ...others.map(ofTable)];
    const key = keyOf({ role, table });
    const broken = this.broken.find((it) => it.file === file);
    return html`<li class=${broken ? "broken" : ""} title=${broken ? plainText(trouble(broken), 400) : plainText(why, 200)}>
      ${glyph(broken ? "warning" : icons[role])}
      <select
        aria-label="Part of ${plainText(file.name)}"
        @change=${(e: Event) => this.#send("driftline:role", { file, part: parts[(e.target as HTMLSelectElement).selectedIndex] })}
      >
        ${parts.map((part) => html`<option value=${keyOf(part)} .selected=${live(keyOf(part) === key)}>${words[part.role as keyof typeof words]}${part.table === null ? "" : ` ${plainText(part.table, 30)}`}</option>`)}
      </select>
      <span class="name" title=${plainText(file.name, 300)}>${dataText(file.name, 200)}</span>
      <span class="size">${bytes(file.size)}</span>
      <button
        class="quiet icon"
        aria-label="Take ${plainText(file.name)} away"
        @click=${() => this.#send("driftline:remove", [file])}
      >
        ${glyph("close")}
      </button>
    </li>`;
  }

  /** The tables that are not there, each a button that asks for its file. */
  #missing() {
    const missing = this.tables.filter((table) => !this.files.some((chosen) => chosen.table === table));
    if (missing.length === 0) return nothing;
    const named = missing.slice(0, NAMED);
    const more = missing.length - named.length;
    const button = (table: string) =>
      html`<button
        class="link"
        aria-label="Choose the file of the table ${plainText(table)}"
        @click=${() => this.#send("driftline:add", ofTable(table))}
      >
        ${dataText(table, 60)}</button
      >`;
    return html`<p class="missing">
      ${glyph("not_run")}<span
        >The contract refers to
        ${named.map((table, i) => [i === 0 ? "" : more === 0 && i === named.length - 1 ? " and " : ", ", button(table)])}${more > 0 ? ` and ${count(more)} more` : ""}:
        drop ${missing.length === 1 ? "that file to check it" : "those files to check them"}.</span
      >
    </p>`;
  }

  /** The files that are left out, each with what is wrong. */
  #broken() {
    const more = this.broken.length - NAMED;
    const rest = more > 0 ? html`<p class="missing broken">${glyph("warning")}<span>${plural(more, "more file")} cannot be used.</span></p>` : nothing;
    const shown = this.broken.slice(0, NAMED).map(
      (it) => html`<p class="missing broken">
        ${glyph("warning")}<span
          >${trouble(it)}
          ${it.text === null ? nothing : html`<button class="link" @click=${() => this.#send("driftline:mend", null)}>See ${it.mistakes.length === 1 ? "it" : "them"}</button>`}</span
        >
      </p>`,
    );
    return html`${shown}${rest}`;
  }

  override render() {
    const files = order.flatMap((role) => this.files.filter((chosen) => chosen.role === role));
    const earlier = this.files.flatMap(({ file, role }) => (role === "earlier" ? [file] : []));
    const marks = this.files.find(({ role }) => role === "marks");
    if (files.length + earlier.length === 0) return html``;
    return html`<ul aria-label="Files">
      ${repeat(
        files,
        ({ file }) => file,
        (chosen) => this.#chip(chosen),
      )}
      ${earlier.length > 0 ? this.#earlier(earlier) : nothing}${marks ? this.#marks(marks) : nothing}
        <li class="more"><slot></slot></li>
      </ul>
      ${this.#broken()}${this.#missing()}`;
  }
}

customElements.define("driftline-file-chips", DriftlineFileChips);
