// A file over time: cut by its dates in the page, the heat map with keys, the line of a column; hostile names stay text.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axe, openBrowser, shown } from "./browser.js";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

const HOSTILE = "<img src=x onerror=alert(1)>";

/** Sixty days of a feed whose amounts leave what is usual on the 50th and 51st. */
function feed() {
  const lines = [`when,amount,"${HOSTILE}",kind`];
  for (let day = 0; day < 60; day++) {
    const date = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
    for (let i = 0; i < 300; i++) {
      const noise = ((i * 7919 + day * 104729) % 1000) / 500;
      const level = day === 50 || day === 51 ? 4 : (day % 4) / 4;
      lines.push(`${date},${(level + noise).toFixed(3)},${(i * 31 + day) % 97},${"abc"[(i + day) % 3]}`);
    }
  }
  lines.push(",1,1,a");
  return { name: "feed.csv", mimeType: "text/csv", buffer: Buffer.from(lines.join("\n")) };
}

async function onPage(options, steps) {
  const { page, watched, close } = await browser.open(options);
  try {
    page.on("dialog", (dialog) => watched.errors.push(`dialog: ${dialog.message()}`));
    await page.locator("#input").setInputFiles([feed()]);
    await shown(page);
    await page.getByRole("tab", { name: "Over time" }).click();
    await steps(page);
    assert.deepEqual(watched, { outside: [], errors: [] });
  } finally {
    await close();
  }
}

const cut = async (page) => {
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await page.locator("driftline-heat-map .names button").first().waitFor();
};

test("a file is cut by its dates, and what left its usual range is seen", () =>
  onPage({}, async (page) => {
    assert.equal(await page.getByLabel("Cut the file by").inputValue(), "when");
    assert.equal(await page.getByLabel("into").inputValue(), "day");
    await cut(page);
    const intro = await page.locator("driftline-over-time .intro").innerText();
    assert.match(intro, /60 intervals, 53 of them compared with the intervals before it/);
    assert.match(intro, /1 row without a time/);
    const head = await page.locator("driftline-over-time .told").innerText();
    assert.match(head, /^Warning\s+Usable with care: in 2 of 53 intervals a column is unusual for this feed: amount \(2024-02-20, 2024-02-21\)\.$/);
    // The verdict tells it, too, and leads there.
    const verdict = page.locator("driftline-verdict");
    assert.equal(await verdict.locator("h1").innerText(), "Usable with care: 2 of 53 intervals are unusual, cut by when.");
    const card = verdict.locator(".card").last();
    assert.match(await card.innerText(), /Not always\s+Cut by when: 2 of 53 intervals are unusual\./);
    await page.getByRole("tab", { name: "Columns" }).click();
    await card.getByRole("button", { name: "See over time" }).click();
    const names = await page.locator("driftline-heat-map .names button").allInnerTexts();
    assert.equal(names[0], "amount");
    assert.ok(names.includes(HOSTILE));
    const map = page.locator("driftline-heat-map .cells svg");
    await map.focus();
    for (let i = 0; i < 8; i++) await page.keyboard.press("ArrowLeft");
    const readout = await page.locator("driftline-heat-map .readout").innerText();
    assert.match(readout, /^amount, 2024-02-21: PSI beyond chance [\d.]+, unusual, an alert opens · 300 rows$/);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    assert.equal(await page.locator("driftline-series-chart h3").innerText(), names[1]);
    assert.deepEqual(await axe(page), []);
  }));

test("another period is another timeline, and a missing value no interval", () =>
  onPage({}, async (page) => {
    await page.getByLabel("into").selectOption("week");
    await cut(page);
    assert.match(await page.locator("driftline-over-time .intro").innerText(), /^9 intervals/);
    assert.match(await page.locator("driftline-over-time .told").innerText(), /^Info\s+What is usual is not known yet: that takes 10 intervals that were compared, and there are 2\./);
    assert.match(await page.locator("driftline-verdict .card").last().innerText(), /Not known yet/);
    assert.equal(await page.locator("driftline-verdict h1").innerText(), "Readable.");
  }));

for (const [name, options] of [
  ["a phone", { viewport: { width: 360, height: 780 } }],
  ["the dark", { viewport: { width: 1280, height: 900 }, colorScheme: "dark" }],
])
  test(`over time fits ${name}`, () =>
    onPage(options, async (page) => {
      await cut(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assert.equal(wide, false);
      assert.deepEqual(await axe(page), []);
      if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/time-${name.replace(/ /g, "-")}.png`, fullPage: true });
    }));
