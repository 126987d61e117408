// Findings and issues: cards with a coloured edge, facts in a row, places underneath.
import { css } from "lit";

export const findingStyles = css`
  .list {
    display: grid;
    gap: 12px;
  }
  .finding {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 10px;
    padding: 14px 16px;
    border: 1px solid var(--dl-line);
    border-inline-start: 3px solid var(--tone, var(--dl-line-strong));
    border-radius: var(--dl-radius);
    background: var(--dl-surface);
    box-shadow: var(--dl-shadow);
    break-inside: avoid;
  }
  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 10px;
  }
  .line strong,
  .kept strong {
    font-weight: 600;
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
  .places {
    max-width: 760px;
  }
  .places .number {
    width: 1%;
    padding-inline-end: 20px;
  }
  .kept {
    display: flex;
    gap: 10px;
    padding: 6px 0;
    font-size: 0.9375rem;
  }
  .kept .glyph {
    margin-top: 3px;
  }
  .group {
    margin-top: 20px;
  }
  summary {
    display: list-item;
    padding: 4px 0;
    font-weight: 600;
  }
  .none {
    display: flex;
    align-items: center;
    gap: 10px;
    padding: 20px;
    border: 1px dashed var(--dl-line-strong);
    border-radius: var(--dl-radius);
    color: var(--dl-ink-2);
  }
`;
