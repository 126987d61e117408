// Whether a key is text that somebody writes, and so no shortcut.

/** Whether an event comes from where text is written. */
export function isTyping(event: Event): boolean {
  const target = event.composedPath()[0];
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, select, textarea"));
}
