// The report's frame: tabs, panels, and the details beside the list or over it.
import { css } from "lit";

export const reportStyles = css`
  :host {
    background: var(--dl-bg);
  }
  .redacted {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 8px;
    margin-top: 16px;
    color: var(--dl-ink-2);
    font-size: 0.875rem;
  }
  .redacted > span {
    flex: 0 1 auto;
    max-width: calc(100% - 28px);
  }
  .tabs {
    display: flex;
    gap: 4px;
    margin: 32px 0 16px;
    border-bottom: 1px solid var(--dl-line);
    overflow-x: auto;
    scroll-margin-top: 8px;
  }
  .tabs button {
    display: flex;
    align-items: center;
    gap: 7px;
    flex: none;
    min-height: 40px;
    padding: 6px 14px;
    border: 0;
    border-bottom: 2px solid transparent;
    border-radius: 8px 8px 0 0;
    background: none;
    color: var(--dl-ink-2);
    font-size: 0.9375rem;
  }
  @media (max-width: 480px) {
    .tabs {
      gap: 0;
    }
    .tabs button {
      gap: 5px;
      padding-inline: 10px;
    }
  }
  .tabs button:hover {
    color: var(--dl-ink);
    background: var(--dl-sunken);
  }
  .tabs button:focus-visible {
    outline-offset: -3px;
  }
  .tabs button[aria-selected="true"] {
    border-bottom-color: var(--dl-accent);
    color: var(--dl-ink);
    font-weight: 650;
  }
  .count {
    min-width: 1.6em;
    padding: 0 6px;
    border-radius: 99px;
    background: var(--dl-sunken);
    color: var(--dl-ink-2);
    font-size: 0.8125rem;
    font-weight: 550;
    text-align: center;
  }
  .panel[hidden] {
    display: none;
  }
  .split.open {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(420px, 44%);
    gap: 20px;
    align-items: start;
  }
  @media (min-width: 2000px) {
    .split.open {
      grid-template-columns: minmax(0, 1fr) minmax(420px, 38%);
    }
  }
  dialog {
    padding: 0;
    border: 1px solid var(--dl-line);
    border-radius: var(--dl-radius);
    background: var(--dl-surface);
    color: inherit;
    box-shadow: var(--dl-shadow);
  }
  .split.open dialog {
    position: sticky;
    top: 12px;
    width: 100%;
    max-height: calc(100vh - 24px);
    margin: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  dialog:modal {
    width: min(680px, 100vw);
    max-width: none;
    height: 100dvh;
    max-height: none;
    margin: 0 0 0 auto;
    border-radius: 0;
    overflow-y: auto;
  }
  dialog::backdrop {
    background: rgb(10 12 18 / 45%);
  }
  .after {
    margin-top: 16px;
  }
  .between {
    margin: 28px 0 10px;
  }
  .fault {
    display: flex;
    align-items: center;
    gap: 10px;
    padding: 20px;
    color: var(--dl-critical);
  }
  footer {
    padding: 28px 0 8px;
    color: var(--dl-ink-3);
    font-size: 0.8125rem;
  }
  @media (forced-colors: active) {
    .tabs button[aria-selected="false"] {
      border-bottom-color: Canvas;
    }
  }
  @media print {
    .panel::before {
      content: attr(data-title);
      display: block;
      margin: 28px 0 10px;
      font-size: 1.125rem;
      font-weight: 650;
      break-after: avoid;
    }
    .split.open {
      display: block;
    }
    .tabs {
      display: none;
    }
    .panel,
    .panel[hidden] {
      display: block;
      margin-top: 24px;
    }
    /* To be worked with, not to be read. */
    #panel-export,
    #panel-time.uncut,
    driftline-quarantine,
    driftline-contract,
    driftline-accept-drift,
    dialog {
      display: none;
    }
  }
`;
