// `<driftline-where>`: where a column drifted: the segments of the rows that carry it, what happened there, and some of the rows.
import { LitElement, html, nothing, type PropertyValues } from "lit";
import type { Drifted } from "../drifted";
import type { Drifted as Found, Report, Segment, SegmentPart, Segments } from "../report";
import { dataText, plainText } from "../show/data-text";
import { glyph } from "../show/glyph";
import { count, plural, share } from "../show/number";
import { styled } from "../show/styled";
import { sentence } from "../show/words";
import { base } from "../styles/base";
import { progressStyles } from "../styles/progress";
import { statusStyles } from "../styles/status";
import { whereStyles } from "../styles/where";
import { Following } from "./following";

/* What happened to the rows of a segment. */
const origins: Record<string, string> = {
  new: "New rows",
  gone: "Rows that are gone",
  shift: "Other values than before",
  mix: "Values as before, another share of the rows",
};

/** What the segments of a measure carry a part of. */
export function what({ of }: Found): string {
  return of === "psi" ? "its drift" : `the change of its ${of} cells`;
}

/** A condition in the engine's words: `carrier is UA`. */
export function condition({ column, kind, values }: SegmentPart) {
  const name = html`<b class="name">${dataText(column ?? "", 60)}</b>`;
  const value = (text: string | undefined) => html`<b>${dataText(text ?? "", 60)}</b>`;
  const [first, last] = [values[0], values.at(-1)];
  if (kind === "missing" || kind === "invalid") return html`${name} is ${kind}`;
  if (kind === "rows") return html`rows ${count(Number(first))} to ${count(Number(last))} of the file`;
  if (kind === "value") return html`${name} is ${values.map((it, i) => html`${i > 0 ? " or " : ""}${value(it)}`)}`;
  if (first === last) return html`${name} is ${value(first)}`;
  if (kind === "range" && first === "") return html`${name} ≤ ${value(last)}`;
  if (kind === "range" && last === "") return html`${name} ≥ ${value(first)}`;
  return html`${name} is ${value(first)} to ${value(last)}`;
}

/** The same as text. */
export function conditions({ parts }: Segment): string {
  const one = ({ column, kind, values }: SegmentPart) => {
    if (kind === "rows") return `rows ${values.join(" to ")}`;
    if (kind === "missing" || kind === "invalid") return `${column} is ${kind}`;
    return `${column} is ${values.filter(Boolean).join(kind === "value" ? " or " : " to ")}`;
  };
  return plainText(parts.map(one).join(" and "), 200);
}

export class DriftlineWhere extends LitElement {
  static override properties = {
    report: { attribute: false },
    drifted: { attribute: false },
    column: { attribute: false },
  };
  static override styles = [base, statusStyles, progressStyles, whereStyles];

  declare report: Report | undefined;
  /** Looks for it, where the files are at hand. */
  declare drifted: Drifted | null;
  declare column: string;
  /** Whether somebody here asked and is to be told. */
  #asked = false;

  constructor() {
    super();
    this.drifted = null;
    new Following(this, () => void this.#tell());
  }

  override willUpdate(changed: PropertyValues<this>) {
    if (changed.has("drifted") && !this.#segments) this.drifted?.glance();
  }

  get #segments(): Segments | null {
    return this.drifted?.segments ?? this.report?.segments ?? null;
  }

  #ask() {
    this.#asked = true;
    void this.drifted?.look("where");
  }

  #cancel() {
    this.#asked = true;
    this.drifted?.cancel();
  }

  /** Says what was found, and keeps the focus of who asked. */
  async #tell() {
    const { drifted } = this;
    if (!this.#asked || !drifted || drifted.asked !== null) return;
    this.#asked = false;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>("h4")?.focus({ preventScroll: true });
    const first = this.#found.flatMap((it) => it.segments.map((segment) => ({ it, segment })))[0];
    const words = first ? `${conditions(first.segment)} carries ${share(first.segment.carries)} of ${what(first.it)}` : (drifted.fault?.words ?? (drifted.segments ? "It is spread over the rows" : "Cancelled"));
    this.dispatchEvent(new CustomEvent("driftline:say", { detail: words, bubbles: true, composed: true }));
  }

  get #found(): Found[] {
    return this.#segments?.columns.filter(({ column }) => column === this.column) ?? [];
  }

  #examples(found: Found, segment: Segment) {
    const { columns, examples, parts } = segment;
    if (examples.length === 0) return nothing;
    const within = new Set(parts.map(({ column }) => column));
    const kind = (name: string) => (name === this.column ? "bad" : within.has(name) ? "within" : "");
    return html`<div class="scroller" role="region" tabindex="0" aria-label="Rows with ${conditions(segment)} that show ${what(found)}">
      <table>
        <thead>
          <tr>
            <th scope="col" class="number">Row</th>
            ${columns.map((name) => html`<th scope="col" class=${kind(name)}>${dataText(name, 40)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${examples.map(
            ({ row, cells }) =>
              html`<tr>
                <td class="number">${count(row)}</td>
                ${cells.map((cell, i) => html`<td class=${kind(columns[i]!)}>${dataText(cell, 60)}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  #segment(found: Found, segment: Segment, examples: boolean) {
    const origin = segment.origin === null ? undefined : origins[segment.origin];
    const rows = segment.reference === null ? `${plural(segment.current, "row")} now` : `${plural(segment.reference, "row")} before, ${count(segment.current)} now`;
    return html`<li>
      <p class="words">
        <span>${segment.parts.map((part, i) => html`${i > 0 ? " and " : ""}${condition(part)}`)}</span>
        <span>carries <b>${share(segment.carries)}</b></span>
      </p>
      <span class="track" aria-hidden="true"><span class="fill" ${styled({ "--part": String(Math.min(1, segment.carries)) })}></span></span>
      <p class="line">${origin ? html`<span class="chip">${origin}</span>` : nothing}<span>${rows}</span></p>
      ${examples ? this.#examples(found, segment) : nothing}
    </li>`;
  }

  /** What carries most of a measure; the other segments overlap with the first, so they wait. */
  #measure(found: Found, before: Found[]) {
    if (found.segments.length === 0)
      return html`<p>None of ${plural(found.searched, "segment")} carries ${what(found)}: it is spread over the rows.</p>`;
    const [first, ...others] = found.segments as [Segment, ...Segment[]];
    const shown = before.some(({ segments }) => segments[0] && conditions(segments[0]) === conditions(first));
    return html`<div class="measure">
      <h5>What carries ${what(found)}</h5>
      <ol class="segments">
        ${this.#segment(found, first, !shown)}
      </ol>
      ${
        others.length > 0
          ? html`<details>
              <summary>${plural(others.length, "other segment")}</summary>
              <ol class="segments">
                ${others.map((it) => this.#segment(found, it, true))}
              </ol>
            </details>`
          : nothing
      }
    </div>`;
  }

  #told(found: Found[], { not_run, sampled, current_rows }: Segments) {
    if (found.length === 0)
      return html`<p class="quiet-text">Not looked at: it is looked for in the twelve columns whose PSI, or whose share of missing or invalid cells, changed most.</p>`;
    return html`${found.map((it, i) => this.#measure(it, found.slice(0, i)))}
      ${not_run.map((it) => html`<p class="quiet-text">${sentence(plainText(it, 400))}.</p>`)}
      ${sampled && not_run.length === 0 ? html`<p class="quiet-text">Of a sample of ${plural(current_rows, "row")}.</p>` : nothing}`;
  }

  #asking(drifted: Drifted) {
    return html`<p>Which values of other columns, or which part of the file, carry most of it? Both files are read once more.</p>
      ${
        drifted.lacksRows
          ? html`<p class="quiet-text">
              The reference is a saved profile without rows: whether values or shares changed cannot be told, only which rows are new or
              far from it. With its file as the reference, it can.
            </p>`
          : nothing
      }
      <p><button id="where" @click=${() => this.#ask()}>Find where it drifted</button></p>`;
  }

  #working({ share: done }: Drifted) {
    // Room for what comes, so that nothing jumps when it takes a moment.
    if (done === null) return html`<p class="quiet-text" aria-busy="true">Looking</p>`;
    return html`<div class="working">
      <progress aria-label="Looking where it drifted" max="1" .value=${done}></progress>
      <span class="quiet-text">${share(done)}</span>
      <button @click=${() => this.#cancel()}>Cancel</button>
    </div>`;
  }

  override render() {
    const { drifted } = this;
    const segments = this.#segments;
    if (!segments && !drifted) return nothing;
    const fault = drifted?.fault?.asked === "where" ? drifted.fault.words : null;
    return html`<section aria-label="Where it drifted">
      <h4 tabindex="-1">Where it drifted</h4>
      ${
        segments
          ? this.#told(this.#found, segments)
          : drifted?.asked
            ? this.#working(drifted)
            : html`${fault ? html`<p class="fault" role="alert">${glyph("critical")}<span>${plainText(fault, 600)}</span></p>` : nothing}${this.#asking(drifted!)}`
      }
    </section>`;
  }
}

customElements.define("driftline-where", DriftlineWhere);
