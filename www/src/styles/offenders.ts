// What breaks a rule: facts, groups, the grid of rows and one row in full.
import { css } from "lit";

export const offendersStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
    padding: 16px 18px;
    border: 1px solid var(--dl-line);
    border-radius: var(--dl-radius);
    background: var(--dl-surface);
    box-shadow: var(--dl-shadow);
  }
  h2 {
    overflow-wrap: anywhere;
  }
  h2 .data {
    font-family: inherit;
    font-size: inherit;
  }
  h2 .rule {
    color: var(--dl-ink-2);
    font-weight: 500;
  }
  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 10px;
  }
  .message {
    overflow-wrap: anywhere;
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 28px;
    font-size: 0.875rem;
  }
  .facts div {
    display: flex;
    gap: 8px;
    min-width: 0;
  }
  .facts dt {
    color: var(--dl-ink-3);
  }
  .facts dd {
    overflow-wrap: anywhere;
  }
  .by,
  .groups {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .status {
    min-height: 28px;
    padding: 2px 10px;
    border-radius: 99px;
  }
  .group {
    max-width: 100%;
    min-height: 30px;
    padding: 2px 10px;
    text-align: start;
    font-weight: 400;
    overflow-wrap: anywhere;
  }
  .status[aria-pressed="true"],
  .group[aria-pressed="true"] {
    border-color: var(--dl-accent);
    background: var(--dl-accent-soft);
  }
  .group[aria-pressed="true"] .nothing,
  .group[aria-pressed="true"] .quiet-text,
  .status[aria-pressed="true"] .quiet-text {
    color: var(--dl-ink-2);
  }
  .times {
    color: var(--dl-ink-2);
    font-weight: 600;
    white-space: nowrap;
  }
  .rows {
    contain: layout paint;
    position: relative;
    max-height: 401px;
    overflow: auto;
    border: 1px solid var(--dl-line);
    border-radius: 8px;
    font-size: 0.8125rem;
  }
  .head,
  .row {
    display: grid;
    grid-template-columns: 90px 160px repeat(var(--columns), 130px);
    width: calc(250px + var(--columns) * 130px);
    min-width: 100%;
  }
  .head {
    position: sticky;
    top: 0;
    z-index: 1;
    height: 34px;
    border-bottom: 1px solid var(--dl-line);
    background: var(--dl-surface);
    color: var(--dl-ink-3);
    font-weight: 550;
  }
  .head .data {
    font-family: inherit;
    font-size: inherit;
  }
  .rows .all {
    position: relative;
    height: calc(var(--rows) * var(--row));
    width: calc(250px + var(--columns) * 130px);
    min-width: 100%;
  }
  .row {
    position: absolute;
    inset: 0 auto auto 0;
    height: var(--row);
    contain: strict;
    transform: translateY(var(--top));
    border-bottom: 1px solid var(--dl-line);
    cursor: pointer;
  }
  .row:hover {
    background: var(--dl-hover);
  }
  .row[aria-selected="true"] {
    background: var(--dl-accent-soft);
    box-shadow: inset 3px 0 0 var(--dl-accent);
  }
  .row[aria-selected="true"] .nothing {
    color: var(--dl-ink-2);
  }
  .cell {
    padding: 6px 10px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .cell .data {
    overflow-wrap: normal;
  }
  .cell.number {
    text-align: end;
  }
  .cell.value,
  .cell.bad {
    color: var(--dl-critical);
    font-weight: 600;
  }
  .cell.bad {
    background: var(--dl-critical-soft);
  }
  .cell.bad .nothing,
  .cell.value .nothing,
  .bad dd .nothing {
    color: var(--dl-critical);
  }
  .one {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 10px;
  }
  .steps {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px;
  }
  .where {
    margin-inline-start: 6px;
    font-size: 0.875rem;
    font-weight: 600;
  }
  .cells dl {
    margin-top: -1px;
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 220px), 1fr));
  }
  .cell-alone,
  .cells {
    max-height: 320px;
    overflow: auto;
    border: 1px solid var(--dl-line);
    border-radius: 8px;
    font-size: 0.8125rem;
  }
  dl > div {
    min-width: 0;
  }
  .cell-alone div,
  .cells div {
    padding: 6px 10px;
    border-top: 1px solid var(--dl-line);
  }
  .cell-alone dt,
  .cells dt {
    color: var(--dl-ink-3);
    overflow-wrap: anywhere;
  }
  .cell-alone dd,
  .cells dd {
    display: flex;
    align-items: center;
    gap: 6px;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  dl .bad {
    background: var(--dl-critical-soft);
    color: var(--dl-critical);
    font-weight: 600;
  }
  dl .bad dt {
    color: inherit;
  }
  .places {
    max-width: 760px;
  }
  @media (forced-colors: active) {
    .row[aria-selected="true"],
    .group[aria-pressed="true"],
    .status[aria-pressed="true"] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
