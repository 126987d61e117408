// The column list in three widths: a full table, a table beside the details, and cards of two lines.
import { css } from "lit";

export const columnListStyles = css`
  :host {
    container-type: inline-size;
  }
  .toolbar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    padding-bottom: 12px;
  }
  .search {
    position: relative;
    flex: 1 1 200px;
    max-width: 340px;
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
  .order {
    display: flex;
    align-items: center;
    gap: 8px;
    color: var(--dl-ink-2);
    font-size: 0.875rem;
  }
  .only {
    display: flex;
    align-items: center;
    gap: 6px;
    min-height: 28px;
    padding-inline: 6px;
    font-size: 0.875rem;
  }
  .only input {
    width: 16px;
    height: 16px;
    margin: 0;
    accent-color: var(--dl-accent);
  }
  .found {
    margin-inline-start: auto;
    color: var(--dl-ink-3);
    font-size: 0.875rem;
  }
  .grid {
    border: 1px solid var(--dl-line);
    border-radius: var(--dl-radius);
    background: var(--dl-surface);
    box-shadow: var(--dl-shadow);
  }
  .header,
  .row {
    display: grid;
    grid-template-columns: minmax(180px, 1.5fr) minmax(120px, 0.8fr) minmax(150px, 1fr) 92px minmax(130px, 1fr) 142px;
    align-items: center;
    column-gap: 20px;
    padding-inline: 16px;
  }
  .undrifted > .header,
  .undrifted .row {
    grid-template-columns: minmax(180px, 1.5fr) minmax(120px, 0.8fr) minmax(150px, 1fr) 92px minmax(130px, 1fr);
  }
  .undrifted .cell.drift {
    display: none;
  }
  .header {
    position: sticky;
    top: var(--dl-sticky, 0);
    z-index: 2;
    min-height: 38px;
    border-bottom: 1px solid var(--dl-line);
    border-radius: var(--dl-radius) var(--dl-radius) 0 0;
    background: var(--dl-surface);
    color: var(--dl-ink-3);
    font-size: 0.8125rem;
    font-weight: 550;
  }
  .sort {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    min-height: 28px;
    margin-inline-start: -8px;
    padding: 2px 8px;
    color: inherit;
    font-size: inherit;
  }
  .rows {
    position: relative;
    height: calc(var(--rows) * var(--row));
  }
  .row {
    position: absolute;
    inset: 0 0 auto;
    height: var(--row);
    transform: translateY(var(--top));
    border-bottom: 1px solid var(--dl-line);
    cursor: pointer;
    scroll-margin-top: 110px;
  }
  .row:hover {
    background: var(--dl-hover);
  }
  .row.open {
    background: var(--dl-accent-soft);
  }
  .row:focus-visible {
    z-index: 1;
    outline-offset: -2px;
  }
  .cell {
    min-width: 0;
  }
  .cell.name {
    display: flex;
    align-items: center;
    gap: 12px;
  }
  .tile {
    display: grid;
    place-items: center;
    flex: none;
    width: 36px;
    height: 28px;
    border-radius: 7px;
    background: var(--dl-sunken);
    color: var(--dl-ink-2);
    font: 600 0.6875rem/1 var(--dl-mono);
  }
  .tile .glyph {
    width: 16px;
    height: 16px;
  }
  .names {
    display: grid;
    min-width: 0;
  }
  .title {
    overflow: hidden;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .title .data {
    font-family: inherit;
    font-size: inherit;
    overflow-wrap: normal;
  }
  .flag {
    display: inline-block;
    margin-inline-start: 6px;
    vertical-align: -2px;
    font-size: 0.875rem;
  }
  .kind,
  .under {
    display: block;
    color: var(--dl-ink-3);
    font-size: 0.8125rem;
    white-space: nowrap;
  }
  .kind {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .under {
    margin-top: 3px;
  }
  .quality .under {
    display: flex;
    flex-wrap: wrap;
    gap: 0 8px;
    line-height: 1.25;
  }
  .bad {
    color: var(--dl-critical);
  }
  .cell.distinct,
  .cell.range {
    font-size: 0.875rem;
  }
  .cell.distinct {
    text-align: end;
  }
  .distinct .sort {
    margin-inline: 0 -8px;
  }
  .cell.range {
    overflow: hidden;
    text-overflow: ellipsis;
    display: -webkit-box;
    -webkit-line-clamp: 2;
    -webkit-box-orient: vertical;
  }
  .header .cell.range {
    display: block;
  }
  .header .cell {
    font-size: inherit;
  }
  .range .data {
    overflow-wrap: normal;
    white-space: nowrap;
  }
  .looked .row :is(driftline-histogram, driftline-quality-bar) {
    opacity: 0.72;
  }
  .pending {
    display: inline-block;
    width: min(100%, 84px);
    height: 10px;
    border-radius: 5px;
    background: var(--dl-sunken);
  }
  .empty {
    padding: 32px;
    color: var(--dl-ink-2);
    text-align: center;
  }
  @container (max-width: 1020px) {
    .header,
    .row {
      grid-template-columns: minmax(150px, 1.4fr) minmax(104px, 0.8fr) minmax(120px, 1fr) 138px;
      column-gap: 16px;
    }
    .undrifted > .header,
    .undrifted .row {
      grid-template-columns: minmax(150px, 1.4fr) minmax(104px, 0.8fr) minmax(140px, 1.2fr);
    }
    .cell.distinct,
    .cell.range,
    .header .cell.range {
      display: none;
    }
  }
  @container (max-width: 619px) {
    .header {
      display: none;
    }
    .row,
    .undrifted .row {
      grid-template:
        "name drift" auto
        "shape quality" 44px / minmax(0, 1.2fr) minmax(0, 1fr);
      align-content: center;
      gap: 6px 14px;
      padding-inline: 12px;
    }
    .cell.name {
      grid-area: name;
    }
    .cell.drift {
      grid-area: drift;
      justify-self: end;
    }
    .undrifted .row .cell.name {
      grid-column: 1 / -1;
    }
    .cell.shape {
      grid-area: shape;
    }
    .cell.quality {
      grid-area: quality;
    }
    .tile {
      width: 32px;
      height: 26px;
    }
    .order span {
      position: absolute;
      clip-path: inset(50%);
    }
  }
  @media (forced-colors: active) {
    .row.open {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
  @media print {
    .toolbar {
      display: none;
    }
    .header {
      position: static;
    }
    .rows {
      height: auto;
    }
    .row {
      position: static;
      transform: none;
      break-inside: avoid;
    }
  }
`;
