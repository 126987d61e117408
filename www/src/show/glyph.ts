// The icons: sixteen-unit strokes in the current colour, decoration beside a word.
import { html, svg, type SVGTemplateResult, type TemplateResult } from "lit";

const shapes: Record<string, SVGTemplateResult> = {
  ok: svg`<circle cx="8" cy="8" r="6.5"/><path d="m5.2 8.2 2 2 3.6-4.2"/>`,
  warning: svg`<path d="M8 2.2 14.4 13.4H1.6Z"/><path d="M8 6.4v3.2M8 11.5v.1"/>`,
  critical: svg`<path d="M5.3 1.5h5.4l3.8 3.8v5.4l-3.8 3.8H5.3l-3.8-3.8V5.3Z"/><path d="m6 6 4 4m0-4-4 4"/>`,
  info: svg`<circle cx="8" cy="8" r="6.5"/><path d="M8 7.4v3.4M8 5.1v.1"/>`,
  not_run: svg`<circle cx="8" cy="8" r="6.5" stroke-dasharray="2.2 2.6"/><path d="M5.6 8h4.8"/>`,
  drift: svg`<path d="M1.5 12.5c2.6 0 2.6-8 5-8s2.4 8 5 8"/><path d="M6 12.5c2 0 2.2-5.6 4.4-5.6s2 5.6 4.1 5.6" stroke-dasharray="1.6 1.9"/>`,
  same: svg`<path d="M3 6h10M3 10h10"/>`,
  close: svg`<path d="m4 4 8 8m0-8-8 8"/>`,
  search: svg`<circle cx="7" cy="7" r="4.5"/><path d="m10.5 10.5 3.5 3.5"/>`,
  up: svg`<path d="M8 13V3M4 7l4-4 4 4"/>`,
  down: svg`<path d="M8 3v10M4 9l4 4 4-4"/>`,
  file: svg`<path d="M4 1.8h5l3.2 3.2v9.2H4Z"/><path d="M9 1.8V5h3.2"/>`,
  contract: svg`<path d="M3.5 1.8h9v12.4h-9Z"/><path d="m5.6 5.4 1 1 1.6-2M5.6 10l1 1 1.6-2M10 6h1M10 10.6h1"/>`,
  reference: svg`<path d="M8 1.8a6.2 6.2 0 1 1-5.6 3.6"/><path d="M2 2v3.6h3.6M8 4.6V8l2.4 1.6"/>`,
  table: svg`<path d="M2 3h12v10H2ZM2 6.4h12M6.4 6.4V13M2 9.7h12"/>`,
  lock: svg`<rect x="3" y="7" width="10" height="7" rx="1.5"/><path d="M5.2 7V4.8a2.8 2.8 0 0 1 5.6 0V7"/>`,
  sun: svg`<circle cx="8" cy="8" r="2.8"/><path d="M8 1.5v1.6M8 12.9v1.6M1.5 8h1.6M12.9 8h1.6M3.4 3.4l1.1 1.1M11.5 11.5l1.1 1.1M3.4 12.6l1.1-1.1M11.5 4.5l1.1-1.1"/>`,
  moon: svg`<path d="M13.4 9.6A6 6 0 0 1 6.4 2.6a6 6 0 1 0 7 7Z"/>`,
  help: svg`<circle cx="8" cy="8" r="6.5"/><path d="M6.1 6.2a1.9 1.9 0 1 1 2.7 1.9c-.6.3-.8.6-.8 1.2M8 11.4v.1"/>`,
  drop: svg`<path d="M8 2v7.5M4.8 6.6 8 9.8l3.2-3.2"/><path d="M2 10.5v3h12v-3"/>`,
  swap: svg`<path d="M2.5 5.5h10l-2.6-2.6M13.5 10.5h-10l2.6 2.6"/>`,
  print: svg`<path d="M4.5 6V2h7v4M4.5 12h-2V6h11v6h-2"/><path d="M4.5 9.5h7V14h-7Z"/>`,
  date: svg`<path d="M2.2 3.6h11.6v10H2.2ZM2.2 6.8h11.6M5.2 2v3M10.8 2v3"/>`,
  timestamp: svg`<circle cx="8" cy="8" r="6"/><path d="M8 4.4V8l2.6 1.6"/>`,
};

const tiles: Record<string, string> = {
  integer: "123",
  decimal: "1.0",
  float: "1.5",
  text: "Abc",
  boolean: "y/n",
  list: "[ ]",
  json: "{ }",
  binary: "01",
};

/** An icon, hidden from assistive technology: the word beside it says the same. */
export function glyph(name: string): TemplateResult {
  return html`<svg class="glyph" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${shapes[name]}</svg>`;
}

/** The tile of a column type. */
export function typeTile(type: string): TemplateResult {
  const text = tiles[type];
  const shape = type === "time" || type === "duration" ? "timestamp" : type;
  return html`<span class="tile" aria-hidden="true">${text ?? glyph(shape)}</span>`;
}
