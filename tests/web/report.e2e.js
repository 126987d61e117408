// What the page makes of a report, with a scripted worker in the engine's place: the look, the keys, hostile data, and
// what happens when a worker stops. The report is www/dev/sample-report.json.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { axe, openBrowser, shown } from "./browser.js";

const sample = JSON.parse(await readFile(new URL("../../www/dev/sample-report.json", import.meta.url), "utf8"));
const script = await readFile(new URL("./scripted-worker.js", import.meta.url), "utf8");

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

/** A file to choose. */
const file = (name, text = "a,b\n".repeat(50)) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

/** Runs `steps` on a page whose worker answers with `report`, and then looks at what went wrong in it. */
async function onPage({ report = sample, ...options }, steps) {
  const { page, watched, close } = await browser.open(options);
  try {
    await page.route("**/worker.js", (route) =>
      route.fulfill({ contentType: "text/javascript", body: `const REPORT = ${JSON.stringify(report)};\n${script}` }),
    );
    page.on("dialog", (dialog) => watched.errors.push(`dialog: ${dialog.message()}`));
    await page.reload();
    const drop = (...files) => page.locator("#input").setInputFiles(files);
    await steps(page, drop);
    assert.deepEqual(watched, { outside: [], errors: [] });
  } finally {
    await close();
  }
}

const rows = (page) => page.locator("driftline-column-list [role=row][data-index]");
const focused = (page) =>
  page.evaluate(() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at?.getAttribute("aria-label") ?? at?.textContent.trim();
  });

test("the report opens with its sentence, three answers and its reasons", () =>
  onPage({}, async (page, drop) => {
    await drop(file("orders.csv"));
    await shown(page);
    assert.equal(await page.locator("h1").innerText(), sample.verdict.sentence);
    assert.deepEqual(await page.locator("driftline-verdict .answer").allInnerTexts(), ["Yes", "No", "It drifted"]);
    await page.getByRole("button", { name: "Show all 9 reasons" }).click();
    assert.equal(await page.locator("driftline-verdict .reasons li").count(), sample.verdict.reasons.length);
  }));

test("what was not asked for says so and offers to add it", () =>
  onPage(
    { report: { ...sample, reference: null, drift: [], verdict: { ...sample.verdict, same_as_before: "not_run" } } },
    async (page, drop) => {
      await drop(file("orders.csv"));
      await shown(page);
      assert.equal(await page.locator("driftline-verdict .card.not_run .answer").innerText(), "Not asked");
      assert.equal(await page.getByRole("button", { name: "Add a reference" }).count(), 1);
      assert.equal(await page.getByRole("tab", { name: /Drift/ }).count(), 0);
    },
  ));

test("text from the data stays text, and what cannot be seen is shown", () =>
  onPage({}, async (page, drop) => {
    await drop(file('<img src=x onerror=alert("name")>.csv'));
    await shown(page);
    await page.locator("driftline-column-list input[type=search]").fill("onerror");
    await rows(page).first().click();
    const detail = page.locator("driftline-column-detail");
    await detail.getByText("<script>alert('x')</script>").first().waitFor();
    assert.ok(await detail.locator(".control", { hasText: "U+202E" }).count());
    assert.ok(await detail.locator(".control", { hasText: "⇥" }).count());
    assert.equal(await page.locator("img, script[src=x], [onerror]").count(), 0);
  }));

test("the list is searched, sorted and walked by keys, and the details open and close", () =>
  onPage({}, async (page, drop) => {
    await drop(file("orders.csv"));
    await shown(page);
    await page.keyboard.press("/");
    await page.keyboard.type("disc");
    assert.equal(await rows(page).count(), 1);
    await page.keyboard.press("Control+A");
    await page.keyboard.press("Delete");
    await page.locator("driftline-column-list select").selectOption("drift");
    assert.equal(await rows(page).first().getAttribute("aria-label"), "region");
    await rows(page).first().focus();
    await page.keyboard.press("ArrowDown");
    assert.equal(await focused(page), "amount");
    await page.keyboard.press("Enter");
    await page.waitForFunction(
      () => document.querySelector("driftline-app").shadowRoot.activeElement?.column === "amount",
    );
    await page.locator("driftline-column-detail h2:focus").waitFor();
    assert.equal(await focused(page), "amount");
    await page.keyboard.press("Escape");
    await page.locator("driftline-column-list [role=row]:focus").waitFor();
    assert.equal(await focused(page), "amount");
    assert.equal(await page.locator("dialog[open]").count(), 0);
    await page.keyboard.press("End");
    await page.locator("driftline-column-list [role=row]:focus").waitFor();
    assert.equal(
      await page.locator("[role=row]:focus").getAttribute("aria-rowindex"),
      String(sample.columns.length + 1),
    );
  }));

test("the large histogram reads out bar by bar and has its numbers as a table", () =>
  onPage({}, async (page, drop) => {
    await drop(file("orders.csv"));
    await shown(page);
    await page.getByRole("row", { name: "quantity" }).click();
    const chart = page.locator("driftline-distribution svg.chart");
    await chart.focus();
    await page.keyboard.press("ArrowRight");
    const { overlay } = sample.drift.find(({ column }) => column === "quantity");
    const percent = (share) => `${(share * 100).toFixed(1)}\u00a0%`;
    const first = `1: ${percent(overlay.current[0])} · reference ${percent(overlay.reference[0])}`;
    const readout = page.locator("driftline-distribution .readout");
    await readout.filter({ hasText: first }).waitFor();
    // A pointer that happens to be there and leaves does not take it away.
    await chart.dispatchEvent("pointerleave");
    assert.equal(await readout.innerText(), first);
    await page.getByText("The same numbers as a table").click();
    assert.equal(await page.locator("driftline-distribution tbody tr").count(), overlay.current.length);
  }));

test("a violation shows its value, row, line and byte", () =>
  onPage({}, async (page, drop) => {
    await drop(file("orders.csv"));
    await shown(page);
    await page.getByRole("tab", { name: /Contract/ }).click();
    const cells = page
      .locator("#panel-rules driftline-offenders tbody tr")
      .first()
      .locator("td");
    assert.deepEqual(await cells.allInnerTexts(), ["2", "3", "273", "12,99 €"]);
    await page.getByRole("button", { name: /^Not run/ }).click();
    await page.locator("#panel-rules driftline-offenders").getByText(/slaProperties are not read yet/).first().waitFor();
    assert.equal(await page.locator("#panel-rules driftline-offenders .chip").innerText(), "Not run");
  }));

test("the download is the engine's bytes", () =>
  onPage({}, async (page, drop) => {
    await drop(file("orders.csv"));
    await shown(page);
    await page.getByRole("tab", { name: "Export" }).click();
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#save-report").click()]);
    const saved = await readFile(await download.path(), "utf8");
    assert.equal(saved, JSON.stringify(JSON.parse(saved), null, 2));
    assert.deepEqual({ ...JSON.parse(saved), source: null }, { ...sample, source: null });
  }));

test("20,000 columns are a few rows on the page", () => {
  const bare = { ...sample.columns[0], numeric: null, histogram: null, top: [], alerts: [] };
  const columns = Array.from({ length: 20_000 }, (_, i) => ({ ...bare, name: `c${i}`, position: i + 1 }));
  return onPage({ report: { ...sample, columns, drift: [], findings: [] } }, async (page, drop) => {
    await drop(file("wide.csv"));
    await shown(page);
    await rows(page).first().waitFor();
    assert.ok((await rows(page).count()) < 60);
    await rows(page).first().focus();
    await page.keyboard.press("End");
    await page.getByRole("row", { name: "c19999" }).waitFor();
    assert.ok((await rows(page).count()) < 60);
  });
});

test("files find their parts, and change them by hand", () =>
  onPage({}, async (page, drop) => {
    await drop(file("orders-2025-03.csv"), file("orders-2025-02.csv"), file("orders.yaml", "kind: DataContract\n"));
    await shown(page);
    const chips = page.locator("driftline-file-chips li:has(select)");
    const parts = () =>
      chips.evaluateAll((all) =>
        all.map((li) => [li.querySelector("select").value, li.querySelector(".name").textContent]),
      );
    const guessed = [
      ["current", "orders-2025-03.csv"],
      ["reference", "orders-2025-02.csv"],
      ["contract", "orders.yaml"],
    ];
    assert.deepEqual(await parts(), guessed);
    await chips.first().locator("select").selectOption("reference");
    await chips.first().getByText("orders-2025-02.csv").waitFor();
    const swapped = [
      ["current", "orders-2025-02.csv"],
      ["reference", "orders-2025-03.csv"],
      ["contract", "orders.yaml"],
    ];
    assert.deepEqual(await parts(), swapped);
  }));

test("a worker that stops is replaced; what could not be read says why and makes room", () =>
  onPage({}, async (page, drop) => {
    await drop(file("trap.csv"));
    assert.match(await page.getByRole("alert").innerText(), /the engine stopped\s+nothing was lost/i);
    await drop(file("image.csv"));
    await page.getByText('"image.csv" is a PNG image').waitFor();
    assert.match(await page.getByRole("alert").innerText(), /export it as CSV/i);
    await drop(file("orders.csv"));
    await shown(page);
    assert.equal(await page.locator("driftline-file-chips li:has(select)").count(), 1);
  }));

test("work is shared, repeated with fewer workers, scanned again, and moved to the larger build", () =>
  onPage({}, async (page, drop) => {
    const source = async (name) => {
      await page.reload();
      await drop(file(name));
      await shown(page);
      return page.locator("driftline-report").evaluate((element) => element.report.source.name);
    };
    const workers = await page.evaluate(() => Math.min(4, navigator.hardwareConcurrency));
    assert.equal(await source("orders.csv"), `orders.csv ${workers} lite`);
    assert.equal(await source("large.csv"), "large.csv 1 lite");
    assert.equal(await source("again.csv"), "again.csv 20 lite");
    assert.equal(await source("flights.parquet"), `flights.parquet ${workers} columnar`);
  }));

test("slow work shows its progress and can be cancelled", () =>
  onPage({}, async (page, drop) => {
    await drop(file("slow.csv"));
    const progress = page.locator("driftline-progress section");
    await progress.filter({ hasText: "Reading slow.csv" }).waitFor();
    assert.match(await progress.innerText(), /Reading slow\.csv[\s\S]*rows[\s\S]*200 bytes/);
    assert.deepEqual(await axe(page), []);
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.locator("driftline-intake #choose").waitFor();
    await drop(file("orders.csv"));
    await shown(page);
  }));

test("while a large file is read its columns are there, and stay where they are when it is done", () =>
  onPage({}, async (page, drop) => {
    await drop(file("late.csv", "a,b\n".repeat(300_000)));
    await rows(page).first().waitFor();
    await page.getByText("First look at 7 rows").waitFor();
    await page.locator("driftline-reading", { hasText: "Reading late.csv" }).waitFor();
    assert.deepEqual(await page.getByRole("tab").allInnerTexts(), [`Columns\n${sample.columns.length}`]);
    const layout = () =>
      rows(page).evaluateAll((all) => all.map((row) => [row.getAttribute("aria-label"), row.offsetHeight, row.offsetWidth]));
    await rows(page).nth(1).click();
    await page.locator("driftline-column-detail h2").waitFor();
    await page.locator("driftline-column-detail").getByText("First look at 7 rows").waitFor();
    const before = await layout();
    await shown(page);
    // The reasons above push some rows out of sight.
    const after = await layout();
    assert.ok(after.length > 4);
    assert.deepEqual(after, before.slice(0, after.length));
    assert.equal(await page.getByText("First look").count(), 0);
    assert.equal(await page.locator("dialog[open] h2").innerText(), sample.columns[1].name);
  }));

test("a look can be cancelled, and the report before it is back with its files", () =>
  onPage({}, async (page, drop) => {
    await drop(file("orders.csv"));
    await shown(page);
    await drop(file("slow.csv", "a,b\n".repeat(300_000)));
    await page.getByText("First look at 7 rows").waitFor();
    assert.deepEqual(await axe(page), []);
    await page.getByRole("button", { name: "Cancel" }).click();
    await shown(page);
    assert.deepEqual(await page.locator("driftline-file-chips .name").allInnerTexts(), ["orders.csv"]);
  }));

for (const { colorScheme, width } of [
  { colorScheme: "light", width: 360 },
  { colorScheme: "dark", width: 1280 },
]) {
  test(`every part of the report is accessible and fits ${width} px, ${colorScheme}`, () =>
    onPage({ colorScheme, viewport: { width, height: 800 } }, async (page, drop) => {
      await drop(file("orders.csv"));
      await shown(page);
      const look = async (what) => {
        assert.deepEqual(await axe(page), [], what);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(overflow <= 0, `${what} is ${overflow} px too wide`);
      };
      for (const tab of ["Contract", "Drift", "File", "Export", "Columns"]) {
        await page.getByRole("tab", { name: new RegExp(`^${tab}`) }).click();
        await look(tab);
      }
      await page.getByRole("row", { name: "amount" }).click();
      await page.locator("driftline-column-detail h2").waitFor();
      await look("details");
    }));
}
