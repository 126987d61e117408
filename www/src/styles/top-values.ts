// Bars of frequent values, large and as a thumbnail.
import { css } from "lit";

export const topValueStyles = css`
  :host {
    container-type: inline-size;
  }
  .track {
    position: relative;
    display: block;
    height: 10px;
    border-radius: 2px;
  }
  .fill {
    position: absolute;
    inset: 0 auto 0 0;
    width: max(1px, calc(var(--part) * 100%));
    border-radius: 2px;
    background: var(--dl-fill);
  }
  .before {
    position: absolute;
    inset: -2px auto -2px 0;
    width: calc(var(--part) * 100%);
    border-inline-end: 2px solid var(--dl-outline);
  }
  .thumb {
    display: grid;
    grid-template-columns: minmax(0, 42%) minmax(0, 1fr) max-content;
    gap: 2px 8px;
    align-items: center;
    font-size: 0.75rem;
    line-height: 14px;
  }
  .part {
    color: var(--dl-ink-3);
    text-align: end;
  }
  .thumb .track {
    height: 8px;
  }
  .label {
    overflow: hidden;
    color: var(--dl-ink-2);
    text-align: end;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .label .data {
    font-family: inherit;
    overflow-wrap: normal;
  }
  tbody th {
    max-width: 22em;
    color: var(--dl-ink);
    font-size: 0.875rem;
    font-weight: 400;
    vertical-align: middle;
  }
  td {
    vertical-align: middle;
  }
  .wide {
    width: 34%;
    min-width: 80px;
  }
  @container (max-width: 420px) {
    .wide {
      display: none;
    }
  }
  @media (forced-colors: active) {
    .fill {
      background: Highlight;
      forced-color-adjust: none;
    }
  }
  @media print {
    .fill {
      background: #9a9a9a;
      print-color-adjust: exact;
    }
  }
`;
