// Values that are not for everybody: what a contract classifies is on the page by its shape only, and in what is saved of it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { axe, openBrowser, shown } from "./browser.js";
import { made, reportOf } from "./command.js";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

const word = (i) => String(1000 + ((i * 7919) % 9000)).replace(/\d/g, (digit) => "qrstuvwxyz"[Number(digit)]);
const email = (i) => `${word(i)}@mail.example`;
const lines = Array.from({ length: 40_000 }, (_, i) => `${i},${i % 50 === 0 ? email(i) : "nobody@acme.org"},${i % 7}`);
const staff = made("staff.csv", `id,email,size\n${lines.join("\n")}\n`);
const contract = made(
  "staff.odcs.yaml",
  `apiVersion: v3.1.0
kind: DataContract
id: staff
version: 1.0.0
status: active
schema:
  - name: staff
    properties:
      - {name: id, logicalType: integer, unique: true}
      - {name: email, logicalType: string, classification: restricted, logicalTypeOptions: {pattern: '@acme[.]org$'}}
      - {name: size, logicalType: integer, logicalTypeOptions: {maximum: 5}}
`,
);

/** Everything that can be read on the page, in every shadow root. */
function read(page) {
  return page.evaluate(() => {
    const texts = [];
    const walk = (node) => {
      if (node.nodeType === Node.TEXT_NODE) texts.push(node.data);
      if (node.nodeType === Node.ELEMENT_NODE)
        for (const name of ["aria-label", "title"]) if (node.hasAttribute(name)) texts.push(node.getAttribute(name));
      if (node.shadowRoot) walk(node.shadowRoot);
      for (const child of node.childNodes) walk(child);
    };
    walk(document.body);
    return texts.join("");
  });
}

const secrets = (text) => [...new Set(text.match(/[a-z]{4}@mail[.]example/g))];

/** What can be read of every part of the report: all tabs, the details of the column, the offenders of its rule. */
async function readAll(page) {
  const texts = [];
  for (const tab of await page.locator("driftline-report [role=tab]").all()) {
    await tab.click();
    texts.push(await read(page));
  }
  await page.getByRole("tab", { name: /Columns/ }).click();
  await page.locator("driftline-column-list [role=row][data-index]", { hasText: "email" }).click();
  await page.locator("driftline-column-detail h2").waitFor();
  texts.push(await read(page));
  await page.keyboard.press("Escape");
  await page.getByRole("tab", { name: /Contract/ }).click();
  await page.locator("driftline-rules [role=option]", { hasText: "@acme" }).first().click();
  await page.locator("driftline-offenders .rows .row .bad").first().waitFor();
  await page.waitForFunction(() => {
    const find = (root) => {
      for (const element of root.querySelectorAll("*")) {
        if (element.matches(".rows .row .bad")) return element.textContent.trim();
        const inside = element.shadowRoot && find(element.shadowRoot);
        if (inside) return inside;
      }
      return "";
    };
    return find(document) !== "";
  });
  texts.push(await read(page));
  return texts.join("\n");
}

async function onPage(steps, options = {}) {
  const { page, watched, close } = await browser.open(options);
  try {
    await page.locator("#input").setInputFiles([staff, contract]);
    await shown(page);
    await steps(page);
    assert.deepEqual(watched, { outside: [], errors: [] });
  } finally {
    await close();
  }
}

async function saved(page, button) {
  await page.getByRole("tab", { name: /Export/ }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator(button).click()]);
  return readFileSync(await download.path());
}

const printed = (...args) => reportOf("check", staff, "--contract", contract, ...args);

for (const { width, colorScheme } of [
  { width: 1280, colorScheme: "light" },
  { width: 360, colorScheme: "dark" },
])
  test(`what the contract classifies is told by its shape (${width}, ${colorScheme})`, async () => {
    await onPage(
      async (page) => {
        const text = await readAll(page);
        assert.deepEqual(secrets(text), []);
        assert.match(text, /Values of 1 column are redacted \(classified\)/);
        assert.match(text, /aaaa@aaaa[.]aaaaaaa/);
        // What is not classified is there.
        assert.match(text, /nobody|Offender/);
        assert.deepEqual(await axe(page), []);
        if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `redact-${width}.png`), fullPage: true });
        await page.getByRole("tab", { name: /Export/ }).click();
        assert.deepEqual(await axe(page), []);
        if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `redact-export-${width}.png`) });
      },
      { viewport: { width, height: 900 }, colorScheme },
    );
  });

test("the report that is saved is the command line's, at every level", async () => {
  await onPage(async (page) => {
    assert.deepEqual(await saved(page, "#save-report"), printed());
    for (const level of ["none", "rare", "values"]) {
      await page.getByRole("tab", { name: /Export/ }).click();
      await page.locator("#redact").selectOption(level);
      await page.waitForFunction(
        (level) => document.querySelector("driftline-app").outcome?.report.driftline.options.redact === level,
        level === "none" ? undefined : level,
      );
      const bytes = await saved(page, "#save-report");
      assert.deepEqual(bytes, printed("--redact", level), level);
      assert.equal(secrets(bytes.toString()).length > 0, level === "none", level);
      assert.match(await page.locator("driftline-export code").innerText(), new RegExp(`--redact ${level}`));
    }
  });
});

test("whoever asks for all values sees them", async () => {
  await onPage(async (page) => {
    await page.getByRole("button", { name: "Change" }).click();
    await page.locator("#redact").selectOption("none");
    await page.locator("driftline-report .redacted").waitFor({ state: "detached" });
    assert.ok(secrets(await readAll(page)).length > 0);
  });
});
