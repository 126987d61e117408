// The mistakes of a contract as a list: each a button that goes to its line, and what is wrong there.
import { css, html, type TemplateResult } from "lit";
import type { Mistake } from "../amending";
import { plainText } from "../show/data-text";
import { count } from "../show/number";
import { sentence } from "../show/words";

/* Mistakes that are listed at first, and at all: the others are marked in the text. */
const FIRST = 8;
const MOST = 200;

export const mistakesStyles = css`
  .mistakes ol {
    display: grid;
    gap: 2px;
    margin-top: 6px;
  }
  .mistakes ol.whole {
    max-height: 28rem;
    overflow: auto;
  }
  .mistakes li {
    display: grid;
    grid-template-columns: minmax(10.5rem, max-content) minmax(0, 1fr);
    align-items: baseline;
    gap: 2px 10px;
    padding: 2px;
    overflow-wrap: anywhere;
  }
  .mistakes li button {
    min-height: 28px;
    padding: 1px 9px;
    font-size: 0.8125rem;
    text-align: start;
  }
  .mistakes > button {
    margin-top: 4px;
    color: var(--dl-accent);
  }
  @container (max-width: 520px) {
    .mistakes li {
      grid-template-columns: minmax(0, 1fr);
      justify-items: start;
      padding-block: 5px;
    }
  }
`;

/** The list, whole or its beginning; `go` to one, `toggle` how much of it is shown. */
export function mistakeList(mistakes: Mistake[], whole: boolean, go: (to: Mistake) => void, toggle: () => void): TemplateResult {
  const shown = mistakes.slice(0, whole ? MOST : FIRST);
  const rest = mistakes.length - MOST;
  return html`<ol class=${whole ? "whole" : ""}>
      ${shown.map(
        (it) =>
          html`<li>
            <button @click=${() => go(it)}>Line ${count(it.line)}, column ${count(it.column)}</button>
            <span>${sentence(plainText(it.message, 400))}</span>
          </li>`,
      )}
    </ol>
    ${whole && rest > 0 ? html`<p>And ${count(rest)} more, marked in the text.</p>` : ""}
    ${
      mistakes.length > FIRST
        ? html`<button class="quiet" aria-expanded=${whole} @click=${toggle}>
            ${whole ? `Show the first ${count(FIRST)}` : rest > 0 ? `Show the first ${count(MOST)} of ${count(mistakes.length)}` : `Show all ${count(mistakes.length)} mistakes`}
          </button>`
        : ""
    }`;
}
