// What is critical before a file is read, on the built page in Chromium: workers whose scans wait until they are let go.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axe, openBrowser } from "./browser.js";
import { made } from "./command.js";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

const HOLD = `
const answer = self.onmessage;
let isHeld = true;
let waiting = [];
new BroadcastChannel("scans").onmessage = ({ data }) => {
  isHeld = data === "hold";
  if (!isHeld) for (const event of waiting.splice(0)) answer(event);
};
self.onmessage = (event) => {
  if (isHeld && event.data.call === "scan") waiting.push(event);
  else answer(event);
};`;

/** Runs `steps` on a page whose files are not scanned until `tell("go")`, and after `tell("hold")`. */
async function held(steps, options = {}) {
  const { page, watched, close } = await browser.open(options);
  try {
    await page.route("**/worker.js", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()) + HOLD });
    });
    await page.reload();
    const drop = (...files) => page.locator("#input").setInputFiles(files);
    const tell = (word) => page.evaluate((word) => new BroadcastChannel("scans").postMessage(word), word);
    await steps(page, drop, tell);
    assert.deepEqual(watched, { outside: [], errors: [] });
  } finally {
    await close();
  }
}

const lines = Array.from({ length: 100_000 }, (_, i) => `${i + 1},DE,${i % 500}.5`).join("\n");
const orders = made("orders.csv", `id,country,amuont\n${lines}\n`);
const january = made("orders-2024-01.csv", `id,country,amount\n${lines}\n`);
const february = made("orders-2024-02.csv", `id,country,amuont\n${lines}\n`);

function agreed(name, ...columns) {
  const properties = columns.map((it) => `      - {name: ${it}, required: true}\n`).join("");
  return made(
    name,
    `apiVersion: v3.1.0\nkind: DataContract\nid: orders\nversion: 1.0.0\nstatus: active\nschema:\n  - name: orders\n    properties:\n${properties}`,
  );
}
const contract = agreed("orders.odcs.yaml", "id", "country", "amount");

const early = (page) => page.locator("driftline-early .reason");
const reasons = (page) => page.locator("driftline-verdict .reason");

for (const { colorScheme, width } of [
  { colorScheme: "light", width: 1280 },
  { colorScheme: "dark", width: 360 },
])
  test(`a missing column is told while the file is read, and its reason stays where it is, ${width} px`, () =>
    held(
      async (page, drop, tell) => {
        await drop(orders, contract);
        await early(page).first().waitFor();
        await page.getByText("First look at").first().waitFor();
        assert.deepEqual(await early(page).allInnerTexts(), [
          'Critical\namount is missing (renamed to "amuont"?)\nAs agreed?',
        ]);
        assert.deepEqual(await page.locator("driftline-reading .answer").allInnerTexts(), ["No", "Not asked"]);
        await page.getByRole("status").filter({ hasText: "Already known: 1 critical" }).first().waitFor({ state: "attached" });
        assert.deepEqual(await axe(page), []);
        assert.equal(await page.locator("driftline-verdict").count(), 0);
        const before = await early(page).first().boundingBox();
        await tell("go");
        await reasons(page).first().waitFor();
        assert.equal(await page.locator("driftline-early").count(), 0);
        assert.match(await reasons(page).first().innerText(), /amount is missing/);
        const after = await reasons(page).first().boundingBox();
        // Where there is little room, what was measured may need a second line in each card.
        assert.ok(Math.abs(after.y - before.y) <= (width < 640 ? 48 : 0), `it moved from ${before.y} to ${after.y}`);
        assert.deepEqual({ ...after, y: 0 }, { ...before, y: 0 });
      },
      { colorScheme, viewport: { width, height: 900 } },
    ));

test("what the columns break is told before the reference is read", () =>
  held(async (page, drop, tell) => {
    await drop(january, february, contract);
    await early(page).getByText("is missing").waitFor();
    assert.equal(await page.locator("driftline-reading .answer").first().innerText(), "No");
    await tell("go");
    await reasons(page).first().waitFor();
    await page.getByRole("tab", { name: /Drift/ }).waitFor();
  }));

test("nothing is told of columns that are as agreed; against another contract it is told beside the report before", () =>
  held(async (page, drop, tell) => {
    await drop(january, contract);
    await page.getByText("First look at").first().waitFor();
    // Scans are asked for after what is known early.
    const isReading = () => Promise.all(page.workers().map((worker) => worker.evaluate("waiting.length")));
    while ((await isReading()).every((n) => n === 0)) await page.waitForTimeout(20);
    assert.equal(await early(page).count(), 0);
    await tell("go");
    await page.locator("driftline-verdict").waitFor();
    await tell("hold");
    await drop(agreed("strict.odcs.yaml", "id", "country", "amount", "currency"));
    await page.locator("driftline-progress driftline-early").getByText("is missing").waitFor();
    await tell("go");
    await reasons(page).filter({ hasText: "currency" }).waitFor();
    assert.equal(await early(page).count(), 0);
  }));

test("of many only the first are listed", () =>
  held(async (page, drop, tell) => {
    const many = agreed("many.odcs.yaml", ...Array.from({ length: 40 }, (_, i) => `c${i}`));
    await drop(orders, many);
    await early(page).first().waitFor();
    assert.equal(await early(page).count(), 5);
    await page.locator("driftline-early").getByText("And 35 more.").waitFor();
    await tell("go");
    await page.getByRole("button", { name: /^Show all/ }).waitFor();
  }));
