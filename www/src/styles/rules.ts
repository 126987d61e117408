// The rules of a contract: the list in a box of its own, beside it or below what breaks the chosen one.
import { css } from "lit";

export const rulesStyles = css`
  :host {
    container-type: inline-size;
  }
  .split {
    display: grid;
    grid-template-columns: minmax(280px, 2fr) minmax(0, 5fr);
    align-items: start;
    gap: 20px;
  }
  .master {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 10px;
  }
  .filters {
    display: grid;
    gap: 8px;
  }
  .statuses {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .status {
    min-height: 28px;
    padding: 2px 10px;
    border-radius: 99px;
  }
  .status[aria-pressed="true"] {
    border-color: var(--dl-accent);
    background: var(--dl-accent-soft);
  }
  .search {
    position: relative;
  }
  .search .glyph {
    position: absolute;
    inset: 9px auto auto 10px;
    color: var(--dl-ink-3);
  }
  .search input {
    width: 100%;
    padding-inline-start: 34px;
  }
  .list {
    contain: layout paint;
    max-height: min(70vh, 640px);
    overflow-y: auto;
    border: 1px solid var(--dl-line);
    border-radius: var(--dl-radius);
    background: var(--dl-surface);
    box-shadow: var(--dl-shadow);
  }
  .all {
    position: relative;
    height: calc(var(--rows) * var(--row));
  }
  .rule {
    position: absolute;
    inset: 0 0 auto;
    display: grid;
    grid-template: auto auto / auto minmax(0, 1fr) auto;
    align-content: center;
    column-gap: 10px;
    height: var(--row);
    contain: strict;
    padding-inline: 12px;
    transform: translateY(var(--top));
    border-bottom: 1px solid var(--dl-line);
    cursor: pointer;
  }
  .rule:hover {
    background: var(--dl-hover);
  }
  .rule[aria-selected="true"] {
    background: var(--dl-accent-soft);
    box-shadow: inset 3px 0 0 var(--dl-accent);
  }
  .rule .tone {
    grid-row: 1 / 3;
    align-self: center;
  }
  .rule .name,
  .rule .message {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .rule strong {
    font-weight: 600;
  }
  .rule .message {
    grid-column: 2 / 4;
    color: var(--dl-ink-2);
    font-size: 0.8125rem;
  }
  .rule .quiet-text {
    color: var(--dl-ink-2);
  }
  .extent {
    font-weight: 600;
    font-size: 0.875rem;
    white-space: nowrap;
  }
  .extent .quiet-text {
    font-weight: 400;
  }
  .none,
  .empty {
    display: flex;
    align-items: center;
    gap: 10px;
    margin-bottom: 16px;
    padding: 14px 18px;
    border: 1px dashed var(--dl-line-strong);
    border-radius: var(--dl-radius);
    color: var(--dl-ink-2);
  }
  .state {
    display: flex;
    gap: 8px;
    margin-bottom: 10px;
    color: var(--dl-ink-2);
    font-size: 0.875rem;
    overflow-wrap: anywhere;
  }
  .detail {
    min-width: 0;
  }
  @container (max-width: 860px) {
    .split {
      grid-template-columns: minmax(0, 1fr);
    }
    .list {
      max-height: 300px;
    }
  }
  @media (forced-colors: active) {
    .rule[aria-selected="true"],
    .status[aria-pressed="true"] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
