// What every element of ours shares: type, focus, buttons, data text, tables.
import { css } from "lit";

export const base = css`
  :host {
    display: block;
    color: var(--dl-ink);
    font: 400 15px/1.5 var(--dl-font);
    font-variant-numeric: tabular-nums;
  }
  :host([hidden]) {
    display: none;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h1,
  h2,
  h3,
  h4,
  p,
  ul,
  ol,
  dl,
  dd,
  figure {
    margin: 0;
    padding: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  h2 {
    font-size: 1.125rem;
    font-weight: 650;
    letter-spacing: -0.01em;
    line-height: 1.3;
  }
  h3 {
    font-size: 0.8125rem;
    font-weight: 650;
    color: var(--dl-ink-2);
    line-height: 1.4;
  }
  a {
    color: var(--dl-accent);
  }
  :focus-visible {
    outline: 2px solid var(--dl-accent);
    outline-offset: 2px;
  }
  button,
  input,
  select {
    font: inherit;
    color: inherit;
  }
  button,
  .button {
    min-height: 32px;
    padding: 4px 12px;
    border: 1px solid var(--dl-line-strong);
    border-radius: 8px;
    background: var(--dl-surface);
    cursor: pointer;
    font-size: 0.875rem;
    font-weight: 550;
  }
  button:hover {
    background: var(--dl-hover);
  }
  button:disabled {
    cursor: default;
    opacity: 0.55;
  }
  button.primary {
    border-color: transparent;
    background: var(--dl-accent);
    color: var(--dl-on-accent);
  }
  button.quiet {
    border-color: transparent;
    background: transparent;
  }
  button.quiet:hover {
    background: var(--dl-sunken);
  }
  button.icon {
    display: inline-grid;
    place-items: center;
    width: 32px;
    padding: 0;
  }
  input[type="search"],
  input[type="text"],
  select {
    min-height: 34px;
    padding: 4px 10px;
    border: 1px solid var(--dl-line-strong);
    border-radius: 8px;
    background: var(--dl-surface);
    font-size: 0.875rem;
  }
  summary {
    min-height: 28px;
    cursor: pointer;
    border-radius: 6px;
  }
  svg {
    display: block;
  }
  .glyph {
    flex: none;
    width: 1.125em;
    height: 1.125em;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.6;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .data {
    font-family: var(--dl-mono);
    font-size: 0.9em;
    overflow-wrap: anywhere;
  }
  strong .data {
    font-family: inherit;
    font-size: inherit;
  }
  .control {
    padding: 0 2px;
    border-radius: 3px;
    background: var(--dl-warning-soft);
    color: var(--dl-warning);
    font-size: 0.85em;
  }
  .nothing {
    color: var(--dl-ink-3);
    font-style: italic;
    font-family: var(--dl-font);
  }
  .quiet-text {
    color: var(--dl-ink-3);
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .scroller {
    overflow-x: auto;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: 0.875rem;
  }
  caption {
    padding: 0 0 4px;
    text-align: start;
    color: var(--dl-ink-3);
    font-size: 0.8125rem;
  }
  th {
    padding: 6px 10px 6px 0;
    border-bottom: 1px solid var(--dl-line);
    color: var(--dl-ink-3);
    font-size: 0.8125rem;
    font-weight: 550;
    text-align: start;
    vertical-align: bottom;
  }
  td {
    padding: 6px 10px 6px 0;
    border-bottom: 1px solid var(--dl-line);
    vertical-align: top;
  }
  tr:last-child > td,
  tbody > tr:last-child > th {
    border-bottom: 0;
  }
  th.number,
  td.number {
    text-align: end;
    white-space: nowrap;
  }
  th:last-child,
  td:last-child {
    padding-inline-end: 0;
  }
  @media (forced-colors: active) {
    .control,
    .chip {
      border: 1px solid;
    }
  }
`;
