// The shape of a text, as the engine writes it: what stands where a value was left out of a report.
import type { Column } from "../report";

/* Characters of a shape; a longer text's ends with `…`. */
const LENGTH = 32;

function sign(character: string): string {
  if (/\p{N}/u.test(character)) return "9";
  if (/\p{Uppercase}/u.test(character)) return "A";
  return /\p{Alphabetic}/u.test(character) ? "a" : character;
}

/** The shape of a text: `AB-1234` is `AA-9999`. */
export function shapeOf(text: string): string {
  const characters = [...text];
  const shape = characters.slice(0, LENGTH).map(sign).join("");
  return characters.length > LENGTH ? `${shape}…` : shape;
}

/** What of a value is shown: all, or its shape where the values of its column are redacted. */
export function shownOf(value: string | null, redacted: boolean): string | null {
  return value === null || !redacted ? value : shapeOf(value);
}

/** Whether the values of what a finding is about are redacted: a column, or what belongs to several. */
export function isRedacted(columns: Column[], name: string | null): boolean {
  const column = columns.find((it) => it.name === name);
  return column ? column.redacted === true : columns.some(({ redacted }) => redacted);
}
