// The detail view: one calm column of sections; facts as name and value on a line.
import { css } from "lit";

export const columnDetailStyles = css`
  :host {
    container-type: inline-size;
  }
  article {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 10px;
    padding: 20px;
  }
  header {
    display: flex;
    align-items: flex-start;
    gap: 12px;
  }
  .heading {
    flex: 1;
    min-width: 0;
  }
  h2:focus {
    outline: none;
  }
  h2 .data {
    font-family: inherit;
    font-size: inherit;
  }
  .tile {
    display: grid;
    place-items: center;
    flex: none;
    width: 40px;
    height: 32px;
    border-radius: 7px;
    background: var(--dl-sunken);
    color: var(--dl-ink-2);
    font: 600 0.75rem/1 var(--dl-mono);
  }
  .kind {
    color: var(--dl-ink-2);
    font-size: 0.875rem;
  }
  .why {
    color: var(--dl-ink-3);
  }
  .legend {
    display: flex;
    gap: 16px;
    margin-top: -4px;
    color: var(--dl-ink-3);
    font-size: 0.75rem;
  }
  .legend span {
    display: flex;
    align-items: center;
    gap: 5px;
  }
  .legend span::before {
    content: "";
    width: 10px;
    height: 10px;
    border-radius: 2px;
    background: var(--dl-fill-soft);
  }
  .legend .missing::before {
    background: repeating-linear-gradient(-45deg, var(--dl-missing) 0 2px, var(--dl-surface) 2px 4px);
  }
  .legend .invalid::before {
    background: var(--dl-critical);
  }
  .alerts {
    display: grid;
    gap: 4px;
    color: var(--dl-info);
    font-size: 0.875rem;
  }
  .alerts li {
    display: flex;
    gap: 8px;
  }
  .alerts .glyph {
    margin-top: 2px;
  }
  section {
    padding-top: 18px;
    min-width: 0;
  }
  h3 {
    margin-bottom: 6px;
    color: var(--dl-ink);
    font-size: 0.9375rem;
  }
  .drift {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
  }
  .drift h3 {
    margin-bottom: -4px;
  }
  .drift h4 {
    margin-bottom: -4px;
    font-size: 0.875rem;
  }
  driftline-where:not(:defined) {
    display: block;
    min-height: 96px;
  }
  .kinds {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .kinds .chip {
    padding-inline: 9px;
  }
  .scale {
    position: relative;
    display: grid;
    grid-template-columns: repeat(4, 1fr);
    gap: 2px;
    padding-top: 10px;
    color: var(--dl-ink-3);
    font-size: 0.75rem;
  }
  .band {
    position: relative;
    padding-top: 9px;
    background: linear-gradient(var(--band), var(--band)) 0 0 / 100% 6px no-repeat;
    text-align: center;
  }
  .border {
    position: absolute;
    left: 0;
    translate: -50% 0;
    color: var(--dl-ink);
  }
  .b0 {
    --band: var(--dl-line);
  }
  .b1 {
    --band: var(--dl-fill-soft);
  }
  .b2 {
    --band: color-mix(in oklab, var(--dl-warning) 45%, var(--dl-surface));
  }
  .b3 {
    --band: var(--dl-warning);
  }
  .needle {
    position: absolute;
    top: 0;
    left: min(calc(var(--at) * 100%), calc(100% - 2px));
    width: 3px;
    height: 18px;
    margin-left: -2px;
    border-radius: 2px;
    background: var(--dl-outline);
    box-shadow: 0 0 0 2px var(--dl-surface);
  }
  .lines {
    display: grid;
    font-size: 0.875rem;
  }
  .lines > div {
    display: flex;
    justify-content: space-between;
    gap: 16px;
    padding: 4px 0;
    border-bottom: 1px solid var(--dl-line);
  }
  .lines > div:last-child {
    border-bottom: 0;
  }
  .lines dt {
    color: var(--dl-ink-2);
  }
  .lines dd {
    min-width: 0;
    text-align: end;
    overflow-wrap: anywhere;
  }
  .note {
    color: var(--dl-ink-3);
    margin-inline-start: 6px;
  }
  .groups {
    column-gap: 36px;
  }
  .groups > section {
    break-inside: avoid;
  }
  @container (min-width: 500px) {
    .groups {
      columns: 2;
    }
  }
  .folded {
    font-size: 0.875rem;
  }
  .pair {
    width: 30%;
    min-width: 70px;
    vertical-align: middle;
  }
  .track {
    position: relative;
    display: block;
    height: 10px;
  }
  .fill,
  .before {
    position: absolute;
    inset: 0 auto 0 0;
    width: calc(var(--part) * 100%);
  }
  .fill {
    border-radius: 2px;
    background: var(--dl-fill);
  }
  .before {
    inset-block: -2px;
    border-inline-end: 2px solid var(--dl-outline);
  }
  .facts {
    gap: 6px 20px;
  }
  @media (forced-colors: active) {
    .band,
    .needle,
    .fill,
    .before,
    .legend span::before {
      forced-color-adjust: none;
    }
    .needle {
      background: CanvasText;
      box-shadow: none;
    }
    .before {
      border-color: CanvasText;
    }
  }
  @media print {
    header button {
      display: none;
    }
  }
`;
