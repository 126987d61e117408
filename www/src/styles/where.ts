// Where a column drifted: a quiet list, each segment with the part that it carries.
import { css } from "lit";

export const whereStyles = css`
  section {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 10px;
    min-height: 96px;
    align-content: start;
    padding: 12px 14px;
    border: 1px solid var(--dl-line);
    border-radius: var(--dl-radius);
    font-size: 0.875rem;
  }
  h4 {
    font-size: 0.875rem;
  }
  h4:focus {
    outline: none;
  }
  .segments {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 14px;
  }
  .segments > li {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 6px;
  }
  .segments > li + li {
    padding-top: 12px;
    border-top: 1px solid var(--dl-line);
  }
  .measure {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
  }
  .measure + .measure {
    padding-top: 10px;
    border-top: 1px solid var(--dl-line);
  }
  h5 {
    margin: 0;
    color: var(--dl-ink-3);
    font-size: 0.8125rem;
    font-weight: 550;
  }
  details .segments {
    margin-top: 8px;
  }
  .words {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 16px;
    font-size: 0.9375rem;
    overflow-wrap: anywhere;
  }
  .words .name .data {
    font-family: inherit;
    font-size: inherit;
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
    background: var(--dl-warning);
  }
  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 4px 10px;
    color: var(--dl-ink-2);
  }
  th .data,
  td {
    overflow-wrap: normal;
    white-space: nowrap;
  }
  td:not(:last-child),
  th:not(:last-child) {
    padding-inline-end: 14px;
  }
  td.bad {
    background: var(--dl-warning-soft);
    color: var(--dl-warning);
    font-weight: 600;
  }
  th.bad,
  td.bad {
    padding-inline: 8px;
  }
  .bad + th,
  .bad + td {
    padding-inline-start: 12px;
  }
  th.bad {
    color: var(--dl-warning);
  }
  td.within {
    font-weight: 600;
  }
  .working {
    display: grid;
    grid-template-columns: minmax(60px, 1fr) 4.5em max-content;
    align-items: center;
    gap: 12px;
  }
  .fault {
    display: flex;
    gap: 8px;
    color: var(--dl-critical);
    overflow-wrap: anywhere;
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
