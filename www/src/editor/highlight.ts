// Colours what can be seen of a contract's text.
import { RangeSetBuilder, type Text } from "@codemirror/state";
import { Decoration, ViewPlugin, type DecorationSet, type EditorView, type ViewUpdate } from "@codemirror/view";
import { indentation, opensBlock, spans, type Kind } from "./tokens";

/* Lines looked at above the first one that can be seen. */
const ABOVE = 300;

const kinds: Kind[] = ["key", "string", "number", "word", "comment", "tag"];
const marks = Object.fromEntries(kinds.map((kind) => [kind, Decoration.mark({ class: `dl-${kind}` })])) as Record<
  Kind,
  Decoration
>;

/** How far the key of the text in which a line stands is indented; `null`: it stands in none. */
function blockAt(doc: Text, number: number): number | null {
  let inner = Infinity;
  for (let at = number; at <= doc.lines && inner === Infinity; at++) inner = indentation(doc.line(at).text) ?? inner;
  let block: number | null = null;
  for (let at = number - 1; at > 0 && at > number - ABOVE && inner > 0; at--) {
    const { text } = doc.line(at);
    const outer = indentation(text);
    if (outer === null || outer >= inner) continue;
    inner = outer;
    if (opensBlock(text)) block = outer;
  }
  return block;
}

function coloured({ state: { doc }, visibleRanges }: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  let seen = 0;
  for (const { from, to } of visibleRanges) {
    const first = doc.lineAt(from).number;
    let block = blockAt(doc, first);
    for (let at = Math.max(first, seen + 1); at <= doc.lines; at++) {
      const line = doc.line(at);
      if (line.from > to) break;
      seen = at;
      const indent = indentation(line.text);
      if (block !== null && indent !== null && indent <= block) block = null;
      if (block !== null) {
        if (indent !== null) builder.add(line.from + indent, line.to, marks.string);
        continue;
      }
      for (const [start, end, kind] of spans(line.text)) builder.add(line.from + start, line.from + end, marks[kind]);
      if (indent !== null && opensBlock(line.text)) block = indent;
    }
  }
  return builder.finish();
}

/** Colours keys, texts, numbers and comments. */
export const highlight = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = coloured(view);
    }

    update({ docChanged, viewportChanged, view }: ViewUpdate) {
      if (docChanged || viewportChanged) this.decorations = coloured(view);
    }
  },
  { decorations: (it) => it.decorations },
);
