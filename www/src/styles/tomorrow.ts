// What is said of the intervals of a feed, and what is kept for the next one.
import { css } from "lit";

export const tomorrowStyles = css`
  section {
    margin-top: 28px;
  }
  h2 {
    margin-bottom: 6px;
  }
  .intro {
    max-width: 76ch;
    margin-bottom: 12px;
    color: var(--dl-ink-2);
    font-size: 0.875rem;
  }
  .scroller {
    max-height: 420px;
    overflow: auto;
    border: 1px solid var(--dl-line);
    border-radius: var(--dl-radius);
    background: var(--dl-surface);
  }
  table {
    min-width: 560px;
  }
  th[scope="row"] {
    font-weight: 550;
    white-space: nowrap;
  }
  tbody th {
    border-bottom: 1px solid var(--dl-line);
    color: var(--dl-ink);
  }
  td,
  tbody th {
    vertical-align: middle;
  }
  th:first-child {
    padding-inline-start: 12px;
  }
  td.number,
  th.number {
    padding-inline-end: 12px;
  }
  thead th {
    position: sticky;
    top: 0;
    z-index: 1;
    background: var(--dl-surface);
  }
  select {
    min-height: 32px;
    max-width: 260px;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .buttons button {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    max-width: 100%;
  }
  .buttons .data {
    font-family: inherit;
    font-size: inherit;
  }
  .size {
    opacity: 0.75;
    font-weight: 400;
  }
  .failed {
    color: var(--dl-critical);
  }
`;
