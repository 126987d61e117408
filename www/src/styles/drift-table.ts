// The drift panel's rows: name, shapes, chip, number, reason; stacked where it is narrow.
import { css } from "lit";

export const driftTableStyles = css`
  :host {
    container-type: inline-size;
  }
  .intro {
    margin-bottom: 14px;
    color: var(--dl-ink-2);
  }
  h3 {
    margin-bottom: 8px;
  }
  .entries {
    border: 1px solid var(--dl-line);
    border-radius: var(--dl-radius);
    background: var(--dl-surface);
    box-shadow: var(--dl-shadow);
  }
  .entry {
    display: grid;
    grid-template-columns: minmax(120px, 1fr) 180px 150px 92px minmax(200px, 1.8fr);
    align-items: center;
    gap: 6px 20px;
    padding: 12px 16px;
    break-inside: avoid;
  }
  .entry + .entry {
    border-top: 1px solid var(--dl-line);
  }
  .open {
    justify-self: start;
    max-width: 100%;
    min-height: 28px;
    padding: 2px 0;
    border: 0;
    background: none;
    color: var(--dl-accent);
    font-size: 0.9375rem;
    font-weight: 600;
    text-align: start;
  }
  .open:hover {
    background: none;
    text-decoration: underline;
  }
  .open .data {
    font-family: inherit;
    font-size: inherit;
  }
  .psi {
    font-size: 0.875rem;
    white-space: nowrap;
  }
  .reason {
    color: var(--dl-ink-2);
    font-size: 0.875rem;
    overflow-wrap: anywhere;
  }
  .behind {
    display: block;
    color: var(--dl-ink);
  }
  driftline-where-brief:not(:defined) {
    display: block;
    min-height: 1.5em;
  }
  .more {
    margin-top: 8px;
  }
  details .entries {
    margin-top: 8px;
  }
  @container (max-width: 860px) {
    .entry {
      grid-template-columns: minmax(0, 1fr) auto auto;
    }
    .chart {
      grid-column: 1 / -1;
      grid-row: 2;
      max-width: 320px;
    }
    .reason {
      grid-column: 1 / -1;
    }
  }
`;
