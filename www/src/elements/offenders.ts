// `<driftline-offenders>`: what breaks one rule. The offenders by value and by the shape of the value, each in a grid of the
// file's own rows, and one of them in full.
import { LitElement, html, nothing, type PropertyValues } from "lit";
import type { Terms } from "../agreement";
import type { Column, Finding } from "../report";
import { dataText, plainText } from "../show/data-text";
import { FixedRows } from "../show/fixed-rows";
import { glyph } from "../show/glyph";
import { count, plural, share } from "../show/number";
import type { Writing } from "../show/record";
import { isRedacted, shownOf } from "../show/shape";
import { styled } from "../show/styled";
import { fromId, sentence, severityChip, withoutName } from "../show/words";
import { base } from "../styles/base";
import { offendersStyles } from "../styles/offenders";
import { statusStyles } from "../styles/status";
import { textOf, valueOf, type Offenders, type Violations } from "../violations";
import "./accept";
import "./raw";
import { placesTable } from "./places";
import { rowDetail, surroundings } from "./row-detail";

const ROW = 32;
const HEAD = 34;
/* Groups that are listed at first. */
const LISTED = 12;
/* Rows of the grid at once: browsers limit how high a box may be. */
const MOST = 200_000;

/* Values that are named to a contract. */
const NAMED = 1000;

/** A group of offenders: those of a value or of a shape. */
interface Group {
  by: "value" | "shape";
  at: number;
}

export class DriftlineOffenders extends LitElement {
  static override properties = {
    finding: { attribute: false },
    offenders: { attribute: false },
    violations: { attribute: false },
    columns: { attribute: false },
    writing: { attribute: false },
    terms: { attribute: false },
    by: { state: true },
    group: { state: true },
    listed: { state: true },
    at: { state: true },
  };
  static override styles = [base, statusStyles, offendersStyles];

  declare finding: Finding | undefined;
  /** All of them, once they are located. */
  declare offenders: Offenders | null;
  /** Where their rows are read, where they can be. */
  declare violations: Violations | null;
  declare columns: Column[];
  /** How the file is written; `null`: it is not CSV. */
  declare writing: Writing | null;
  /** The contract, where it can be changed. */
  declare terms: Terms | null;
  /** How they are grouped. */
  declare by: Group["by"];
  /** The group that is shown; `null`: all. */
  declare group: Group | null;
  /** Groups that are listed. */
  declare listed: number;
  /** The offender that is looked at, by its place among those shown. */
  declare at: number;
  /** The places of those shown; `null`: all. */
  #some: Uint32Array | null = null;
  /** The different values of those shown, where they are few enough to be named. */
  #values: string[] | null = null;
  #rows = new FixedRows(this, () => this.renderRoot.querySelector(".rows"), () => ROW);

  constructor() {
    super();
    Object.assign(this, { offenders: null, violations: null, columns: [], writing: null, terms: null, by: "value", group: null, listed: LISTED, at: 0 });
  }

  override willUpdate(changed: PropertyValues<this>) {
    if (changed.has("finding") || changed.has("offenders")) {
      Object.assign(this, { group: null, listed: LISTED, at: 0 });
      const { offenders } = this;
      // Where nearly every value is another, its shapes say more.
      if (offenders) this.by = this.#redacted || offenders.values.counts[0] === 1 && offenders.shapes.counts.length < offenders.values.counts.length ? "shape" : "value";
    }
    if (changed.has("group") || changed.has("offenders")) {
      this.#some = this.#filtered();
      this.#values = this.#different();
    }
  }

  override updated(changed: PropertyValues<this>) {
    if (changed.has("group") || changed.has("finding")) this.renderRoot.querySelector(".rows")?.scrollTo(0, 0);
  }

  #filtered(): Uint32Array | null {
    const { offenders, group } = this;
    if (!offenders || !group) return null;
    const is = group.by === "value" ? (of: number) => of === group.at : (of: number) => offenders.shaped[of] === group.at;
    const places = new Uint32Array(offenders.of.length);
    let n = 0;
    offenders.of.forEach((of, at) => {
      if (is(of)) places[n++] = at;
    });
    return places.slice(0, n);
  }

  #different(): string[] | null {
    const { offenders, group } = this;
    if (!offenders || this.#redacted) return null;
    const chosen = (at: number) => group === null || (group.by === "value" ? at === group.at : offenders.shaped[at] === group.at);
    const values: string[] = [];
    for (let at = 0; at < offenders.values.counts.length && values.length <= NAMED; at++) {
      const value = chosen(at) ? valueOf(offenders, at) : null;
      if (value !== null) values.push(value);
    }
    return values.length > NAMED ? null : values;
  }

  /** Whether only the shapes of offenders are shown. */
  get #redacted(): boolean {
    return isRedacted(this.columns, this.finding?.column ?? null);
  }

  /** What stands at a place, as far as it is shown. */
  #value(offenders: Offenders, place: number): string | null {
    return shownOf(valueOf(offenders, offenders.of[place]!), this.#redacted);
  }

  /** How many offenders are shown. */
  get #length(): number {
    return this.#some?.length ?? this.offenders?.of.length ?? 0;
  }

  /** The place of a shown offender among all. */
  #place(shown: number): number {
    return this.#some ? this.#some[shown]! : shown;
  }

  /** Looks at the next offender, or the one before. */
  step(by: number) {
    this.#go(this.at + by);
  }

  #go(to: number) {
    if (this.#length === 0) return;
    this.at = Math.max(0, Math.min(this.#length - 1, to));
    const page = Math.floor(this.at / MOST) * MOST;
    void this.updateComplete.then(() => this.#rows.show(this.at - page, HEAD));
  }

  #key(event: KeyboardEvent) {
    const to: Record<string, number> = {
      ArrowDown: this.at + 1,
      ArrowUp: this.at - 1,
      Home: 0,
      End: this.#length - 1,
      PageDown: this.at + this.#rows.page,
      PageUp: this.at - this.#rows.page,
    };
    if (to[event.key] === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.#go(to[event.key]!);
  }

  #head(finding: Finding) {
    const ran = finding.status !== "not_run";
    const chip =
      finding.status === "fail"
        ? severityChip(finding.severity)
        : html`<span class="chip ${ran ? "ok" : "not_run"}">${glyph(ran ? "ok" : "not_run")}${ran ? "Kept" : "Not run"}</span>`;
    const facts: Array<[string, unknown]> = [];
    if (finding.expected !== null) facts.push(["Expected", dataText(finding.expected, 300)]);
    if (finding.observed !== null) facts.push(["Found", dataText(finding.observed, 300)]);
    if (finding.total > 0 && finding.count > 0)
      facts.push([
        "Extent",
        `${count(finding.count)} of ${count(finding.total)} (${share(finding.share)})${finding.skipped > 0 ? `, ${count(finding.skipped)} skipped` : ""}`,
      ]);
    if (finding.reason !== null) facts.push(["Why", plainText(finding.reason, 400)]);
    // The reason says what to type on the command line.
    if (finding.reason?.endsWith("=FILE")) facts.push(["Here", "drop the file of that table on this page"]);
    return html`<h2>
        ${finding.column === null ? "" : html`${dataText(finding.column, 80)} `}<span class="rule">${fromId(finding.rule)}</span>
      </h2>
      <p class="line">${chip}<span class="message">${plainText(sentence(withoutName(finding.message, finding.column)), 600)}</span></p>
      ${
        facts.length === 0
          ? ""
          : html`<dl class="facts">
              ${facts.map(
                ([word, what]) =>
                  html`<div>
                    <dt>${word}</dt>
                    <dd>${what}</dd>
                  </div>`,
              )}
            </dl>`
      }`;
  }

  #groups(offenders: Offenders) {
    const of = this.by === "value" ? offenders.values : offenders.shapes;
    const total = of.counts.length;
    const text = (at: number) => (this.by === "value" ? valueOf(offenders, at) : textOf(of, at) || null);
    const more = Math.min(total, this.listed * 4) - this.listed;
    const tab = (by: Group["by"], word: string, n: number) =>
      html`<button class="status" id="by-${by}" aria-pressed=${this.by === by} @click=${() => Object.assign(this, { by, group: null, listed: LISTED, at: 0 })}>
        ${word} <span class="quiet-text">${count(n)}</span>
      </button>`;
    return html`<div class="by" role="group" aria-label="Group the offenders">
        ${this.#redacted ? nothing : tab("value", "Values", offenders.values.counts.length)}${tab("shape", "Patterns", offenders.shapes.counts.length)}
      </div>
      <ul class="groups">
        ${Array.from({ length: Math.min(total, this.listed) }, (_, at) => {
          const chosen = this.group?.by === this.by && this.group.at === at;
          return html`<li>
            <button
              class="group"
              aria-pressed=${chosen}
              @click=${() => Object.assign(this, { group: chosen ? null : { by: this.by, at }, at: 0 })}
            >
              ${dataText(text(at), 60)} <span class="times">× ${count(of.counts[at]!)}</span>
            </button>
          </li>`;
        })}
        ${
          more > 0
            ? html`<li>
                <button class="quiet" @click=${() => (this.listed *= 4)}>${count(more)} more of ${count(total)}</button>
              </li>`
            : ""
        }
      </ul>`;
  }

  /** The cells of a row, read when it is first asked for. */
  #cells(row: number): Array<string | null> | null | undefined {
    const known = this.violations?.known(row);
    if (known === undefined && row > 0) void this.violations?.row(row).then(() => this.requestUpdate());
    return known;
  }

  #grid(offenders: Offenders) {
    const page = Math.floor(this.at / MOST) * MOST;
    const length = Math.min(MOST, this.#length - page);
    const [from, to] = this.#rows.range(length);
    const shown = surroundings(this.columns, this.finding?.column ?? null, 9);
    const number = (value: number) => (value === 0 ? "–" : count(value));
    const row = (at: number) => {
      const place = this.#place(page + at);
      const cells = this.#cells(offenders.rows[place]!);
      return html`<div
        class="row"
        role="row"
        id="offender-${page + at}"
        aria-rowindex=${page + at + 2}
        aria-selected=${page + at === this.at}
        ${styled({ "--top": `${at * ROW}px` })}
        @click=${() => this.#go(page + at)}
      >
        <span class="cell number" role="gridcell">${number(offenders.rows[place]!)}</span>
        <span class="cell value" role="gridcell">${dataText(this.#value(offenders, place), 80)}</span>
        ${shown.map(
          ({ column, place: at }) =>
            html`<span class="cell ${column.name === this.finding?.column ? "bad" : ""}" role="gridcell"
              >${cells ? dataText(shownOf(cells[at] ?? null, column.redacted === true), 60) : ""}</span
            >`,
        )}
      </div>`;
    };
    return html`<div
      class="rows"
      role="grid"
      tabindex="0"
      aria-label="Rows that break the rule"
      aria-rowcount=${this.#length + 1}
      aria-activedescendant="offender-${this.at}"
      ${styled({ "--columns": String(shown.length), "--rows": String(length), "--row": `${ROW}px` })}
      @keydown=${this.#key}
    >
      <div class="head" role="row" aria-rowindex="1">
        <span class="cell number" role="columnheader">Row</span><span class="cell" role="columnheader">What stands there</span
        >${shown.map(({ column }) => html`<span class="cell" role="columnheader">${dataText(column.name, 40)}</span>`)}
      </div>
      <div class="all" role="rowgroup">${Array.from({ length: to - from }, (_, i) => row(from + i))}</div>
    </div>`;
  }

  #one(offenders: Offenders) {
    const place = this.#place(this.at);
    const [row, line, byte] = [offenders.rows[place]!, offenders.lines[place]!, offenders.bytes[place]!];
    const where = [
      row > 0 ? `row ${count(row)}` : "no row",
      line > 0 ? `line ${count(line)}` : "",
      byte > 0 ? `byte ${count(byte - 1)}` : "",
    ].filter(Boolean);
    return html`<div class="one">
      <p class="steps">
        <button class="icon" aria-label="Previous offender" aria-keyshortcuts="p" ?disabled=${this.at === 0} @click=${() => this.step(-1)}>
          ${glyph("up")}</button
        ><button
          class="icon"
          aria-label="Next offender"
          aria-keyshortcuts="n"
          ?disabled=${this.at >= this.#length - 1}
          @click=${() => this.step(1)}
        >
          ${glyph("down")}
        </button>
        <span class="where" role="status">Offender ${count(this.at + 1)} of ${count(this.#length)}: ${where.join(", ")}</span>
      </p>
      ${rowDetail(this.columns, this.finding?.column ?? null, this.#value(offenders, place), this.#cells(row))}${this.#raw(row, line)}
    </div>`;
  }

  /** The record of the row as it stands in the file, where it has one and nothing of it is redacted. */
  #raw(row: number, line: number) {
    if (row < 1 || !this.violations?.haveRecords) return nothing;
    if (this.columns.some(({ redacted }) => redacted))
      return html`<p class="quiet-text">The raw text of the row is not shown: values of it are redacted.</p>`;
    return html`<driftline-raw .violations=${this.violations} .row=${row} .line=${line} .writing=${this.writing}></driftline-raw>`;
  }

  override render() {
    const { finding, offenders } = this;
    if (!finding) return html``;
    const kept = offenders && offenders.of.length < offenders.count;
    return html`${this.#head(finding)}
    ${
      offenders && offenders.of.length > 0
        ? html`${kept ? html`<p class="quiet-text">The first ${count(offenders.of.length)} of ${plural(offenders.count, "offender")}; the quarantine has all of them.</p>` : nothing}
            ${this.#groups(offenders)}${this.#grid(offenders)}${this.#one(offenders)}`
        : placesTable(finding.places, `Where ${finding.rule} fails${finding.column === null ? "" : ` in ${plainText(finding.column)}`}`, finding.count)
    }
    <driftline-accept
      .finding=${finding}
      .values=${this.#values}
      .text=${this.terms?.text ?? null}
      .amending=${this.terms?.amending ?? null}
    ></driftline-accept>`;
  }
}

customElements.define("driftline-offenders", DriftlineOffenders);
