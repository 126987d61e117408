// The palette and the measures, as custom properties on the outermost element. `light-dark()` follows `color-scheme`,
// so a theme is one inherited property and an embedding page may override any `--dl-*`.
import { css } from "lit";

export const tokens = css`
  :host {
    --dl-bg: light-dark(#f6f6f3, #121418);
    --dl-surface: light-dark(#ffffff, #1a1d22);
    --dl-sunken: light-dark(#f0f0ec, #15181c);
    --dl-hover: light-dark(#f7f8fc, #20242b);
    --dl-line: light-dark(#e4e4de, #2c3138);
    --dl-line-strong: light-dark(#85888f, #727985);
    --dl-ink: light-dark(#191c21, #eceef1);
    --dl-ink-2: light-dark(#4b5059, #b9bfc9);
    --dl-ink-3: light-dark(#646973, #979eaa);
    --dl-accent: light-dark(#2b50c8, #9db3ff);
    --dl-on-accent: light-dark(#ffffff, #10131a);
    --dl-accent-soft: light-dark(#e9eefc, #242d48);
    --dl-fill: light-dark(#6d8bea, #6f8ce8);
    --dl-fill-soft: light-dark(#c9d5fa, #36456f);
    --dl-outline: light-dark(#191c21, #f2f3f5);
    --dl-missing: light-dark(#8f939b, #838a96);
    --dl-ok: light-dark(#17713f, #6bd6a0);
    --dl-ok-soft: light-dark(#e5f4ea, #17301f);
    --dl-warning: light-dark(#8a5100, #f2b95a);
    --dl-warning-soft: light-dark(#fcf1dc, #362a12);
    --dl-critical: light-dark(#b1241c, #ff938a);
    --dl-critical-soft: light-dark(#fcebe9, #401f1c);
    --dl-info: light-dark(#44597a, #a9bfe0);
    --dl-info-soft: light-dark(#eaf0f7, #202a38);
    --dl-radius: 10px;
    --dl-shadow: 0 1px 2px light-dark(rgb(20 22 30 / 6%), rgb(0 0 0 / 40%));
    --dl-font:
      -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Noto Sans", Ubuntu, Cantarell, "Helvetica Neue", Arial,
      sans-serif;
    --dl-mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace;
  }
`;
