// A line of YAML or JSON as spans to colour. It needs nothing but the line, so a view of a large text costs what can be seen of it.

/** What a span is. */
export type Kind = "key" | "string" | "number" | "word" | "comment" | "tag";
/** Where a span begins and ends in its line, and what it is. */
export type Span = [from: number, to: number, kind: Kind];

/* What follows in a longer line is not coloured. */
const MOST = 4000;
const SPACE = /\s+/y;
const INDICATOR = /(?:[-?](?=\s|$))|[[\]{},:]/y;
const QUOTED = /"(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?/y;
const TAG = /[&*!][^\s,[\]{}]*/y;
const PLAIN = /(?:[^\s:#,[\]{}]|:(?=[^\s,[\]{}])|(?<=\S)#|[^\S\n]+(?=[^\s#,:[\]{}]))+/y;
const COLON = /\s*:(?=[\s,[\]{}]|$)/y;
const NUMBER = /^[-+]?(?:\d[\d_]*)?(?:\.\d*)?(?:[eE][-+]?\d+)?$/;
const WORD = /^(?:true|false|yes|no|null|~)$/i;
const BLOCK = /(?:^|[\s:?-])[|>][-+]?[1-9]?[-+]?\s*(?:\s#.*)?$/;

/** How far a line is indented; `null`: it is blank. */
export function indentation(line: string): number | null {
  const at = line.search(/\S/);
  return at < 0 ? null : at;
}

/** Whether a text begins on the lines after this one, further indented. */
export function opensBlock(line: string): boolean {
  return BLOCK.test(line) && !/^\s*#/.test(line);
}

/** The spans of a line, in order. */
export function spans(line: string): Span[] {
  const text = line.slice(0, MOST);
  const found: Span[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0] ?? null;
  };
  const isKey = (end: number) => {
    COLON.lastIndex = end;
    return COLON.test(text);
  };
  while (at < text.length) {
    const space = match(SPACE);
    if (space !== null) {
      at += space.length;
      continue;
    }
    if (text[at] === "#" && (at === 0 || /\s/.test(text[at - 1]!))) {
      found.push([at, text.length, "comment"]);
      break;
    }
    const indicator = match(INDICATOR);
    if (indicator !== null) {
      at += indicator.length;
      continue;
    }
    const quoted = match(QUOTED);
    if (quoted) {
      const end = at + quoted.length;
      found.push([at, end, isKey(end) ? "key" : "string"]);
      at = end;
      continue;
    }
    const tag = match(TAG);
    if (tag !== null) {
      found.push([at, at + tag.length, "tag"]);
      at += tag.length;
      continue;
    }
    const plain = match(PLAIN) ?? text[at]!;
    const end = at + plain.length;
    if (isKey(end)) found.push([at, end, "key"]);
    else if (/\d/.test(plain) && NUMBER.test(plain)) found.push([at, end, "number"]);
    else if (WORD.test(plain)) found.push([at, end, "word"]);
    at = end;
  }
  return found;
}
