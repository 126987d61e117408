// Light or dark: as the system has it, until a person says otherwise; remembered where the browser allows.

const KEY = "driftline-theme";

function remembered(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function apply(theme: string) {
  document.documentElement.style.setProperty("color-scheme", theme);
}

/** Puts the remembered theme in force. */
export function recallTheme() {
  const theme = remembered();
  if (theme === "light" || theme === "dark") apply(theme);
}

/** Whether the page is dark now. */
export function isDark(): boolean {
  const chosen = document.documentElement.style.getPropertyValue("color-scheme");
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

/** Changes to the other theme; returns whether that is the dark one. */
export function switchTheme(): boolean {
  const theme = isDark() ? "light" : "dark";
  apply(theme);
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Storage is switched off: the choice holds for this visit.
  }
  return theme === "dark";
}
