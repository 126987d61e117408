// `<driftline-tomorrow>`: what is kept of today's file so that tomorrow's is held against it, and what a person says of the
// intervals. Both are files of a folder, the command line's.
import { LitElement, html, nothing, type PropertyValues } from "lit";
import { live } from "lit/directives/live.js";
import { MARKS, type Mark } from "../folder";
import type { Report, Timeline, TimelineInterval } from "../report";
import { dataText, plainText } from "../show/data-text";
import { download } from "../show/download";
import { glyph } from "../show/glyph";
import { bytes, count, plural } from "../show/number";
import { sliced } from "../show/slices";
import { base } from "../styles/base";
import { tomorrowStyles } from "../styles/tomorrow";
import type { Tomorrow } from "../tomorrow";
import { turn } from "../turn";

/** What is said of an interval from now on. */
export interface Marking {
  key: string;
  mark: Mark | null;
}

const said: [Mark | "", string][] = [
  ["", "Nothing said"],
  ["incident", "An incident: it is not usual"],
  ["normal", "Normal: it is usual"],
];
/* A name says which day it is. */
const DAY = /^\d{4}-\d\d-\d\d/;
const FEW = 12;
const AT_ONCE = 30;

export class DriftlineTomorrow extends sliced(LitElement, true) {
  static override properties = {
    report: { attribute: false },
    tomorrow: { attribute: false },
    size: { state: true },
    fault: { state: true },
    most: { state: true },
  };
  static override styles = [base, tomorrowStyles];

  declare report: Report;
  declare tomorrow: Tomorrow;
  /** Bytes of the profile, once it is made. */
  declare size: number | null;
  declare fault: string | null;
  /** Rows that are listed of all intervals, which come piece by piece; 0: only those that there is something to say of. */
  declare most: number;
  #of: Promise<Uint8Array> | null = null;

  constructor() {
    super();
    Object.assign(this, { size: null, fault: null, most: 0 });
  }

  override willUpdate(changed: PropertyValues<this>) {
    const { profile } = this.tomorrow;
    if (!changed.has("tomorrow") || this.#of === profile) return;
    this.#of = profile;
    Object.assign(this, { size: null, fault: null });
    void profile.then(
      ({ length }) => this.#of === profile && (this.size = length),
      () => undefined,
    );
  }

  override updated() {
    if (this.most > 0 && this.most < (this.report.timeline?.intervals.length ?? 0)) void turn().then(() => (this.most += AT_ONCE));
  }

  async #save() {
    const { key, profile } = this.tomorrow;
    try {
      download((await profile) as Uint8Array<ArrayBuffer>, `${key}.profile.json`, "application/json");
    } catch (error) {
      if (this.#of === profile) this.fault = `The profile could not be made: ${(error as Error).message}. Drop the file again.`;
    }
  }

  #mark(key: string, mark: string) {
    const detail: Marking = { key, mark: mark === "" ? null : (mark as Mark) };
    this.dispatchEvent(new CustomEvent("driftline:mark", { detail, bubbles: true, composed: true }));
  }

  /** The columns that are unusual in an interval, or whose alert stands after it, by intervals. */
  #told({ columns }: Timeline): { tripped: Map<number, string[]>; alerts: Map<number, string[]> } {
    const by = (of: "tripped" | "alerts") => {
      const found = new Map<number, string[]>();
      for (const series of columns) for (const at of series[of]) found.set(at, [...(found.get(at) ?? []), series.column]);
      return found;
    };
    return { tripped: by("tripped"), alerts: by("alerts") };
  }

  #names(names: string[] | undefined) {
    if (!names) return html`<span class="quiet-text">none</span>`;
    const more = names.length > 3 ? ` and ${count(names.length - 3)} more` : "";
    return html`${names.slice(0, 3).map((name, i) => html`${i > 0 ? ", " : ""}${dataText(name, 40)}`)}${more}`;
  }

  #row({ key, rows }: TimelineInterval, tripped: string[] | undefined, alerts: string[] | undefined) {
    const mark = this.tomorrow.marks.get(key) ?? "";
    return html`<tr>
      <th scope="row">${dataText(key, 60)}${key === this.tomorrow.key ? html` <span class="quiet-text">this file</span>` : nothing}</th>
      <td>
        <select aria-label="What ${plainText(key, 60)} was" @change=${(e: Event) => this.#mark(key, (e.target as HTMLSelectElement).value)}>
          ${said.map(([value, word]) => html`<option value=${value} .selected=${live(value === mark)}>${word}</option>`)}
        </select>
      </td>
      <td>${this.#names(tripped)}</td>
      <td>${this.#names(alerts)}</td>
      <td class="number">${count(rows)}</td>
    </tr>`;
  }

  #intervals(timeline: Timeline) {
    const all = timeline.intervals.map((interval, at) => ({ interval, at })).reverse();
    const { tripped, alerts } = this.#told(timeline);
    const isTold = (at: number) => tripped.has(at) || alerts.has(at);
    const worth = all.filter(({ interval, at }, i) => i === 0 || this.tomorrow.marks.has(interval.key) || isTold(at));
    const shown = all.length <= FEW ? all : this.most > 0 ? all.slice(0, this.most) : worth.slice(0, AT_ONCE);
    return html`<div class="scroller" role="region" tabindex="0" aria-label="The intervals">
        <table>
          <thead>
            <tr>
              <th scope="col">Interval</th>
              <th scope="col">What it was</th>
              <th scope="col">Unusual</th>
              <th scope="col">Alert stands</th>
              <th scope="col" class="number">Rows</th>
            </tr>
          </thead>
          <tbody>
            ${shown.map(({ interval, at }) => this.#row(interval, tripped.get(at), alerts.get(at)))}
          </tbody>
        </table>
      </div>
      ${this.most === 0 && shown.length < all.length ? html`<p><button class="quiet" @click=${() => (this.most = AT_ONCE)}>Show all ${plural(all.length, "interval")}</button></p>` : nothing}`;
  }

  override render() {
    const { tomorrow, fault, size } = this;
    const { timeline } = this.report;
    if (!timeline) return nothing;
    const { key, file } = tomorrow;
    return html`<section aria-labelledby="said">
        <h2 id="said">Say what an interval was</h2>
        <p class="intro">
          An incident says nothing about what is usual. A shift that stays is unusual every day, until you say that it is normal.
        </p>
        ${this.#intervals(timeline)}
      </section>
      <section aria-labelledby="keep">
        <h2 id="keep">Save for tomorrow</h2>
        ${
          timeline.intervals.at(-1)?.rows === 0
            ? html`<p class="intro">The file has no rows: nothing is kept of it.</p>`
            : html`<p class="intro">
                  Keep ${file ? "these two files" : "this file"} with the profiles of the days before. Drop them all here with the next file, or go on with
                  <code>driftline drift --history FOLDER FILE</code>: they are what it keeps.
                </p>
                <p class="buttons">
                  <button id="keep-profile" class="primary" @click=${() => this.#save()}>
                    ${glyph("drop")}<span>${dataText(`${key}.profile.json`, 80)}</span>${size === null ? nothing : html` <span class="size">${bytes(size)}</span>`}
                  </button>
                  ${
                    file
                      ? html`<button id="keep-marks" @click=${() => download(file, MARKS, "application/json")}>
                          ${glyph("drop")}<span>${MARKS}</span> <span class="size">${bytes(file.size)}</span>
                        </button>`
                      : nothing
                  }
                </p>`
        }
        ${fault ? html`<p class="failed" role="alert">${glyph("critical")}${plainText(fault, 400)}</p>` : nothing}
        ${
          DAY.test(key)
            ? nothing
            : html`<p class="quiet-text">
                This interval is called by its file's name, which says no day. Put the day into it, as in <code>orders-2026-01-31.csv</code>, so that files
                find their order.
              </p>`
        }
      </section>`;
  }
}

customElements.define("driftline-tomorrow", DriftlineTomorrow);
