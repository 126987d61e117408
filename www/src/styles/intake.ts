// The empty page: a headline, one large target, three short promises.
import { css } from "lit";

export const intakeStyles = css`
  section {
    max-width: 880px;
    margin: 0 auto;
    padding: clamp(24px, 7vh, 88px) 0 24px;
    text-align: center;
  }
  h1 {
    font-size: clamp(1.75rem, 1.2rem + 2.6vw, 2.875rem);
    font-weight: 680;
    letter-spacing: -0.028em;
    line-height: 1.12;
  }
  .lead {
    max-width: 34em;
    margin: 14px auto 32px;
    color: var(--dl-ink-2);
    font-size: 1.0625rem;
    text-wrap: balance;
  }
  .zone {
    display: grid;
    justify-items: center;
    gap: 10px;
    padding: clamp(28px, 6vh, 56px) 20px;
    border: 1.5px dashed var(--dl-line-strong);
    border-radius: 16px;
    background: var(--dl-surface);
    box-shadow: var(--dl-shadow);
  }
  .symbol {
    display: grid;
    place-items: center;
    width: 52px;
    height: 52px;
    border-radius: 15px;
    background: var(--dl-accent-soft);
    color: var(--dl-accent);
    font-size: 1.375rem;
  }
  .invite {
    font-size: 1.125rem;
    font-weight: 600;
  }
  .primary {
    min-height: 42px;
    padding-inline: 22px;
    font-size: 1rem;
  }
  .formats {
    color: var(--dl-ink-3);
    font-size: 0.875rem;
  }
  .parts {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 230px), 1fr));
    gap: 20px 28px;
    margin-top: 40px;
    text-align: start;
  }
  h2 {
    display: flex;
    align-items: center;
    gap: 8px;
    margin-bottom: 4px;
    font-size: 1rem;
  }
  h2 .glyph {
    color: var(--dl-accent);
  }
  .parts p {
    color: var(--dl-ink-2);
    font-size: 0.9375rem;
  }
  .try {
    margin-top: 36px;
    color: var(--dl-ink-2);
  }
  .link {
    min-height: 28px;
    padding: 2px 4px;
    border: 0;
    background: none;
    color: var(--dl-accent);
    font-size: inherit;
    text-decoration: underline;
    text-underline-offset: 3px;
  }
`;
