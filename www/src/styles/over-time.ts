// The heat map of columns over intervals, the line of one column, and the form that asks for them.
import { css } from "lit";

export const overTimeStyles = css`
  form {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: 10px 14px;
    margin-bottom: 18px;
  }
  label {
    display: grid;
    gap: 4px;
    color: var(--dl-ink-2);
    font-size: 0.8125rem;
  }
  select {
    max-width: min(60vw, 320px);
  }
  .told {
    display: flex;
    align-items: baseline;
    gap: 10px;
    margin-bottom: 4px;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .told > :first-child {
    flex: none;
  }
  .told + .quiet-text {
    margin-bottom: 14px;
    font-size: 0.8125rem;
  }
  .intro {
    margin-bottom: 14px;
    color: var(--dl-ink-2);
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 16px;
    margin: 0 0 12px;
    padding: 0;
    color: var(--dl-ink-2);
    font-size: 0.8125rem;
    list-style: none;
  }
  .legend li {
    display: inline-flex;
    align-items: center;
  }
  .legend svg {
    flex: none;
    margin-right: 6px;
    outline: 1px solid var(--dl-line);
    border-radius: 2px;
    vertical-align: -2px;
  }
  .legend svg.sign {
    outline: 0;
  }
  .map {
    display: grid;
    grid-template-columns: minmax(90px, 180px) minmax(0, 1fr);
    border: 1px solid var(--dl-line);
    border-radius: var(--dl-radius);
    background: var(--dl-surface);
    overflow: hidden;
  }
  .names {
    padding: 22px 0 6px;
    border-right: 1px solid var(--dl-line);
  }
  .names button {
    display: block;
    width: 100%;
    height: 22px;
    min-height: 0;
    padding: 0 10px;
    border: 0;
    border-radius: 0;
    background: none;
    color: var(--dl-ink);
    font: inherit;
    font-size: 0.8125rem;
    line-height: 22px;
    text-align: left;
    text-overflow: ellipsis;
    white-space: nowrap;
    overflow: hidden;
    cursor: pointer;
  }
  .names button:hover {
    background: var(--dl-hover);
  }
  .names button[aria-pressed="true"] {
    background: var(--dl-accent-soft);
    color: var(--dl-accent);
    font-weight: 600;
  }
  .names button:focus-visible {
    outline-offset: -2px;
  }
  .cells {
    overflow-x: auto;
  }
  .cells svg {
    display: block;
  }
  .cells text {
    fill: var(--dl-ink-3);
    font-size: 11px;
  }
  .none {
    fill: var(--dl-sunken);
  }
  .small {
    fill: var(--dl-fill-soft);
  }
  .moderate {
    fill: var(--dl-fill);
  }
  .severe {
    fill: light-dark(#1f3a99, #c9d5ff);
  }
  .alone {
    fill: none;
    stroke: var(--dl-line);
  }
  .tripped {
    fill: var(--dl-warning-soft);
    stroke: var(--dl-warning);
    stroke-width: 1.5;
  }
  .alert {
    fill: var(--dl-critical);
    stroke: var(--dl-surface);
    stroke-width: 0.75;
    paint-order: stroke;
  }
  .resolved {
    fill: var(--dl-surface);
    stroke: var(--dl-critical);
    stroke-width: 1.5;
  }
  .hatch {
    stroke: var(--dl-ink-3);
    stroke-width: 1.5;
    opacity: 0.55;
  }
  .said-incident,
  .said-normal {
    fill: none;
    stroke: var(--dl-critical);
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .said-normal {
    stroke: var(--dl-ok);
  }
  .gap {
    stroke: var(--dl-ink-3);
    stroke-width: 1;
    stroke-dasharray: 2 3;
  }
  .marked {
    fill: none;
    stroke: var(--dl-outline);
    stroke-width: 2;
  }
  .readout {
    min-height: 2.8em;
    margin: 8px 0 0;
    color: var(--dl-ink-2);
    font-size: 0.8125rem;
  }
  figure {
    margin: 18px 0 0;
  }
  figcaption {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    margin-bottom: 6px;
  }
  figcaption h3 {
    margin: 0;
  }
  .choices {
    display: flex;
    gap: 4px;
  }
  .line {
    fill: none;
    stroke: var(--dl-fill);
    stroke-width: 1.75;
    stroke-linejoin: round;
  }
  .point {
    fill: var(--dl-fill);
  }
  .limit {
    stroke: var(--dl-warning);
    stroke-width: 1.25;
    stroke-dasharray: 5 4;
  }
  .grid-line {
    stroke: var(--dl-line);
  }
  .plot text {
    fill: var(--dl-ink-3);
    font-size: 11.5px;
  }
  .plot .limit-name {
    fill: var(--dl-warning);
  }
  .plot svg {
    width: 100%;
    touch-action: pan-y;
  }
  .scroller {
    max-height: 320px;
    overflow: auto;
  }
  .failed {
    color: var(--dl-critical);
  }
  @media (forced-colors: active) {
    .small,
    .moderate,
    .severe {
      forced-color-adjust: none;
    }
    .line {
      stroke: Highlight;
    }
  }
`;
