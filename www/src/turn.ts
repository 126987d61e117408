/** Resolves in a task of its own. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
