// The large histogram's frame, read-out and the bars that stand apart.
import { css } from "lit";

export const distributionStyles = css`
  .readout {
    min-height: 1.5em;
    margin-bottom: 6px;
    color: var(--dl-ink-2);
    font-size: 0.8125rem;
  }
  .row {
    display: flex;
    align-items: flex-start;
    gap: 14px;
  }
  .plot {
    flex: 1;
    min-width: 0;
    overflow: hidden;
  }
  .chart {
    width: 100%;
    border-radius: 4px;
    overflow: visible;
    touch-action: pan-y;
  }
  .dim {
    opacity: 0.45;
  }
  .marked {
    fill: var(--dl-accent-soft);
  }
  text {
    fill: var(--dl-ink-3);
    font-size: 11.5px;
  }
  .level-line {
    stroke: var(--dl-line);
  }
  .level-name {
    paint-order: stroke;
    stroke: var(--dl-surface);
    stroke-width: 3px;
  }
  .apart {
    margin-top: 18px;
    display: grid;
    justify-items: center;
    gap: 4px;
    color: var(--dl-ink-2);
    font-size: 0.75rem;
    line-height: 1.25;
    text-align: center;
  }
  .well {
    fill: none;
    stroke: var(--dl-line);
  }
  .hatch {
    fill: var(--dl-missing);
  }
  .missing .level {
    stroke: var(--dl-missing);
  }
  .invalid .level {
    fill: var(--dl-critical);
  }
  .note {
    margin-top: 4px;
    font-size: 0.8125rem;
  }
  details {
    margin-top: 8px;
    font-size: 0.875rem;
  }
  details .scroller {
    max-height: 320px;
    overflow: auto;
  }
`;
