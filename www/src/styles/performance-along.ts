// Inputs and the change of a metric: a row each, with bars over the same chunks.
import { css } from "lit";

export const alongStyles = css`
  :host {
    display: block;
    margin: 18px 0 22px;
  }
  h3 {
    margin: 0 0 6px;
  }
  .told {
    max-width: 76ch;
    margin-bottom: 10px;
    overflow-wrap: anywhere;
  }
  table {
    width: auto;
  }
  td,
  tbody th {
    vertical-align: middle;
  }
  tbody th {
    min-width: 150px;
    padding-right: 18px;
    font-weight: 400;
    text-align: left;
  }
  tbody th .name {
    min-height: 24px;
    padding: 0;
    border: 0;
    background: none;
    color: var(--dl-accent);
    font-weight: 550;
    text-align: left;
    text-decoration: underline;
    text-decoration-color: transparent;
    text-underline-offset: 3px;
  }
  tbody th .name:hover {
    text-decoration-color: currentcolor;
  }
  .change th,
  .change td {
    border-bottom: 2px solid var(--dl-line-strong);
  }
  .change th {
    color: var(--dl-ink);
    font-weight: 550;
  }
  svg[role="img"] {
    display: block;
  }
  .bar {
    fill: var(--dl-ink-3);
  }
  .change .bar {
    fill: var(--dl-fill);
  }
  .bar.beyond {
    fill: var(--dl-warning);
  }
  .threshold {
    stroke: var(--dl-ink-2);
    stroke-dasharray: 3 3;
  }
  .verdict {
    display: flex;
    align-items: center;
    gap: 6px;
    color: var(--dl-ink-2);
    font-size: 0.8125rem;
    font-weight: 400;
  }
  .verdict.goes {
    color: var(--dl-warning);
    font-weight: 550;
  }
  .more,
  details {
    margin-top: 10px;
  }
  details li {
    overflow-wrap: anywhere;
  }
  @media (forced-colors: active) {
    .bar {
      fill: CanvasText;
      forced-color-adjust: none;
    }
    .bar.beyond {
      fill: Highlight;
    }
  }
`;
