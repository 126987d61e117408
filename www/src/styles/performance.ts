// How a model does: the roles, the confusion matrix, and a chart a metric.
import { css } from "lit";

export const performanceStyles = css`
  input[type="number"] {
    width: 110px;
    min-height: 34px;
    padding: 4px 10px;
    border: 1px solid var(--dl-line-strong);
    border-radius: 8px;
    background: var(--dl-surface);
    font-size: 0.875rem;
  }
  select {
    max-width: min(80vw, 166px);
  }
  .intro {
    max-width: 76ch;
  }
  .summary {
    display: flex;
    align-items: baseline;
    gap: 8px;
    margin-bottom: 8px;
    font-size: 1.0625rem;
    font-weight: 600;
  }
  .summary:focus {
    outline: none;
  }
  .summary .glyph {
    align-self: center;
  }
  .summary.warning .glyph {
    color: var(--dl-warning);
  }
  .summary.ok .glyph {
    color: var(--dl-ok);
  }
  .notes {
    display: grid;
    gap: 4px;
    margin-bottom: 10px;
    color: var(--dl-ink-2);
    font-size: 0.875rem;
    overflow-wrap: anywhere;
  }
  .saves {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin: 14px 0;
  }
  .saves button {
    display: inline-flex;
    align-items: center;
    gap: 8px;
  }
  .legend svg {
    display: inline-block;
    outline: none;
  }
  .metrics {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 460px), 1fr));
    gap: 22px 28px;
  }
  .metrics figure {
    min-width: 0;
    margin: 0;
  }
  figcaption h3 {
    color: var(--dl-ink);
    font-size: 0.9375rem;
  }
  figcaption .beyond {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    color: var(--dl-warning);
    font-size: 0.8125rem;
    font-weight: 550;
  }
  figcaption .within {
    color: var(--dl-ink-3);
    font-size: 0.8125rem;
  }
  .band {
    fill: var(--dl-fill-soft);
    opacity: 0.6;
  }
  .estimated {
    fill: none;
    stroke: var(--dl-fill);
    stroke-width: 2;
    stroke-linejoin: round;
  }
  .realised {
    fill: none;
    stroke: var(--dl-outline);
    stroke-width: 1.5;
    stroke-dasharray: 2 3;
  }
  .dot {
    fill: var(--dl-fill);
  }
  .square {
    fill: var(--dl-surface);
    stroke: var(--dl-outline);
    stroke-width: 1.25;
  }
  .alert {
    fill: var(--dl-warning);
    stroke: var(--dl-surface);
    stroke-width: 1;
  }
  .now {
    stroke: var(--dl-line-strong);
  }
  .hit {
    fill: transparent;
  }
  .hit:hover {
    fill: var(--dl-outline);
    fill-opacity: 0.06;
  }
  .matrix {
    width: auto;
    min-width: min(100%, 420px);
    margin: 8px 0 20px;
  }
  .matrix td {
    min-width: 120px;
  }
  .matrix td b {
    font-weight: 650;
  }
  .matrix .right {
    background: var(--dl-ok-soft);
  }
  .matrix .wrong {
    background: var(--dl-warning-soft);
  }
  .matrix td,
  .matrix th {
    padding: 8px 12px;
  }
  .matrix tbody th {
    color: var(--dl-ink-2);
  }
  h3.part {
    margin: 18px 0 6px;
  }
  .working {
    display: grid;
    grid-template-columns: minmax(60px, 360px) 4.5em max-content;
    align-items: center;
    gap: 12px;
    min-height: 34px;
    margin-bottom: 18px;
  }
  .fault {
    display: flex;
    gap: 8px;
    margin-bottom: 14px;
    color: var(--dl-critical);
    overflow-wrap: anywhere;
  }
  @media (forced-colors: active) {
    .band,
    .alert {
      forced-color-adjust: none;
    }
    .estimated {
      stroke: Highlight;
    }
  }
`;
