// The record of a row as text, cut into what separates and what is between: for the eye.

/** How delimited text is written; `null`: it is JSON, a line each. */
export interface Writing {
  delimiter: string;
  quote: string | null;
}

/** A line of a record: its pieces, and how it ends. */
export interface Line {
  pieces: Array<{ text: string; kind: "text" | "separator" | "quote" }>;
  end: string;
}

/** A text as lines; a delimiter inside of quotes, which may go over several lines, does not separate. */
export function linesOf(text: string, writing: Writing | null): Line[] {
  const lines: Line[] = [];
  let isQuoted = false;
  for (const [line] of text.matchAll(/[^\n]*\n|[^\n]+$/g)) {
    const end = /\r?\n$/.exec(line)?.[0] ?? "";
    const pieces: Line["pieces"] = [];
    let from = 0;
    const body = line.slice(0, line.length - end.length);
    const put = (text: string, kind: Line["pieces"][number]["kind"]) => text !== "" && pieces.push({ text, kind });
    for (let at = 0; writing && at < body.length; at++) {
      const isQuote = body[at] === writing.quote;
      if (isQuote) isQuoted = !isQuoted;
      if (!isQuote && (isQuoted || body[at] !== writing.delimiter)) continue;
      put(body.slice(from, at), "text");
      put(body[at]!, isQuote ? "quote" : "separator");
      from = at + 1;
    }
    put(body.slice(from), "text");
    lines.push({ pieces, end });
  }
  return lines;
}

/** The bytes as text, and whether some of them are none. */
export function decoded(bytes: Uint8Array): { text: string; isDamaged: boolean } {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  return { text, isDamaged: text.includes("\ufffd") };
}
