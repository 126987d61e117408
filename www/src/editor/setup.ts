// What the contract's editor can do, but for what depends on the page.
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { indentService, indentUnit } from "@codemirror/language";
import { lintGutter, lintKeymap } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, highlightActiveLineGutter, keymap, lineNumbers } from "@codemirror/view";
import { highlight } from "./highlight";
import { theme } from "./theme";

/* Inside a list item its keys stand below each other, and what belongs to a key stands further in. */
const indents = indentService.of((context, at) => {
  const { text, from } = context.lineAt(at, -1);
  const before = text.slice(0, at - from).replace(/\s+#.*$/, "").trimEnd();
  const lead = /^\s*(?:- +(?=[^\s:]+:(?:\s|$)))?/.exec(before)![0].length;
  return lead + (/[:[{]$/.test(before) ? context.unit : 0);
});

/* A file that is dropped or pasted is the page's. */
const files = EditorView.domEventHandlers({
  drop: (event) => event.dataTransfer?.types.includes("Files") ?? false,
  paste: (event) => (event.clipboardData?.files.length ?? 0) > 0,
});

/* Chromium would give what replaces several lines their style, inline, which the page's policy forbids. */
const replacing = EditorView.domEventHandlers({
  beforeinput: ({ inputType, data }, view) => {
    if (inputType !== "insertText" || !data || view.composing || view.state.selection.main.empty) return false;
    view.dispatch(view.state.replaceSelection(data), { userEvent: "input.type", scrollIntoView: true });
    return true;
  },
});

/** The editor's abilities. Tab is no key of its own, so that it leaves the editor. */
export const setup: Extension = [
  lineNumbers(),
  highlightActiveLineGutter(),
  highlight,
  history(),
  indentUnit.of("  "),
  indents,
  EditorState.languageData.of(() => [{ commentTokens: { line: "#" } }]),
  EditorState.tabSize.of(2),
  search({ top: true }),
  highlightSelectionMatches(),
  lintGutter(),
  files,
  replacing,
  keymap.of([...searchKeymap, ...historyKeymap, ...lintKeymap, ...defaultKeymap]),
  theme,
];
