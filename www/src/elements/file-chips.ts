// `<driftline-file-chips>`: the files that are in play, each with its part; a part can be changed, a file taken away.
import { LitElement, css, html } from "lit";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import type { Chosen, Role } from "../intake/roles";
import { dataText, plainText } from "../show/data-text";
import { glyph } from "../show/glyph";
import { bytes } from "../show/number";
import { base } from "../styles/base";

const words: Record<Role, string> = { current: "Current", reference: "Reference", contract: "Contract" };
const icons: Record<Role, string> = { current: "file", reference: "reference", contract: "contract" };
const order: Role[] = ["current", "reference", "contract"];

export class DriftlineFileChips extends LitElement {
  static override properties = { files: { attribute: false } };
  static override styles = [
    base,
    css`
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
      }
      li {
        display: flex;
        align-items: center;
        gap: 4px;
        min-width: 0;
        max-width: 100%;
        padding-inline-start: 10px;
        border: 1px solid var(--dl-line);
        border-radius: 10px;
        background: var(--dl-surface);
        font-size: 0.875rem;
      }
      li > .glyph {
        color: var(--dl-accent);
      }
      select {
        field-sizing: content;
        min-height: 30px;
        padding: 2px 2px;
        border-color: transparent;
        background: transparent;
        color: var(--dl-ink-2);
        font-weight: 550;
      }
      .more {
        padding: 0;
        border: 0;
        background: none;
      }
      .name {
        min-width: 0;
        max-width: 26ch;
        overflow: hidden;
        font-weight: 600;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .name .data {
        font-family: inherit;
        font-size: inherit;
        overflow-wrap: normal;
      }
      .size {
        color: var(--dl-ink-3);
        white-space: nowrap;
      }
      button.icon {
        width: 30px;
        min-height: 30px;
        font-size: 0.75rem;
      }
      @media (max-width: 480px) {
        .size {
          display: none;
        }
      }
    `,
  ];

  declare files: Chosen[];

  constructor() {
    super();
    this.files = [];
  }

  #send(type: string, detail: unknown) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  #chip({ file, role, why }: Chosen) {
    return html`<li title=${why}>
      ${glyph(icons[role])}
      <select
        aria-label="Part of ${plainText(file.name)}"
        @change=${(e: Event) => this.#send("driftline:role", { file, role: (e.target as HTMLSelectElement).value })}
      >
        ${order.map((one) => html`<option value=${one} .selected=${live(one === role)}>${words[one]}</option>`)}
      </select>
      <span class="name" title=${plainText(file.name, 300)}>${dataText(file.name, 200)}</span>
      <span class="size">${bytes(file.size)}</span>
      <button
        class="quiet icon"
        aria-label="Take ${plainText(file.name)} away"
        @click=${() => this.#send("driftline:remove", file)}
      >
        ${glyph("close")}
      </button>
    </li>`;
  }

  override render() {
    const files = order.flatMap((role) => this.files.filter((chosen) => chosen.role === role));
    if (files.length === 0) return html``;
    return html`<ul aria-label="Files">
      ${repeat(
        files,
        ({ file }) => file,
        (chosen) => this.#chip(chosen),
      )}
      <li class="more"><slot></slot></li>
    </ul>`;
  }
}

customElements.define("driftline-file-chips", DriftlineFileChips);
