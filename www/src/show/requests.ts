// What the page asked of others, which is nothing.

/** Requests of this page to any other origin, as the browser counted them. */
export function elsewhere(): number {
  return performance
    .getEntriesByType("resource")
    .filter(({ name }) => /^https?:/.test(name) && new URL(name).origin !== location.origin).length;
}
