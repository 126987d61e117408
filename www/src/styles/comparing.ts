// Other words on a comparison: a table a tool, bars and pairs of columns together.
import { css } from "lit";

export const comparingStyles = css`
  section {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 10px;
    margin-top: 32px;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .choices button[aria-pressed="true"] {
    border-color: var(--dl-accent);
    background: var(--dl-accent-soft);
    color: var(--dl-accent);
  }
  .said {
    max-width: 90ch;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  tbody th {
    color: var(--dl-ink);
    font-weight: 500;
    vertical-align: top;
  }
  th:not(:last-child),
  td:not(:last-child) {
    padding-inline-end: 18px;
  }
  /* Its widths are given, so that rows that are added leave the others as they are. */
  .columns {
    table-layout: fixed;
    min-width: 760px;
  }
  .columns th {
    overflow-wrap: anywhere;
  }
  .columns thead th {
    width: 13%;
  }
  .columns thead th:first-child {
    width: 26%;
  }
  .columns thead th:nth-child(2) {
    width: 22%;
  }
  tr:has(+ .why) > * {
    border-bottom: 0;
    padding-bottom: 0;
  }
  tbody th .data {
    overflow-wrap: normal;
  }
  .pairs {
    max-width: 760px;
  }
  .why td {
    padding-top: 2px;
    color: var(--dl-ink-2);
    font-size: 0.8125rem;
  }
  section > p > button {
    display: inline-flex;
    align-items: center;
    gap: 8px;
  }
  .findings {
    display: grid;
    gap: 6px;
    max-width: 90ch;
    overflow-wrap: anywhere;
  }
  .findings:focus {
    outline: none;
  }
  .bars {
    display: grid;
    gap: 6px;
    max-width: 640px;
  }
  .bars li {
    display: grid;
    grid-template-columns: minmax(80px, 200px) minmax(60px, 1fr) 5em;
    align-items: center;
    gap: 12px;
    font-size: 0.875rem;
  }
  .bars .part {
    text-align: end;
  }
  .track {
    display: block;
    height: 8px;
    border-radius: 4px;
    overflow: hidden;
    background: var(--dl-sunken);
  }
  .fill {
    display: block;
    width: calc(var(--part) * 100%);
    height: 100%;
    border-radius: 4px;
    background: var(--dl-fill);
  }
  .working {
    display: grid;
    grid-template-columns: minmax(60px, 360px) 4.5em max-content;
    align-items: center;
    gap: 12px;
    min-height: 34px;
  }
  .fault {
    display: flex;
    gap: 8px;
    color: var(--dl-critical);
    overflow-wrap: anywhere;
  }
  .fault.quiet {
    color: var(--dl-ink-2);
  }
  @media (forced-colors: active) {
    .track {
      border: 1px solid;
    }
    .fill {
      forced-color-adjust: none;
      background: CanvasText;
    }
  }
`;
