// A reason of the verdict in one row: how bad, what, and which question it answers.
import { html, type TemplateResult } from "lit";
import type { Reason } from "../report";
import { dataText, plainText } from "../show/data-text";
import { afterName, questions, sentence, severityChip } from "../show/words";

/** How many are shown at first. */
export const FIRST = 5;

/** The words of a reason, for a row of the class `reason`. */
export function reasonWords({ severity, card, column, message }: Reason): TemplateResult {
  return html`${severityChip(severity)}
    <span class="what"
      >${column === null ? "" : html`<strong>${dataText(column, 60)}</strong> `}<span
        >${plainText(column === null ? sentence(message) : afterName(message, column), 400)}</span
      ></span
    >
    <span class="where">${questions[card] ?? ""}</span>`;
}
