// Real files dropped on the built page in Chromium: profile, check and drift by the real engine, the downloads against
// the command line's bytes, and files made to break it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { axe, neverBusy, openBrowser, shown } from "./browser.js";
import { binary, made, reportOf, root } from "./command.js";
import { content, cursorLine, put, textOf } from "./editor.js";

const vega = join(root, "www/node_modules/vega-datasets/data");

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

async function onPage(files, steps, options = {}) {
  const { page, watched, close } = await browser.open(options);
  try {
    await page.locator("#input").setInputFiles(files);
    await steps(page);
    assert.deepEqual(watched, { outside: [], errors: [] });
  } finally {
    await close();
  }
}

async function downloaded(page, button) {
  await page.getByRole("tab", { name: "Export" }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator(button).click()]);
  return readFileSync(await download.path());
}

for (const name of ["zipcodes.csv", "movies.json", "flights-3m.parquet", "flights-200k.arrow", "sp500.csv", "weather.csv"]) {
  test(`${name} is profiled, and its download is the command line's report`, () =>
    onPage([join(vega, name)], async (page) => {
      await shown(page);
      assert.match(await page.locator("h1").innerText(), /Readable/);
      const json = await downloaded(page, "#save-report");
      assert.ok(reportOf("profile", join(vega, name)).equals(json));
    }));
}

test("a file is read to its end however often garbage is collected", async () => {
  // What still reads must not be taken for garbage.
  const eager = await openBrowser(undefined, ["--js-flags=--expose-gc"]);
  try {
    const { page, watched } = await eager.open();
    await page.locator("#input").setInputFiles([join(root, "target/data/flights.csv")]);
    let done = false;
    const verdict = page.locator("driftline-verdict h1").waitFor({ timeout: 20_000 }).finally(() => (done = true));
    while (!done) {
      for (const worker of page.workers()) worker.evaluate(() => globalThis.gc()).catch(() => {});
      await Promise.race([verdict, new Promise((resolve) => setTimeout(resolve, 20))]);
    }
    await verdict;
    assert.deepEqual(watched, { outside: [], errors: [] });
  } finally {
    await eager.close();
  }
});

test("flights.csv of 31 MB is profiled, and its download is the command line's report", async () => {
  const path = join(root, "target/data/flights.csv");
  assert.ok(existsSync(path), "target/data/flights.csv is missing: run scripts/real-data.sh");
  await onPage([path], async (page) => {
    await shown(page);
    const json = await downloaded(page, "#save-report");
    assert.ok(reportOf("profile", path).equals(json));
  });
});

test("a contract dropped with its file shows the cells that break it", () =>
  onPage([join(root, "tests/data/people.csv"), join(root, "tests/data/contracts/people.odcs.yaml")], async (page) => {
    await shown(page);
    assert.equal(await page.locator("h1").innerText(), "Look before using: id: 2 of 5 cells are not unique; 5 more critical.");
    await page.getByRole("tab", { name: /Contract/ }).click();
    const rules = page.locator("driftline-rules [role=option]");
    for (const value of ["x7", "-5", "ZZ", "2024-13-02", "first in row 3"])
      assert.ok(await rules.getByText(value).count(), value);
    await rules.filter({ hasText: "joined type" }).click();
    await page.locator("driftline-offenders .groups").getByText("01/04/2024").waitFor();
    assert.deepEqual(await axe(page), []);
    const args = ["tests/data/people.csv", "--contract", "tests/data/contracts/people.odcs.yaml"];
    assert.ok(reportOf("check", join(root, args[0]), args[1], join(root, args[2])).equals(await downloaded(page, "#save-report")));
  }));

test("a contract is inferred, tightened, corrected and saved, and the command line finds the same", () => {
  const lines = ["id,country,amount"];
  for (let i = 0; i < 3000; i++) lines.push(`${i + 1},${["DE", "FR", "GB"][i % 3]},${(i * 37) % 500}.5`);
  const file = made("orders.csv", `${lines.join("\n")}\n`);
  return onPage([file], async (page) => {
    await shown(page);
    await page.getByRole("button", { name: "Infer one" }).click();
    await content(page).waitFor();
    const inferred = await textOf(page);
    assert.equal(inferred, execFileSync(binary, ["contract", "infer", file], { encoding: "utf8" }));
    const verdict = () => page.locator("driftline-verdict h1").textContent();

    // The file keeps what was inferred from it.
    await page.locator("#check").click();
    await page.getByText("No rule is broken.").first().waitFor();

    // A rule that it breaks.
    const strict = inferred.replace('["DE", "FR", "GB"]', '["DE", "FR"]');
    await put(page, strict);
    await content(page).press("Control+Enter");
    await page.locator("driftline-rules .list").getByText("1,000 of 3,000 cells are not one of 2 allowed values").waitFor();

    // A mistake leaves everything as it is, and says where it is.
    const wrong = strict.replace("validValues: [", "validVallues: [");
    await put(page, wrong);
    await page.locator("#check").click();
    const mistake = page.locator("driftline-contract .mistakes");
    await page.locator("driftline-contract [role=alert]").waitFor();
    await mistake.getByText(/did you mean .validValues./).waitFor();
    const line = wrong.slice(0, wrong.indexOf("validVallues:")).split("\n").length;
    assert.equal(await cursorLine(page), line);
    assert.match(await page.locator("driftline-rules .list").textContent(), /1,000 of 3,000 cells/);
    assert.deepEqual(await axe(page), []);

    // Corrected, saved, and run by the command line.
    await put(page, strict.replace("mustBeLessOrEqualTo: 0.1279", "mustBeLessOrEqualTo: 40"));
    await page.locator("#check").click();
    await mistake.waitFor({ state: "detached" });
    const [saved] = await Promise.all([page.waitForEvent("download"), page.locator("#save-contract").click()]);
    assert.equal(saved.suggestedFilename(), "orders.odcs.yaml");
    const contract = made("orders.odcs.yaml", readFileSync(await saved.path()));
    assert.deepEqual(await downloaded(page, "#save-report"), reportOf("check", file, "--contract", contract));
    assert.ok(await verdict());
  });
});

test("last month's file, and its saved profile, tell what drifted", async () => {
  const [header, ...rows] = readFileSync(join(vega, "weather.csv"), "utf8").trimEnd().split("\n");
  const year = (name, part, change = (row) => row) =>
    made(name, `${[header, ...rows.filter((row) => row.includes(part)).map(change)].join("\n")}\n`);
  const before = year("weather-2012-01-01.csv", "2012");
  const now = year("weather-2013-01-01.csv", "2013", (row) => {
    const cells = row.split(",");
    cells[5] = String(Number(cells[5]) * 100);
    return cells.join(",");
  });
  let saved;
  await onPage([before], async (page) => {
    await shown(page);
    saved = made("before.profile.json", await downloaded(page, "#save-profile"));
  });
  for (const reference of [before, saved]) {
    await onPage([reference, now], async (page) => {
      await shown(page);
      await page.getByRole("tab", { name: /Drift/ }).click();
      assert.ok(await page.locator("driftline-drift-table").getByText("wind").count());
      const bytes = await downloaded(page, "#save-report");
      const json = JSON.parse(bytes);
      assert.equal(json.source.name, "weather-2013-01-01.csv");
      const wind = json.drift.find((it) => it.column === "wind");
      assert.deepEqual([wind.outcome, wind.band], ["drifted", "severe"]);
      assert.ok(reportOf("drift", "--reference", reference, now).equals(bytes));
    });
  }
});

const broken = [
  ["picture.csv", Buffer.from("\x89PNG\r\n\x1a\n0000", "latin1"), /PNG/],
  ["empty.parquet", Buffer.alloc(0), /empty|Parquet|0 bytes/i],
  ["half.parquet", readFileSync(join(vega, "flights-3m.parquet")).subarray(0, 40_000), /Parquet|damaged|footer|truncated/i],
  ["half.csv.gz", Buffer.from("1f8b0800000000000003abae", "hex"), /gzip/],
];
for (const [name, bytes, message] of broken) {
  test(`${name} is a clear message, and the next file is read`, () =>
    onPage([made(name, bytes)], async (page) => {
      const alert = page.getByRole("alert").first();
      await alert.waitFor();
      assert.match(await alert.innerText(), message);
      await page.locator("#input").setInputFiles([join(root, "tests/data/people.csv")]);
      await page.getByText("people.csv").first().waitFor();
    }));
}

test("an error page saved as CSV says what it is", () =>
  onPage([made("orders.csv", "<!DOCTYPE html>\n<html><body>502 Bad Gateway</body></html>\n")], async (page) => {
    await shown(page);
    assert.ok(await page.locator("driftline-verdict").getByText(/HTML page/).count());
  }));

test("an empty file and a header alone are shown as what they are", async () => {
  await onPage([made("nothing.csv", "")], async (page) => {
    await shown(page);
    await page.getByText("The file has no columns.").waitFor();
    await page.locator("driftline-verdict").getByText("The file has no data rows").first().waitFor();
    assert.deepEqual(await axe(page), []);
  });
  await onPage([made("header.csv", "id,name\n")], async (page) => {
    await shown(page);
    const rows = page.locator("driftline-column-list [role=row][data-index]");
    assert.deepEqual(await rows.evaluateAll((all) => all.map((row) => row.getAttribute("aria-label"))), ["id", "name"]);
    assert.equal(await rows.first().getByText("no rows").count(), 1);
  });
});

test("a file that changed since it was chosen cannot be read, and can be chosen again", () => {
  const path = made("changing.csv", "id,n\n1,2\n3,4\n");
  return onPage([path], async (page) => {
    await shown(page);
    appendFileSync(path, "5,6\n");
    await page.getByRole("tab", { name: "File" }).click();
    await page.getByRole("button", { name: "Read again" }).click();
    const alert = page.getByRole("alert");
    await alert.waitFor();
    assert.match(await alert.innerText(), /"changing\.csv" can no longer be read\s+It was changed, moved or removed/);
    assert.deepEqual(await axe(page), []);
    const [chooser] = await Promise.all([
      page.waitForEvent("filechooser"),
      page.getByRole("button", { name: "Choose it again" }).click(),
    ]);
    await chooser.setFiles([path]);
    await shown(page);
    assert.ok(await page.locator("driftline-verdict").getByText("3 rows in").count());
  });
});

test("a folder is refused, and what was there stays", () =>
  onPage([join(root, "tests/data/people.csv")], async (page) => {
    await shown(page);
    await page.evaluate(() => {
      const event = new DragEvent("drop", { bubbles: true, cancelable: true });
      const item = { kind: "file", webkitGetAsEntry: () => ({ isDirectory: true }), getAsFile: () => null };
      Object.defineProperty(event, "dataTransfer", { value: { types: ["Files"], items: [item], files: [] } });
      dispatchEvent(event);
    });
    const notice = page.getByRole("alert");
    assert.match(await notice.innerText(), /Nothing here can be read\. A folder needs files in it/);
    assert.deepEqual(await axe(page), []);
    await notice.getByRole("button", { name: "Dismiss" }).click();
    assert.equal(await page.getByRole("alert").count(), 0);
    assert.equal(await page.locator("driftline-report h1").count(), 1);
  }));

/** A file of 1,000 columns. */
function wide() {
  const lines = [Array.from({ length: 1000 }, (_, i) => `c${i}`).join(",")];
  for (let r = 0; r < 5000; r++)
    lines.push(Array.from({ length: 1000 }, (_, i) => [(r * i) % 977, `v${(r + i) % 50}`, r / 4][i % 3]).join(","));
  return made("wide.csv", `${lines.join("\n")}\n`);
}

for (const [what, path] of [
  ["flights.csv", () => join(root, "target/data/flights.csv")],
  ["1,000 columns", wide],
]) {
  test(`${what}: a first look at once, no task of the page above 50 ms, the same columns in the end`, () => neverBusy(async (measured) => {
    const { page, watched, close } = await browser.open();
    try {
      await page.waitForFunction(() => performance.getEntriesByName(`${document.baseURI}lite.wasm`).length > 0);
      await measured(page, async () => {
        await page.locator("#input").setInputFiles([path()]);
        const rows = page.locator("driftline-column-list [role=row][data-index]");
        const order = () => rows.evaluateAll((all) => all.map((row) => [row.getAttribute("aria-label"), row.offsetHeight]));
        // It is soon over: a locator that waits looks too seldom.
        const look = page.getByText(/First look at [\d,]+ rows/);
        for (const late = Date.now() + 30_000; !(await look.isVisible()); ) assert.ok(Date.now() < late, "no first look");
        const before = await order();
        await page.locator("driftline-verdict").waitFor({ timeout: 60_000 });
        assert.deepEqual(await order(), before);
      });
      assert.deepEqual(watched, { outside: [], errors: [] });
    } finally {
      await close();
    }
  }));
}

test("the page answers before its engine has arrived", async () => {
  const { page, watched, close } = await browser.open();
  try {
    let arrive;
    const arrived = new Promise((resolve) => (arrive = resolve));
    await page.route("**/lite.wasm", (route) => arrived.then(() => route.continue()));
    await page.reload();
    const choose = () => page.locator("#input").setInputFiles([join(root, "tests/data/people.csv")]);
    await choose();
    await page.getByRole("heading", { name: "Starting the engine" }).waitFor();
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.locator("driftline-intake #choose").waitFor();
    await choose();
    await page.getByRole("heading", { name: "Starting the engine" }).waitFor();
    arrive();
    await shown(page);
    assert.deepEqual(watched, { outside: [], errors: [] });
  } finally {
    await close();
  }
});

test("the larger module is fetched ahead, but not over a connection that is to be spared", async () => {
  const { page, close } = await browser.open();
  try {
    const columnar = (request) => request.url().endsWith("/columnar.wasm");
    await Promise.all([page.waitForRequest(columnar), page.reload()]);
    await page.addInitScript(() =>
      Object.defineProperty(navigator, "connection", { value: { saveData: true, effectiveType: "4g" } }),
    );
    const seen = [];
    page.on("request", (request) => columnar(request) && seen.push(request.url()));
    await page.reload();
    await page.locator("#input").setInputFiles([join(root, "tests/data/people.csv")]);
    await shown(page);
    await page.waitForTimeout(500);
    assert.deepEqual(seen, []);
  } finally {
    await close();
  }
});

test("a page with one worker exchanges the engine in the midst of its work", async () => {
  const contract = made(
    "words.odcs.yaml",
    "apiVersion: v3.1.0\nkind: DataContract\nid: c\nversion: 1.0.0\nstatus: active\nschema:\n  - name: t\n    properties:\n      - {name: word, logicalType: string, required: true}\n",
  );
  const { page, watched, close } = await browser.open();
  try {
    await page.addInitScript(() => Object.defineProperty(navigator, "hardwareConcurrency", { value: 1 }));
    await page.reload();
    // Nothing in its first bytes says that it is Arrow: the engine finds out, while another question waits.
    await page.locator("#input").setInputFiles([join(root, "tests/data/columnar/stream-zstd.arrows"), contract]);
    await shown(page);
    assert.deepEqual(watched, { outside: [], errors: [] });
  } finally {
    await close();
  }
});

test("script in cells and headers stays text", () =>
  onPage([made("x.csv", 'id,"<img src=x onerror=alert(1)>"\n1,<script>alert(2)</script>\n2,=1+1\n')], async (page) => {
    page.on("dialog", () => assert.fail("a dialog opened"));
    await shown(page);
    assert.ok(await page.locator("driftline-column-list").getByText("<img src=x onerror=alert(1)>").count());
  }));
