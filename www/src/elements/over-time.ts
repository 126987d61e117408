// `<driftline-over-time>`: the report's own timeline, or a form that cuts the file by a column of dates, and what came of it.
import { LitElement, html, nothing } from "lit";
import type { Column, Report, Timeline } from "../report";
import { dataText, plainText } from "../show/data-text";
import { glyph } from "../show/glyph";
import { plural } from "../show/number";
import { sentence, severityChip } from "../show/words";
import { base } from "../styles/base";
import { toldOverTime } from "../show/told-over-time";
import { statusStyles } from "../styles/status";
import { overTimeStyles } from "../styles/over-time";
import type { Tomorrow } from "../tomorrow";
import "./heat-map";

/** What is asked for: a column of dates and how long an interval is. */
export interface Cutting {
  column: string;
  period: string;
}

/** What came of it. */
export interface Cut {
  asked: Cutting;
  timeline: Timeline | null;
  mistake: string | null;
}

const DAY = 86_400_000;
/** Periods with their length in days. */
const periods: [string, string, number][] = [
  ["hour", "hours", 1 / 24],
  ["day", "days", 1],
  ["week", "weeks", 7],
  ["month", "months", 30.4],
  ["quarter", "quarters", 91.3],
  ["year", "years", 365.2],
];
/* Fewer intervals say little, more are hard to look at. */
const MANY = 400;

/** The columns by which a file can be cut, those that say when a row came about first. */
export function timeColumns(report: Report): Column[] {
  const dated = report.columns.filter(({ type, temporal }) => ["date", "timestamp"].includes(type) && temporal !== null);
  return dated.sort((a, b) => Number(b.role === "timestamp") - Number(a.role === "timestamp"));
}

/** The longest period that gives many intervals to look at, and not too many. */
function suggested(column: Column): string {
  const [from, to] = [column.temporal!.min, column.temporal!.max].map((text) => Date.parse(text));
  const days = (to! - from!) / DAY;
  const fitting = periods.filter(([, , length]) => days / length <= MANY);
  const enough = fitting.filter(([, , length]) => days / length >= 12);
  return (enough[enough.length > 1 && enough[0]![0] === "hour" ? 1 : 0] ?? fitting[0] ?? periods[5]!)[0];
}

export class DriftlineOverTime extends LitElement {
  static override properties = {
    report: { attribute: false },
    cut: { attribute: false },
    cutting: { type: Boolean },
    tomorrow: { attribute: false },
    column: { state: true },
  };
  static override styles = [base, statusStyles, overTimeStyles];

  declare report: Report | undefined;
  declare cut: Cut | null;
  /** Whether the file is being cut. */
  declare cutting: boolean;
  /** What is kept of the file of a feed. */
  declare tomorrow: Tomorrow | null;
  declare column: string | null;

  constructor() {
    super();
    Object.assign(this, { cut: null, tomorrow: null, cutting: false, column: null });
  }

  override willUpdate(changed: Map<string, unknown>) {
    if (changed.has("report")) this.column = null;
    if (this.tomorrow) void import("./tomorrow").catch(() => undefined);
  }

  #ask(event: Event) {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const detail: Cutting = { column: String(form.get("column")), period: String(form.get("period")) };
    this.dispatchEvent(new CustomEvent("driftline:over", { detail, bubbles: true, composed: true }));
  }

  #form(columns: Column[]) {
    const chosen = columns.find(({ name }) => name === (this.column ?? this.cut?.asked.column)) ?? columns[0]!;
    const period = this.column === null && this.cut ? this.cut.asked.period : suggested(chosen);
    return html`<form @submit=${this.#ask}>
      <label
        >Cut the file by
        <select name="column" @change=${(e: Event) => (this.column = (e.target as HTMLSelectElement).value)}>
          ${columns.map(({ name }) => html`<option value=${name} ?selected=${name === chosen.name}>${plainText(name, 60)}</option>`)}
        </select></label
      >
      <label
        >into
        <select name="period">
          ${periods.map(([id, word]) => html`<option value=${id} ?selected=${id === period}>${word}</option>`)}
        </select></label
      >
      <button class="primary" ?disabled=${this.cutting}>${this.cutting ? "Reading" : "Show"}</button>
    </form>`;
  }

  /** What came of the cut, before all else. */
  #told({ asked, timeline }: Cut) {
    if (!timeline) return nothing;
    const { status, sentence } = toldOverTime(timeline);
    return html`<p class="told">${status === "ok" ? html`<span class="ok tone">${glyph("ok")}</span>` : severityChip(status === "warning" ? "warning" : "info")}<span>${sentence}</span></p>
      <p class="quiet-text">
        A saved report of this page holds nothing of it; that of <code>driftline drift --by ${plainText(asked.column, 40)} --period ${asked.period}</code> does.
      </p>`;
  }

  #timeline(timeline: Timeline, isCut: boolean) {
    const compared = timeline.intervals.filter((interval) => interval.compared).length;
    const unusual = timeline.intervals.filter((interval) => interval.tripped > 0).length;
    const known = timeline.columns.some(({ limit }) => limit !== null);
    const against =
      timeline.reference === "given" ? "the reference" : "the intervals before it, at most 28 of them";
    const left = timeline.left_out > 0 ? ` ${plural(timeline.left_out, "row")} without a time are in none.` : "";
    const found = !known
      ? "; what is usual is not known yet: that takes 10 of them"
      : unusual === 0
        ? "; none is unusual"
        : `; ${unusual} ${unusual === 1 ? "has" : "have"} a column that is unusual for this feed`;
    return html`<p class="intro">
        ${plural(timeline.intervals.length, "interval")}, ${compared} of them compared with ${against}${isCut ? "" : found}.${left}
      </p>
      <driftline-heat-map .timeline=${timeline}></driftline-heat-map>`;
  }

  override render() {
    const { report, cut } = this;
    if (!report) return nothing;
    const columns = timeColumns(report);
    const own = report.timeline ?? null;
    const timeline = cut?.timeline ?? own;
    return html`${own === null && columns.length > 0 ? this.#form(columns) : nothing}
      ${cut?.mistake ? html`<p class="failed" role="alert">${glyph("critical")}${sentence(plainText(cut.mistake, 400))}</p>` : nothing}
      ${cut ? this.#told(cut) : nothing}
      ${
        timeline
          ? this.#timeline(timeline, cut?.timeline === timeline)
          : html`<p class="intro">
              Each interval is compared with ${report.reference ? html`the reference, ${dataText(report.reference.source.name, 80)}` : "the ones before it"}: which
              columns drift, since when, and whether that is usual for them.
            </p>`
      }
      ${this.tomorrow && own && !cut ? html`<driftline-tomorrow .report=${report} .tomorrow=${this.tomorrow}></driftline-tomorrow>` : nothing}`;
  }
}

customElements.define("driftline-over-time", DriftlineOverTime);
