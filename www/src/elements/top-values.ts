// `<driftline-top-values>`: the most frequent values as bars, the reference's share as a mark on each.
// `compact` draws the first three for a list row.
import { LitElement, html } from "lit";
import type { Column, Drift, TopValue } from "../report";
import { referenceShare } from "../charts/shape";
import { dataText, plainText } from "../show/data-text";
import { count, share } from "../show/number";
import { sliced } from "../show/slices";
import { styled } from "../show/styled";
import { base } from "../styles/base";
import { statusStyles } from "../styles/status";
import { topValueStyles } from "../styles/top-values";

export class DriftlineTopValues extends sliced(LitElement) {
  static override properties = {
    column: { attribute: false },
    drift: { attribute: false },
    compact: { type: Boolean },
  };
  static override styles = [base, statusStyles, topValueStyles];

  declare column: Column | undefined;
  declare drift: Drift | null;
  declare compact: boolean;

  #bar(part: number, before: number | null, widest: number) {
    const scale = widest || 1;
    return html`<span class="track"
      ><span class="fill" ${styled({ "--part": String(part / scale) })}></span>
      ${before === null ? "" : html`<span class="before" ${styled({ "--part": String(before / scale) })}></span>`}</span
    >`;
  }

  #thumb(column: Column, top: TopValue[], widest: number) {
    const label = top.map((v) => `${plainText(v.value, 30)} ${share(v.count / column.valid)}`).join(", ");
    return html`<div class="thumb" role="img" aria-label="most frequent: ${label}">
      ${top.map(
        (v) =>
          html`<span class="label">${dataText(v.value, 60)}</span>
            ${this.#bar(v.count / column.valid, referenceShare(this.drift, String(v.value)), widest)}<span class="part"
              >${share(v.count / column.valid)}</span
            >`,
      )}
    </div>`;
  }

  #row(column: Column, v: TopValue, widest: number) {
    const before = referenceShare(this.drift, String(v.value));
    const news = this.drift?.overlay && before === 0;
    return html`<tr>
      <th scope="row">${dataText(v.value, 120)}${news ? html` <span class="chip warning">new</span>` : ""}</th>
      <td class="wide">${this.#bar(v.count / column.valid, before, widest)}</td>
      <td class="number">${v.exact ? "" : "≈ "}${count(v.count)}${v.exact ? "" : ` ± ${count(v.error)}`}</td>
      <td class="number">${share(v.count / column.valid)}</td>
      ${this.#compared ? html`<td class="number">${before === null ? "–" : share(before)}</td>` : ""}
    </tr>`;
  }

  get #compared(): boolean {
    const over = this.drift?.overlay;
    return !!over && over.edges.length === 0 && over.labels.length > 0;
  }

  /** Values the reference held that this file lacks. */
  get #vanished(): Array<[string, number]> {
    const over = this.drift?.overlay;
    if (!over || !this.#compared) return [];
    return over.labels.flatMap((label, i) =>
      over.current[i] === 0 && over.reference[i]! > 0 ? [[label, over.reference[i]!] as [string, number]] : [],
    );
  }

  override render() {
    const { column } = this;
    if (!column || column.top.length === 0) return html``;
    const top = this.compact ? column.top.slice(0, 3) : column.top;
    const befores = top.map((v) => referenceShare(this.drift, String(v.value)) ?? 0);
    const vanished = this.compact ? [] : this.#vanished;
    const widest = Math.max(top[0]!.count / column.valid, ...befores, ...vanished.map(([, s]) => s));
    if (this.compact) return this.#thumb(column, top, widest);
    return html`<div class="scroller">
      <table aria-label="Most frequent values">
        <thead>
          <tr>
            <th scope="col">Value</th>
            <th scope="col" class="wide"><span class="visually-hidden">Bar</span></th>
            <th scope="col" class="number">Cells</th>
            <th scope="col" class="number">Share</th>
            ${this.#compared ? html`<th scope="col" class="number">Reference</th>` : ""}
          </tr>
        </thead>
        <tbody>
          ${top.map((v) => this.#row(column, v, widest))}
          ${vanished.map(
            ([label, before]) =>
              html`<tr>
                <th scope="row">${dataText(label, 120)} <span class="chip warning">vanished</span></th>
                <td class="wide">${this.#bar(0, before, widest)}</td>
                <td class="number">0</td>
                <td class="number">${share(0)}</td>
                <td class="number">${share(before)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }
}

customElements.define("driftline-top-values", DriftlineTopValues);
