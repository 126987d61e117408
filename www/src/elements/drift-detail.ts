// The comparison of one column in full: the PSI on its scale, what moved, the measures, and the bins behind the number.
import { html, nothing, type TemplateResult } from "lit";
import type { Contribution, Drift, Interval, Scalar } from "../report";
import { dataText, plainText } from "../show/data-text";
import { plural, probability, score, share } from "../show/number";
import { styled } from "../show/styled";
import { driftChip, fromId, sentence } from "../show/words";

/* The bands' borders and where they stand on the scale: equal steps, since 0.02, 0.1 and 0.25 are not. */
const BORDERS = [0, 0.02, 0.1, 0.25, 1];
const FIRST = 5;

/** Where a PSI stands on the scale, 0–1; 1 and above at its end. */
export function onScale(psi: number): number {
  for (let i = 1; i < BORDERS.length; i += 1) {
    const [from, to] = [BORDERS[i - 1]!, BORDERS[i]!];
    if (psi < to) return (i - 1 + (psi - from) / (to - from)) / (BORDERS.length - 1);
  }
  return 1;
}

/** The PSI as a mark on the scale of its bands. */
export function psiScale(psi: Scalar): TemplateResult {
  if (typeof psi !== "number") return html``;
  return html`<div
    class="scale"
    role="img"
    aria-label="PSI ${score(psi)} on a scale with borders at 0.02, 0.1 and 0.25"
  >
    <span class="needle" ${styled({ "--at": String(onScale(psi)) })}></span>
    ${["same", "small", "moderate", "severe"].map((band, i) => html`<span class="band b${i}">${band}<span class="border">${i === 0 ? "" : BORDERS[i]}</span></span>`)}
  </div>`;
}

function measures(drift: Drift): TemplateResult {
  if (drift.methods.length === 0) return html``;
  return html`<details class="folded">
    <summary>Each measure alone</summary>
    <div class="scroller" role="region" tabindex="0" aria-label="Drift measures">
      <table>
        <thead>
          <tr>
            <th scope="col">Measure</th>
            <th scope="col" class="number">Value</th>
            <th scope="col" class="number">p</th>
            <th scope="col" class="number">Limit</th>
            <th scope="col">Says</th>
          </tr>
        </thead>
        <tbody>
          ${drift.methods.map(
            (m) =>
              html`<tr>
                <td>${fromId(m.name)}</td>
                <td class="number">${score(m.value)}</td>
                <td class="number">${probability(m.p_value)}</td>
                <td class="number">${score(m.threshold)}</td>
                <td>
                  ${m.value === null ? html`<span class="quiet-text">not run${m.reason ? `: ${plainText(m.reason, 200)}` : ""}</span>` : m.drifted ? "drifted" : "same"}
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}

function partsTable(drift: Drift, parts: Contribution[], caption: string): TemplateResult {
  const widest = Math.max(...drift.contributions.map((part) => Math.max(part.reference, part.current))) || 1;
  return html`<div class="scroller" role="region" tabindex="0" aria-label=${caption}>
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          <th scope="col">Bin</th>
          <th scope="col" class="number">Reference</th>
          <th scope="col" class="number">This file</th>
          <th scope="col"><span class="visually-hidden">Bar</span></th>
          <th scope="col" class="number">PSI</th>
        </tr>
      </thead>
      <tbody>
        ${parts.map(
          (part) =>
            html`<tr>
              <td>${part.kind === "category" ? dataText(part.bin, 60) : html`<span>${plainText(part.bin)}</span>`}</td>
              <td class="number">${share(part.reference)}</td>
              <td class="number">${share(part.current)}</td>
              <td class="pair">
                <span class="track"
                  ><span class="fill" ${styled({ "--part": String(part.current / widest) })}></span
                  ><span class="before" ${styled({ "--part": String(part.reference / widest) })}></span
                ></span>
              </td>
              <td class="number">${score(part.psi)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function parts(drift: Drift): TemplateResult {
  const all = drift.contributions;
  if (all.length === 0) return html``;
  const rest = all.slice(FIRST);
  return html`${partsTable(drift, all.slice(0, FIRST), "What the PSI is made of, largest part first")}
  ${
    rest.length > 0
      ? html`<details class="folded">
          <summary>The other ${plural(rest.length, "bin")}</summary>
          ${partsTable(drift, rest, "The other bins")}
        </details>`
      : ""
  }`;
}

/** A size with its 95 % interval: `0.312 (0.280 … 0.344)`. */
export function sure(value: Scalar, interval: Interval | null | undefined): string {
  return interval ? `${score(value)} (${score(interval.low)} … ${score(interval.high)})` : score(value);
}

function explanations(drift: Drift): TemplateResult {
  const found = drift.explanations ?? [];
  if (found.length === 0) return html``;
  return html`<h4>What may be behind it</h4>
    ${found.map(
      (it) =>
        html`<div class="behind">
          <p><span class="chip">${fromId(it.id)}</span> ${plainText(sentence(it.message), 400)}.</p>
          ${
            it.evidence.length > 0
              ? html`<div class="scroller" role="region" tabindex="0" aria-label="Evidence: ${fromId(it.id)}">
                  <table>
                    <thead>
                      <tr>
                        <th scope="col"><span class="visually-hidden">What</span></th>
                        <th scope="col" class="number">Reference</th>
                        <th scope="col" class="number">This file</th>
                      </tr>
                    </thead>
                    <tbody>
                      ${it.evidence.map(
                        (part) =>
                          html`<tr>
                            <td>${plainText(part.what, 60)}</td>
                            <td class="number">${plainText(part.reference, 60)}</td>
                            <td class="number">${plainText(part.current, 60)}</td>
                          </tr>`,
                      )}
                    </tbody>
                  </table>
                </div>`
              : ""
          }
        </div>`,
    )}`;
}

/** Everything the report says about a column's drift; `where` comes before its numbers. */
export function driftDetail(drift: Drift, where: unknown = nothing): TemplateResult {
  const facts: Array<[string, string]> = [
    ["PSI", score(drift.psi)],
    ["PSI less chance, with 95 % interval", sure(drift.psi_corrected, drift.psi_interval)],
    ...(drift.effect
      ? [[`Effect: ${drift.effect.name}`, sure(drift.effect.value, drift.effect.interval)] as [string, string]]
      : []),
    ["p over its kinds", probability(drift.p_value)],
    ["q over all columns", probability(drift.q_value)],
    ["Would have seen PSI of", score(drift.detectable)],
  ];
  const said = facts.filter(([, value]) => value !== "–");
  return html`<p class="line">
      ${driftChip(drift, false)}${drift.reason === null ? "" : html`<span>${plainText(drift.reason, 600)}</span>`}
    </p>
    ${drift.renamed_from ? html`<p class="quiet-text">The reference calls it ${dataText(drift.renamed_from, 80)}.</p>` : ""}
    ${drift.kinds.length > 0 ? html`<p class="kinds">${drift.kinds.map((kind) => html`<span class="chip">${fromId(kind)}</span>`)}</p>` : ""}
    ${explanations(drift)}${psiScale(drift.psi)}${where}
    ${
      said.length > 0
        ? html`<dl class="lines">
            ${said.map(
              ([name, value]) =>
                html`<div>
                  <dt>${name}</dt>
                  <dd>${value}</dd>
                </div>`,
            )}
          </dl>`
        : ""
    }
    ${parts(drift)}${measures(drift)}`;
}
