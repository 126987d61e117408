// The editor of a contract's text, on the built page in Chromium: when it is fetched, mistakes at their places, changes taken
// back, the keyboard, and texts of many rules.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { axe, neverBusy, openBrowser, shown } from "./browser.js";
import { content, cursorLine, put, replace, textOf, unfold } from "./editor.js";

const scratch = mkdtempSync(join(tmpdir(), "driftline-"));

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

function made(name, text) {
  const path = join(scratch, name);
  writeFileSync(path, text);
  return path;
}

async function onPage(files, steps, options = {}) {
  const { page, watched, close } = await browser.open(options);
  try {
    await page.locator("#input").setInputFiles(files);
    await shown(page);
    await page.getByRole("tab", { name: /Contract/ }).click();
    await steps(page);
    assert.deepEqual(watched, { outside: [], errors: [] });
  } finally {
    await close();
  }
}

const CONTRACT = `apiVersion: v3.1.0
kind: DataContract
id: orders
version: 1.0.0
status: active
schema:
  - name: orders
    properties:
      - name: id
        logicalType: integer
        required: true
      - name: country
        # Where they are sent to.
        description: |
          the country: DE
        quality:
          - metric: invalidValues
            arguments:
              validValues: [DE, FR, "GB"] # for now
            mustBe: 0
`;
const orders = made("orders.csv", `id,country\n${Array.from({ length: 300 }, (_, i) => `${i + 1},${i % 10 ? "DE" : "ZZ"}`).join("\n")}\n`);
const contract = made("orders.odcs.yaml", CONTRACT);

const marks = (page) => page.locator("driftline-editor .cm-lint-marker-error");
const mistakes = (page) => page.locator("driftline-contract .mistakes");
const broken = (page) => page.locator("driftline-rules [role=option]").filter({ hasText: /country[\s\S]*30 of 300 cells/ });

test("not a byte of the editor is fetched before the text of a contract is opened", async () => {
  const { page, watched, close } = await browser.open();
  try {
    const fetched = [];
    page.on("request", (request) => /editor/.test(request.url()) && fetched.push(request.url()));
    await page.locator("#input").setInputFiles([orders]);
    await shown(page);
    await page.getByRole("tab", { name: /Contract/ }).click();
    await page.locator("#infer:not([disabled])").waitFor();
    await page.locator("#input").setInputFiles([contract]);
    await broken(page).waitFor();
    await page.waitForTimeout(300);
    assert.deepEqual(fetched, []);
    await unfold(page);
    assert.equal(fetched.length, 1);
    assert.deepEqual(watched, { outside: [], errors: [] });
  } finally {
    await close();
  }
});

test("an editor that cannot be fetched says so, and the contract can be saved", async () => {
  const { page, close } = await browser.open();
  try {
    await page.route("**/editor-*.js", (route) => route.abort());
    await page.locator("#input").setInputFiles([orders, contract]);
    await shown(page);
    await page.getByRole("tab", { name: /Contract/ }).click();
    await page.locator("driftline-contract summary").click();
    await page.getByRole("alert").getByText("The editor could not be loaded.").waitFor();
    assert.deepEqual(await axe(page), []);
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#save-contract").click()]);
    assert.equal(readFileSync(await download.path(), "utf8"), CONTRACT);
  } finally {
    await close();
  }
});

test("every mistake is marked at its line; corrected, the file is checked again", () =>
  onPage([orders, contract], async (page) => {
    await broken(page).waitFor();
    await unfold(page);
    await put(page, CONTRACT.replace("required:", "requird:").replace("validValues:", "validVallues:").replace("mustBe: 0", "mustBe: x"));
    await mistakes(page).getByText("The contract has 3 mistakes.").waitFor();
    assert.deepEqual(await mistakes(page).locator("button").allInnerTexts(), ["Line 11, column 9", "Line 19, column 15", "Line 20, column 21"]);
    assert.equal(await marks(page).count(), 3);
    assert.deepEqual(await page.locator("driftline-editor .cm-lintRange-error").allInnerTexts(), ["requird", "validVallues", "x"]);
    assert.deepEqual(await axe(page), []);

    // It is not checked, all stays as it was, and the cursor is at the first.
    await page.locator("#check").click();
    await page.locator("driftline-contract [role=alert]").getByText("The file was not checked.").waitFor();
    await mistakes(page).getByText(/did you mean "required"\?/).waitFor();
    assert.equal(await cursorLine(page), 11);
    assert.equal(await broken(page).count(), 1);

    // One by a press, one by keys, one from the list.
    await content(page).press("F8");
    await page.locator("driftline-editor .cm-diagnosticAction").getByText("Replace by").first().click();
    await mistakes(page).getByText("The contract has 2 mistakes.").waitFor();
    await mistakes(page).getByRole("button", { name: "Line 20" }).click();
    assert.equal(await cursorLine(page), 20);
    await page.keyboard.press("Delete");
    await page.keyboard.type("0");
    await replace(page, "validVallues", "validValues");
    await mistakes(page).waitFor({ state: "detached" });
    assert.equal(await marks(page).count(), 0);
    assert.match(await textOf(page), /required: true[\s\S]*mustBe: 0/);
    await replace(page, '"GB"', "ZZ");
    await content(page).press("Control+Enter");
    await page.getByText("No rule is broken.").first().waitFor();
    assert.equal(await textOf(page), CONTRACT.replace('"GB"', "ZZ"));
    assert.ok(await page.locator("#check").isDisabled());
  }));

test("an accepted change is taken back, whether the text was open or not", () =>
  onPage([orders, contract], async (page) => {
    const accepted = CONTRACT.replace('"GB"]', '"GB", ZZ]');
    const accept = async () => {
      await broken(page).click();
      await page.getByRole("button", { name: "Allow “ZZ”" }).click();
      await page.locator("#apply").click();
      await page.getByText("No rule is broken.").first().waitFor();
      assert.equal(await textOf(page), accepted);
    };
    const takeBack = async () => {
      await content(page).press("Control+z");
      assert.equal(await textOf(page), CONTRACT);
      await content(page).press("Control+Enter");
      await broken(page).waitFor();
    };
    await accept();
    await unfold(page);
    await takeBack();
    await accept();
    await takeBack();
    // And made again.
    await content(page).press("Control+y");
    assert.equal(await textOf(page), accepted);
    await page.getByRole("button", { name: "Discard the changes" }).click();
    assert.equal(await textOf(page), CONTRACT);
    await content(page).press("Control+z");
    assert.equal(await textOf(page), accepted);
  }));

test("what is written while the file is checked stays", () =>
  onPage([orders, contract], async (page) => {
    await unfold(page);
    await replace(page, '"GB"', "ZZ");
    // In one go, so that the check cannot be done before.
    const text = await page.locator("driftline-contract").evaluate((it) => {
      const editor = it.renderRoot.querySelector("driftline-editor");
      it.renderRoot.querySelector("#check").click();
      const text = `${it.draft}# more\n`;
      editor.dispatchEvent(new CustomEvent("driftline:edited", { detail: text }));
      return text;
    });
    await page.getByText("No rule is broken.").first().waitFor();
    assert.equal(await textOf(page), text);
    assert.ok(await page.locator("#check").isEnabled());
  }));

test("a rule that is dropped comes back, and the editor outlives the first check", () =>
  onPage([orders], async (page) => {
    await page.locator("#infer:not([disabled])").click();
    await content(page).waitFor();
    const inferred = await textOf(page);
    await page.getByRole("button", { name: /^Drop country, allowed values/ }).click();
    await page.waitForFunction((before) => document.querySelector("driftline-app").shadowRoot.querySelector("driftline-report").shadowRoot.querySelector("driftline-contract").draft !== before, inferred);
    await page.locator("#check").click();
    await page.locator("driftline-rules").waitFor();
    await content(page).press("Control+z");
    assert.equal(await textOf(page), inferred);
  }));

test("keys write into the editor, Tab and Shift+Tab leave it", () =>
  onPage([orders, contract], async (page) => {
    await unfold(page);
    const isInside = () =>
      page.evaluate(() => {
        let at = document.activeElement;
        while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
        return at.classList.contains("cm-content");
      });
    await content(page).focus();
    await page.keyboard.press("Control+Home");
    await page.keyboard.type("# n/p?");
    await page.keyboard.press("Enter");
    assert.equal(await textOf(page), `# n/p?\n${CONTRACT}`);
    assert.equal(await page.getByRole("tab", { name: /Contract/ }).getAttribute("aria-selected"), "true");
    assert.ok(await isInside());
    for (const key of ["Tab", "Shift+Tab", "Shift+Tab", "Tab"]) {
      const before = await isInside();
      await page.keyboard.press(key);
      assert.notEqual(await isInside(), before, key);
    }
    assert.equal(await textOf(page), `# n/p?\n${CONTRACT}`);
    const box = page.getByRole("textbox", { name: "Text of orders.odcs.yaml" });
    assert.equal(await box.count(), 1);
    assert.match(await page.locator("driftline-editor #keys").innerText(), /Tab leaves the editor/);
    // Behind a key one goes further in, in an item below its first key.
    await put(page, "schema:");
    for (const line of ["- name: orders", "properties:", "- name: id"]) {
      await page.keyboard.press("Enter");
      await page.keyboard.type(line);
    }
    assert.equal(await textOf(page), "schema:\n  - name: orders\n    properties:\n      - name: id");
  }));

test("keys, texts, numbers and comments are told apart", () =>
  onPage([orders, contract], async (page) => {
    await unfold(page);
    const coloured = (kind) => page.locator(`driftline-editor .dl-${kind}`).allInnerTexts();
    assert.deepEqual(await coloured("comment"), ["# Where they are sent to.", "# for now"]);
    assert.deepEqual(await coloured("string"), ["the country: DE", '"GB"']);
    assert.deepEqual(await coloured("word"), ["true"]);
    assert.deepEqual(await coloured("number"), ["0"]);
    assert.ok((await coloured("key")).includes("validValues"));
    await put(page, '{"a b": [1, -2.5e3, null], \'c\': &x "d # e: f", "g":\n  "h"}');
    assert.deepEqual(await coloured("key"), ['"a b"', "'c'", '"g"']);
    assert.deepEqual(await coloured("number"), ["1", "-2.5e3"]);
    assert.deepEqual(await coloured("string"), ['"d # e: f"', '"h"']);
    assert.deepEqual(await coloured("tag"), ["&x"]);
  }));

test("a file that is dropped on the editor is the page's", () =>
  onPage([orders, contract], async (page) => {
    await unfold(page);
    await content(page).evaluate((it) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(["id,country\n1,DE\n"], "dropped.csv", { type: "text/csv" }));
      it.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, composed: true, cancelable: true }));
    });
    await page.locator("driftline-file-chips").getByText("dropped.csv").waitFor();
  }));

test("lines keep their ends, and suites in JSON are edited as well", async () => {
  const lines = CONTRACT.replaceAll("\n", "\r\n");
  await onPage([orders, made("lines.odcs.yaml", lines)], async (page) => {
    await unfold(page);
    await replace(page, "version: 1.0.0", "version: 1.0.1");
    assert.equal(await textOf(page), lines.replace("version: 1.0.0", "version: 1.0.1"));
  });
  const suite = { name: "orders", expectations: [{ type: "expect_column_values_to_be_in_set", kwargs: { column: "country", value_set: ["DE"] }, meta: {} }], meta: {} };
  await onPage([orders, made("suite.json", JSON.stringify(suite, null, 2))], async (page) => {
    await broken(page).waitFor();
    await unfold(page);
    await replace(page, '"kwargs": {', '"kwargs": ');
    await mistakes(page).waitFor();
    assert.equal(await marks(page).count(), 1);
    await replace(page, '"kwargs": ', '"kwargs": {');
    await replace(page, '"DE"', '"DE", "ZZ"');
    await mistakes(page).waitFor({ state: "detached" });
    await content(page).press("Control+Enter");
    await page.getByText("No rule is broken.").first().waitFor();
  });
});

test("a contract of 3,000 rules opens, scrolls and is written in without a task above 50 ms", () => neverBusy(async (measured) => {
  const columns = Array.from({ length: 30 }, (_, i) => `c${i}`);
  const file = made("many.csv", `${columns.join(",")}\n${columns.map((_, i) => i).join(",")}\n`);
  const rules = Array.from({ length: 100 }, (_, i) => `          - {type: custom, engine: driftline, implementation: {rule: range, maximum: ${1000 + i}}}`);
  const properties = columns.map((name) => [`      - name: ${name}`, "        logicalType: integer", "        quality:", ...rules].join("\n"));
  const text = `apiVersion: v3.1.0\nkind: DataContract\nid: many\nversion: 1.0.0\nstatus: active\nschema:\n  - name: many\n    properties:\n${properties.join("\n")}\n`;
  assert.ok(text.length > 200_000);
  await onPage([file, made("many.odcs.yaml", text)], async (page) => {
    await page.locator("driftline-rules [role=option]").first().waitFor();
    await measured(page, async () => {
      await unfold(page);
      await page.locator("driftline-review").getByText("3,030 rules").waitFor({ timeout: 20_000 });
      await content(page).focus();
      await page.keyboard.press("Control+End");
      await page.keyboard.type("# an end");
      await page.keyboard.press("Control+Home");
      await page.keyboard.type("# a beginning");
      await page.keyboard.press("Enter");
      await replace(page, "logicalType", "logicalTipe");
      await mistakes(page).getByText("The contract has 1 mistake.").waitFor();
      await page.keyboard.press("Control+z");
      await mistakes(page).waitFor({ state: "detached" });
    });
    assert.match(await textOf(page), /^# a beginning\napi[\s\S]*# an end$/);
  });
}));

for (const { colorScheme, width } of [
  { colorScheme: "light", width: 360 },
  { colorScheme: "dark", width: 1280 },
])
  test(`the editor is accessible and fits ${width} px, ${colorScheme}`, () =>
    onPage(
      [orders, contract],
      async (page) => {
        await unfold(page);
        await replace(page, "mustBe:", "mustbe:");
        await mistakes(page).waitFor();
        assert.deepEqual(await axe(page), []);
        await content(page).press("F8");
        await page.locator("driftline-editor .cm-diagnostic").waitFor();
        await page.keyboard.press("Control+f");
        await page.locator("driftline-editor .cm-search").waitFor();
        assert.deepEqual(await axe(page), []);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(overflow <= 0, `${overflow} px too wide`);
      },
      { colorScheme, viewport: { width, height: 800 } },
    ));
