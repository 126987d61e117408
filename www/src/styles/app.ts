// The page's frame: header, main, the veil while something is dragged over it.
import { css } from "lit";

export const appStyles = css`
  :host {
    min-height: 100vh;
    background: var(--dl-bg);
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
    padding: 10px max(clamp(12px, 2.5vw, 40px), (100% - 1880px) / 2 + clamp(12px, 2.5vw, 40px));
    border-bottom: 1px solid var(--dl-line);
    background: var(--dl-surface);
  }
  .brand {
    display: flex;
    align-items: center;
    gap: 9px;
    min-height: 32px;
    color: var(--dl-ink);
    font-size: 1.0625rem;
    font-weight: 700;
    letter-spacing: -0.02em;
    text-decoration: none;
  }
  .brand .glyph {
    width: 24px;
    height: 24px;
    color: var(--dl-accent);
  }
  .files {
    display: flex;
    flex: 1;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    min-width: 0;
    padding-inline: 8px;
  }
  driftline-file-chips {
    min-width: 0;
  }
  .add {
    min-height: 34px;
    border-style: dashed;
    border-radius: 10px;
    background: none;
  }
  .privacy .glyph {
    margin-inline-end: 6px;
  }
  .privacy {
    display: flex;
    align-items: center;
    color: var(--dl-ink-2);
    font-size: 0.8125rem;
    white-space: nowrap;
  }
  main {
    max-width: 1880px;
    margin: 0 auto;
    padding: 28px clamp(12px, 2.5vw, 40px) 40px;
  }
  main:focus {
    outline: none;
  }
  .waiting {
    min-height: 60vh;
    padding-top: 12vh;
  }
  .above {
    position: fixed;
    inset: auto 12px 16px;
    z-index: 5;
    pointer-events: none;
  }
  .above > * {
    width: min(560px, 100%);
    margin: 0 auto;
    pointer-events: auto;
    filter: drop-shadow(0 8px 28px rgb(10 12 18 / 22%));
  }
  .stale {
    opacity: 0.5;
    pointer-events: none;
  }
  .notice {
    position: fixed;
    inset: auto 12px 16px;
    z-index: 6;
    display: flex;
    align-items: center;
    gap: 12px;
    width: fit-content;
    max-width: calc(100% - 24px);
    margin: 0 auto;
    padding: 8px 8px 8px 16px;
    border: 1px solid var(--dl-line);
    border-radius: 12px;
    background: var(--dl-surface);
    box-shadow: 0 8px 28px rgb(10 12 18 / 22%);
  }
  .notice > .glyph {
    color: var(--dl-warning);
  }
  .over {
    position: fixed;
    inset: 0;
    z-index: 10;
    display: grid;
    place-content: center;
    gap: 4px;
    margin: 12px;
    border: 2px dashed var(--dl-accent);
    border-radius: 18px;
    background: color-mix(in oklab, var(--dl-accent-soft) 92%, transparent);
    color: var(--dl-accent);
    font-size: 1.5rem;
    font-weight: 650;
    text-align: center;
    pointer-events: none;
  }
  .over p {
    display: flex;
    justify-content: center;
    align-items: center;
    gap: 12px;
  }
  .over .hint {
    color: var(--dl-ink-2);
    font-size: 1rem;
    font-weight: 400;
  }
  @media (max-width: 480px) {
    header {
      column-gap: 4px;
    }
    .privacy {
      font-size: 0.75rem;
    }
    .privacy .glyph {
      margin-inline-end: 4px;
    }
  }
  @media (max-width: 900px) {
    .privacy .count {
      display: none;
    }
    .files {
      order: 5;
      flex: 1 0 100%;
      padding-inline: 0;
    }
    .files:empty {
      display: none;
    }
    .privacy {
      margin-inline-start: auto;
    }
    main {
      padding-top: 20px;
    }
  }
  @media (min-width: 901px) {
    .privacy {
      padding-inline-end: 4px;
    }
  }
  @media print {
    header {
      display: none;
    }
    main {
      padding: 0;
    }
  }
`;
