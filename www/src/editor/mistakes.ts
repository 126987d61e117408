// A mistake of a contract as the editor shows it: under the word that is wrong, with what was probably meant one press away.
import type { Diagnostic } from "@codemirror/lint";
import type { Text } from "@codemirror/state";
import { plainText } from "../show/data-text";
import { sentence } from "../show/words";
import type { Mistake } from "../amending";

const TOKEN = /^(?:"(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?|[^\s,:[\]{}]+)/;
const MEANT = /; did you mean "([\w.-]+)"\?/;

/** Where a mistake is in a text; both are counted from 1, columns in characters. */
export function position(doc: Text, { line, column }: Pick<Mistake, "line" | "column">): number {
  const at = doc.line(Math.min(Math.max(1, line), doc.lines));
  let units = 0;
  for (const character of at.text) {
    if (--column < 1) break;
    units += character.length;
  }
  return at.from + units;
}

/** A mistake as the editor shows it. */
export function diagnostic(doc: Text, mistake: Mistake): Diagnostic {
  const from = position(doc, mistake);
  const token = TOKEN.exec(doc.sliceString(from, doc.lineAt(from).to))?.[0] ?? "";
  const meant = MEANT.exec(mistake.message)?.[1];
  const quote = /^["']/.exec(token)?.[0] ?? "";
  return {
    from,
    to: from + token.length,
    severity: "error",
    message: sentence(plainText(mistake.message, 400)),
    actions:
      meant === undefined || token === ""
        ? []
        : [
            {
              name: `Replace by “${meant}”`,
              apply: (view, from, to) =>
                view.dispatch({ changes: { from, to, insert: quote + meant + quote }, userEvent: "input.complete" }),
            },
          ],
  };
}
