// What stands above everything: the name, the files with their parts, what leaves the page, the theme, the help.
import { html, nothing, type TemplateResult } from "lit";
import type { Broken } from "../broken";
import type { Chosen, Part } from "../intake/parts";
import { glyph } from "../show/glyph";
import { plural } from "../show/number";
import { elsewhere } from "../show/requests";
import "./file-chips";

/** What it shows, and what its buttons do. */
export interface Header {
  files: Chosen[];
  /** The other tables that the contract refers to. */
  tables: string[];
  /** The files that could not be used. */
  broken: Broken[];
  dark: boolean;
  clear(): void;
  add(): void;
  become(file: File, part: Part): void;
  remove(files: File[]): void;
  theme(): void;
  help(): void;
}

export function header(it: Header): TemplateResult {
  return html`<header>
    <a
      class="brand"
      href="./"
      @click=${(e: Event) => {
        e.preventDefault();
        it.clear();
      }}
      >${glyph("drift")}<span>Driftline</span></a
    >
    <div class="files">
      ${
        it.files.length === 0
          ? nothing
          : html`<driftline-file-chips
              .files=${it.files}
              .tables=${it.tables}
              .broken=${it.broken}
              @driftline:role=${(e: CustomEvent<{ file: File; part: Part }>) => it.become(e.detail.file, e.detail.part)}
              @driftline:remove=${(e: CustomEvent<File[]>) => it.remove(e.detail)}
            >
              <button class="add" @click=${() => it.add()}>Add a file</button></driftline-file-chips
            >`
      }
    </div>
    <p class="privacy">
      ${glyph("lock")}<span
        ><span class="count">${plural(elsewhere(), "outside request")} · </span>nothing uploaded</span
      >
    </p>
    <button class="quiet icon" aria-label=${it.dark ? "Light theme" : "Dark theme"} @click=${() => it.theme()}>
      ${glyph(it.dark ? "sun" : "moon")}
    </button>
    <button class="quiet icon" aria-label="Help and keys" @click=${() => it.help()}>${glyph("help")}</button>
  </header>`;
}
