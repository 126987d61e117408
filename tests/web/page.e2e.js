// The built page in Chromium, end to end. Every test also holds that nothing left the origin and nothing went wrong.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axe, openBrowser } from "./browser.js";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

/** Runs `steps` on a fresh page, and then looks at what went wrong in it. */
async function onPage(options, steps) {
  const { page, watched, close } = await browser.open(options);
  try {
    await steps(page);
    assert.deepEqual(watched, { outside: [], errors: [] });
  } finally {
    await close();
  }
}

test("the page opens and has one heading", () =>
  onPage({}, async (page) => {
    assert.match(await page.title(), /Driftline/);
    assert.equal(await page.getByRole("heading", { level: 1 }).count(), 1);
  }));

for (const colorScheme of ["light", "dark"]) {
  test(`the empty page is accessible, ${colorScheme}`, () =>
    onPage({ colorScheme }, async (page) => assert.deepEqual(await axe(page), [])));
}

for (const width of [360, 1280, 2560]) {
  test(`the empty page fits ${width} px without scrolling sideways`, () =>
    onPage({ viewport: { width, height: 800 } }, async (page) => {
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `${overflow} px too wide`);
    }));
}

test("a request to another origin is refused by the page's own policy", async () => {
  const { page, watched, close } = await browser.open();
  try {
    const refused = await page.evaluate(() => fetch("https://example.com/").then(() => false, () => true));
    assert.ok(refused);
    assert.match(watched.errors.join("\n"), /Content Security Policy/);
    assert.deepEqual(watched.outside, []);
  } finally {
    await close();
  }
});
