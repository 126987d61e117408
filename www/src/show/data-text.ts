// Text that came from data: shown as text and nothing else, its own direction kept to itself, what cannot be seen marked.
import { html, type TemplateResult } from "lit";

/* Controls, bidirectional controls, zero-width characters, line and paragraph separators, lone surrogates. */
const unseen =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** What stands for a character that cannot be seen. */
function sign(character: string): string {
  const code = character.charCodeAt(0);
  if (code === 10) return "↵";
  if (code === 9) return "⇥";
  if (code < 32) return String.fromCharCode(0x2400 + code);
  if (code === 127) return "␡";
  return "U+" + code.toString(16).toUpperCase().padStart(4, "0");
}

/** A text as it stands, what cannot be seen marked. */
export function pieces(text: string): Array<string | TemplateResult> {
  const out: Array<string | TemplateResult> = [];
  let from = 0;
  for (const match of text.matchAll(unseen)) {
    if (match.index > from) out.push(text.slice(from, match.index));
    out.push(html`<span class="control">${sign(match[0])}</span>`);
    from = match.index + match[0].length;
  }
  if (from < text.length) out.push(text.slice(from));
  return out;
}

function padded(text: string): { lead: string; core: string; trail: string } {
  const core = text.replace(/^ +| +$/g, "");
  if (core === "") return { lead: "", core: "", trail: "·".repeat(Math.min(text.length, 20)) };
  const at = text.indexOf(core);
  return { lead: "·".repeat(at), core, trail: "·".repeat(text.length - at - core.length) };
}

/** A value of the data. `limit` is in characters; the rest is counted, not shown. */
export function dataText(value: string | number | null, limit = 400): TemplateResult {
  if (value === null) return html`<span class="nothing">missing</span>`;
  const text = String(value);
  if (text === "") return html`<span class="nothing">empty</span>`;
  const cut = text.length > limit ? text.slice(0, limit) : text;
  const { lead, core, trail } = padded(cut);
  const rest = text.length > limit ? html`<span class="nothing"> … ${text.length} characters</span>` : "";
  const mark = (dots: string) => (dots ? html`<span class="control">${dots}</span>` : "");
  return html`<bdi class="data" translate="no">${mark(lead)}${pieces(core)}${mark(trail)}</bdi>${rest}`;
}

/** A value of the data for an attribute or an announcement: the unseen replaced, cut short. */
export function plainText(value: string | number | null, limit = 80): string {
  if (value === null) return "missing";
  const text = String(value).replace(unseen, sign);
  return text.length > limit ? text.slice(0, limit) + "…" : text;
}
