// What becomes of a file that drifted: two ways side by side; the document takes the whole width.
import { css } from "lit";

export const acceptDriftStyles = css`
  :host {
    margin-top: 28px;
    container-type: inline-size;
  }
  h2 {
    margin-bottom: 10px;
  }
  .ways {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 340px), 1fr));
    gap: 12px;
  }
  section {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: 10px;
    padding: 16px 18px;
    border: 1px solid var(--dl-line);
    border-radius: var(--dl-radius);
    background: var(--dl-surface);
    box-shadow: var(--dl-shadow);
    font-size: 0.875rem;
  }
  section > p {
    max-width: 76ch;
  }
  .told section {
    grid-column: 1 / -1;
  }
  h3 {
    color: var(--dl-ink);
    font-size: 0.9375rem;
  }
  h3 + p {
    color: var(--dl-ink-2);
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  button {
    display: inline-flex;
    align-items: center;
    gap: 8px;
  }
  .sum {
    font-size: 0.9375rem;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .sum:focus {
    outline: none;
  }
  td {
    min-width: 7em;
    overflow-wrap: anywhere;
  }
  td.number {
    min-width: 0;
  }
  pre {
    max-height: 22rem;
    margin: 8px 0 0;
    padding: 10px 12px;
    overflow: auto;
    border: 1px solid var(--dl-line);
    border-radius: 8px;
    background: var(--dl-sunken);
    font: 0.8125rem/1.5 var(--dl-mono);
  }
  .working {
    display: grid;
    grid-template-columns: minmax(60px, 1fr) 4.5em max-content;
    align-items: center;
    gap: 12px;
    min-height: 32px;
  }
  .fault {
    display: flex;
    gap: 8px;
    color: var(--dl-critical);
    overflow-wrap: anywhere;
  }
`;
