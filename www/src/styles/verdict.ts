// The verdict: a calm headline, three cards in a row, reasons as a list one can press.
import { css } from "lit";

export const verdictStyles = css`
  .head {
    display: flex;
    align-items: flex-start;
    gap: 14px;
    margin-bottom: 20px;
  }
  .mark {
    display: grid;
    place-items: center;
    flex: none;
    width: 44px;
    height: 44px;
    border-radius: 12px;
    background: var(--tone-soft);
    color: var(--tone);
    font-size: 1.375rem;
  }
  h1 {
    max-width: 38em;
    padding-top: 4px;
    font-size: clamp(1.25rem, 0.9rem + 1.2vw, 1.75rem);
    font-weight: 650;
    letter-spacing: -0.015em;
    line-height: 1.3;
    text-wrap: pretty;
    overflow-wrap: anywhere;
  }
  /* As high as the headline while the file is read; the list below says all of it. */
  h1.long {
    display: -webkit-box;
    max-width: 64em;
    padding-top: 8px;
    overflow: hidden;
    font-size: clamp(1.125rem, 0.95rem + 0.4vw, 1.25rem);
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 1;
  }
  @media (max-width: 1100px) {
    h1.long {
      padding-top: 0;
      -webkit-line-clamp: 2;
    }
  }
  @media print {
    h1.long {
      -webkit-line-clamp: none;
    }
  }
  h1 .data {
    font-family: inherit;
    font-size: inherit;
  }
  h1:focus {
    outline: none;
  }
  .cards {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 210px), 1fr));
    gap: 12px;
    margin-bottom: 28px;
  }
  .card {
    display: grid;
    align-content: start;
    justify-items: start;
    gap: 4px;
    /* The same while it is read and after, with a button and without. */
    min-height: 160px;
    padding: 16px 18px;
    border: 1px solid var(--dl-line);
    border-radius: var(--dl-radius);
    background: var(--dl-surface);
    box-shadow: var(--dl-shadow);
  }
  .answer {
    display: flex;
    align-items: center;
    gap: 8px;
    color: var(--tone);
    font-size: 1.25rem;
    font-weight: 650;
    letter-spacing: -0.01em;
  }
  .bar {
    display: grid;
    align-items: center;
    width: 100%;
    height: 30px;
  }
  .measured {
    color: var(--dl-ink-2);
    font-size: 0.875rem;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0 14px;
  }
  .add {
    margin-top: 6px;
  }
  .link {
    margin-top: 6px;
    padding: 4px 0;
    border: 0;
    background: none;
    color: var(--dl-accent);
  }
  .link:hover {
    background: none;
    text-decoration: underline;
  }
  .question {
    color: var(--dl-ink-2);
    font-size: 0.875rem;
    letter-spacing: 0;
  }
  .decides {
    margin-bottom: 8px;
  }
  .reasons {
    border: 1px solid var(--dl-line);
    border-radius: var(--dl-radius);
    background: var(--dl-surface);
    box-shadow: var(--dl-shadow);
    overflow: hidden;
  }
  .reasons li + li {
    border-top: 1px solid var(--dl-line);
  }
  .reason {
    display: grid;
    grid-template-columns: 104px 1fr auto;
    align-items: center;
    gap: 4px 12px;
    width: 100%;
    padding: 9px 16px;
    border: 0;
    border-radius: 0;
    font-weight: 400;
    font-size: 0.9375rem;
    text-align: start;
  }
  .reason:focus-visible {
    outline-offset: -2px;
  }
  .reason .chip {
    justify-self: start;
  }
  .what strong {
    font-weight: 600;
    margin-inline-end: 4px;
  }
  .where {
    color: var(--dl-ink-3);
    font-size: 0.8125rem;
  }
  .more {
    margin-top: 6px;
    color: var(--dl-accent);
  }
  @media (max-width: 640px) {
    .head {
      gap: 12px;
    }
    .mark {
      width: 36px;
      height: 36px;
      font-size: 1.125rem;
    }
    .reason {
      grid-template-columns: 1fr auto;
    }
    .what {
      grid-column: 1 / -1;
      grid-row: 2;
    }
  }
  @media print {
    .add,
    .link,
    .more {
      display: none;
    }
    .card,
    .reasons li {
      break-inside: avoid;
    }
  }
`;
