// `<driftline-column-list>`: every column of the file as a row, searched, ordered, walked with the arrow keys.
import { LitElement, html, type PropertyValues } from "lit";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import type { Column, Drift, Report } from "../report";
import type { Look } from "../session";
import { plainText } from "../show/data-text";
import { glyph } from "../show/glyph";
import { count, plural } from "../show/number";
import { sliced } from "../show/slices";
import { lookedAt } from "../show/words";
import { arranged, falling, orders, severities } from "../show/order";
import { VirtualRows } from "../show/rows";
import { styled } from "../show/styled";
import { base } from "../styles/base";
import { columnListStyles } from "../styles/column-list";
import { statusStyles } from "../styles/status";
import { columnCells } from "./column-row";

const NARROW = 620;

export class DriftlineColumnList extends sliced(LitElement, true) {
  static override properties = {
    report: { attribute: false },
    look: { attribute: false },
    comparing: { attribute: false },
    open: { attribute: false },
    search: { state: true },
    order: { state: true },
    descending: { state: true },
    flagged: { state: true },
    active: { state: true },
    narrow: { state: true },
    printing: { state: true },
  };
  static override styles = [base, statusStyles, columnListStyles];

  declare report: Report | undefined;
  /** Set while the report is only that of a first look. */
  declare look: Look | null;
  /** Whether a comparison is on its way. */
  declare comparing: boolean;
  /** The name of the column whose details are open. */
  declare open: string | null;
  declare search: string;
  declare order: string;
  declare descending: boolean;
  declare flagged: boolean;
  declare active: number;
  declare narrow: boolean;
  declare printing: boolean;
  #shown: Column[] = [];
  #drift = new Map<string, Drift>();
  #worst = new Map<string, number>();
  #virtual = new VirtualRows(
    this,
    () => this.renderRoot.querySelector(".rows"),
    () => this.#height,
    () => this.active,
  );
  #width = new ResizeObserver(([entry]) => (this.narrow = entry!.contentRect.width < NARROW));
  #print = () => {
    this.printing = true;
    this.performUpdate();
  };
  #printed = () => (this.printing = false);

  constructor() {
    super();
    Object.assign(this, {
      look: null,
      comparing: false,
      open: null,
      search: "",
      order: "position",
      descending: false,
      flagged: false,
      active: 0,
      narrow: false,
      printing: false,
    });
  }

  get #height(): number {
    return this.narrow ? 104 : 68;
  }

  override connectedCallback() {
    super.connectedCallback();
    this.#width.observe(this);
    addEventListener("beforeprint", this.#print);
    addEventListener("afterprint", this.#printed);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.#width.disconnect();
    removeEventListener("beforeprint", this.#print);
    removeEventListener("afterprint", this.#printed);
  }

  override willUpdate(changed: PropertyValues) {
    if (!this.report) return;
    if (changed.has("report")) {
      this.#drift = new Map(this.report.drift.map((drift) => [drift.column, drift]));
      this.#worst = severities(this.report);
    }
    if (["report", "search", "order", "descending", "flagged"].some((name) => changed.has(name))) {
      this.#shown = arranged(this.report, this.search, this.order, this.descending, this.flagged);
      this.active = Math.min(this.active, Math.max(0, this.#shown.length - 1));
    }
    if (changed.has("narrow")) this.#virtual.remeasure();
  }

  /** Puts the cursor into the search field. */
  focusSearch() {
    this.renderRoot.querySelector<HTMLElement>("input")?.focus();
  }

  /** Puts the focus back on the row of a column. */
  async focusRow(name: string) {
    const at = this.#shown.findIndex((column) => column.name === name);
    if (at < 0) return;
    await this.#move(at);
  }

  async #move(to: number) {
    this.active = Math.max(0, Math.min(this.#shown.length - 1, to));
    await this.updateComplete;
    const row = this.renderRoot.querySelector<HTMLElement>(`[data-index="${this.active}"]`);
    row?.focus({ preventScroll: true });
    this.#virtual.show(this.active);
    if (this.open !== null) this.#choose(this.active, false);
  }

  #choose(index: number, enter: boolean) {
    const column = this.#shown[index];
    if (!column) return;
    this.active = index;
    this.dispatchEvent(
      new CustomEvent("driftline:column", { detail: { name: column.name, enter }, bubbles: true, composed: true }),
    );
  }

  #key(event: KeyboardEvent) {
    const page = Math.max(1, Math.floor(innerHeight / this.#height) - 2);
    const to: Record<string, number> = {
      ArrowDown: this.active + 1,
      ArrowUp: this.active - 1,
      Home: 0,
      End: this.#shown.length - 1,
      PageDown: this.active + page,
      PageUp: this.active - page,
    };
    if (event.altKey || event.metaKey || event.ctrlKey) return;
    if (event.key === "Enter" || event.key === " ") this.#choose(this.active, true);
    else if (to[event.key] !== undefined) void this.#move(to[event.key]!);
    else return;
    event.preventDefault();
  }

  #sort(order: string) {
    this.descending = this.order === order ? !this.descending : falling.has(order);
    this.order = order;
  }

  #header(order: string, label: string, place: string) {
    const chosen = this.order === order;
    return html`<div
      class="cell ${place}"
      role="columnheader"
      aria-sort=${chosen ? (this.descending ? "descending" : "ascending") : "none"}
    >
      <button class="quiet sort" @click=${() => this.#sort(order)}>
        ${label}${chosen ? glyph(this.descending ? "down" : "up") : ""}
      </button>
    </div>`;
  }

  #toolbar(report: Report) {
    const offered = Object.entries(orders).filter(([id]) => id !== "drift" || report.drift.length > 0);
    return html`<div class="toolbar" role="search" aria-label="Columns">
      <label class="search"
        >${glyph("search")}<span class="visually-hidden">Search columns by name or type</span>
        <input
          type="search"
          placeholder="Search columns"
          .value=${this.search}
          autocomplete="off"
          spellcheck="false"
          @input=${(e: Event) => {
            this.search = (e.target as HTMLInputElement).value;
            this.active = 0;
          }}
      /></label>
      <label class="order"
        ><span>Sort by</span>
        <select
          @change=${(e: Event) => {
            this.order = (e.target as HTMLSelectElement).value;
            this.descending = falling.has(this.order);
          }}
        >
          ${offered.map(([id, word]) => html`<option value=${id} .selected=${live(this.order === id)}>${word}</option>`)}
        </select></label
      >
      <button
        class="icon"
        aria-label=${this.descending ? "Largest first; press for smallest first" : "Smallest first; press for largest first"}
        @click=${() => (this.descending = !this.descending)}
      >
        ${glyph(this.descending ? "down" : "up")}
      </button>
      ${this.look ? html`<span class="chip info look">${glyph("info")}${lookedAt(this.look)}</span>` : ""}
      ${this.#worst.size > 0 ? html`<label class="only"><input type="checkbox" .checked=${this.flagged} @change=${(e: Event) => (this.flagged = (e.target as HTMLInputElement).checked)} /> Only with findings</label>` : ""}
      <span class="found" role="status"
        >${this.#shown.length === report.columns.length ? plural(report.columns.length, "column") : `${count(this.#shown.length)} of ${plural(report.columns.length, "column")}`}</span
      >
    </div>`;
  }

  #row(index: number, start: number) {
    const column = this.#shown[index]!;
    return html`<div
      class="row ${column.name === this.open ? "open" : ""}"
      role="row"
      data-index=${index}
      aria-rowindex=${index + 2}
      aria-selected=${column.name === this.open}
      tabindex=${index === this.active ? 0 : -1}
      ${styled({ "--top": `${start}px` })}
      aria-label=${plainText(column.name, 120)}
      @click=${() => this.#choose(index, false)}
      @focus=${() => (this.active = index)}
    >
      ${columnCells(column, {
        drift: this.#drift.get(column.name) ?? null,
        severity: this.#worst.get(column.name) ?? 0,
        look: this.look !== null,
        comparing: this.comparing,
      })}
    </div>`;
  }

  #nothing(report: Report) {
    if (report.columns.length === 0) return html`<p class="empty">The file has no columns.</p>`;
    return html`<p class="empty">
      No column matches${this.search ? html` “${plainText(this.search)}”` : ""}.
      <button
        @click=${() => {
          this.search = "";
          this.flagged = false;
        }}
      >
        Show all columns
      </button>
    </p>`;
  }

  override render() {
    const { report } = this;
    if (!report) return html``;
    const all = this.printing
      ? this.#shown.map((_, index) => ({ index, start: index * this.#height }))
      : this.#virtual.rows(this.#shown.length);
    const rows = all.filter((row) => row.index < this.#shown.length);
    return html`${this.#toolbar(report)}
      <div
        class="grid ${report.drift.length || this.comparing ? "" : "undrifted"} ${this.look ? "looked" : ""}"
        role="grid"
        aria-label="Columns"
        aria-rowcount=${this.#shown.length + 1}
        @keydown=${this.#key}
      >
        <div class="header" role="row" aria-rowindex="1" @keydown=${(e: Event) => e.stopPropagation()}>
          ${this.#header("name", "Column", "name")}${this.#header("missing", "Quality", "quality")}
          <div class="cell shape" role="columnheader">Shape</div>
          ${this.#header("distinct", "Distinct", "distinct")}
          <div class="cell range" role="columnheader">Range</div>
          ${this.#header("drift", "Drift", "drift")}
        </div>
        <div
          class="rows"
          role="rowgroup"
          ${styled({ "--rows": String(this.#shown.length), "--row": `${this.#height}px` })}
        >
          ${repeat(
            rows,
            (row) => this.#shown[row.index]!.name,
            (row) => this.#row(row.index, row.start),
          )}
        </div>
      </div>
      ${this.#shown.length === 0 ? this.#nothing(report) : ""}`;
  }
}

customElements.define("driftline-column-list", DriftlineColumnList);
