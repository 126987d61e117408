// Places in the file as a table: row, line, byte and what stands there, so that a fault can be found in the file itself.
import { html, type TemplateResult } from "lit";
import type { Place, Violation } from "../report";
import { dataText } from "../show/data-text";
import { count, plural } from "../show/number";

/** A table of places. `label` names it; `total` is how many there are in all. */
export function placesTable(places: Array<Place | Violation>, label: string, total: number): TemplateResult {
  if (places.length === 0) return html``;
  const lines = places.some((place) => place.line !== null);
  const bytes = places.some((place) => place.byte !== null);
  const rest =
    total > places.length ? `The first ${count(places.length)} of ${count(total)}` : plural(places.length, "place");
  const number = (value: number | null) => (value === null ? "–" : count(value));
  return html`<div class="scroller places" role="region" tabindex="0" aria-label=${label}>
    <table>
      <caption>
        ${rest}
      </caption>
      <thead>
        <tr>
          <th scope="col" class="number">Row</th>
          ${lines ? html`<th scope="col" class="number">Line</th>` : ""}
          ${bytes ? html`<th scope="col" class="number">Byte</th>` : ""}
          <th scope="col">What stands there</th>
        </tr>
      </thead>
      <tbody>
        ${places.map(
          (place) =>
            html`<tr>
              <td class="number">${place.row === 0 ? html`<span class="nothing">none</span>` : count(place.row)}</td>
              ${lines ? html`<td class="number">${number(place.line)}</td>` : ""}${bytes ? html`<td class="number">${number(place.byte)}</td>` : ""}
              <td>${dataText("text" in place ? place.text : place.value, 200)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
