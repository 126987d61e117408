// The contract's editor on the page, for the tests that use it: what is in it, and other text put there as by keys.

/** Where it is written. */
export const content = (page) => page.locator("driftline-editor .cm-content");

/** The whole text, also what cannot be seen of it. */
export const textOf = (page) =>
  page.locator("driftline-contract").evaluate(async (it) => {
    await it.updateComplete;
    return it.draft ?? it.terms.text;
  });

/** Unfolds the text of the contract. */
export async function unfold(page) {
  await page.locator("driftline-contract summary").click();
  await content(page).waitFor();
}

/** The number of the line with the cursor. */
export const cursorLine = async (page) => Number(await page.locator("driftline-editor .cm-lineNumbers .cm-activeLineGutter").innerText());

/** Writes another text over all that is there. */
export async function put(page, text) {
  await content(page).focus();
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText(text);
}

/** Writes over the first place where `old` stands. */
export async function replace(page, old, text) {
  const before = (await textOf(page)).split(old)[0].split("\n");
  await page.locator("driftline-editor").evaluate((it, [line, column]) => it.go(line, column), [before.length, before.at(-1).length + 1]);
  for (let i = 0; i < old.length; i++) await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.type(text);
}
