// How a model does without labels, and other words on a comparison, on the built page in Chromium, against what the command line
// writes.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { axe, neverBusy, openBrowser, shown } from "./browser.js";
import { binary, made, scratch } from "./command.js";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

/** What the command line prints in the files' folder. */
function printed(...args) {
  try {
    return execFileSync(binary, args, { cwd: scratch, maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] }).toString();
  } catch (error) {
    if (error.status !== 1) throw error;
    return error.stdout.toString();
  }
}

/** Numbers of 0 to 1 that are the same every time: mulberry32. */
function seeded(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A model's decisions: of late its inputs, and so its probabilities, say less. */
function decisions(seed, from, { labelled, drifts }) {
  const next = seeded(seed);
  const lines = [`at,income,repaid_before,y_pred_proba,y_pred${labelled ? ",repaid" : ""}`];
  for (let i = 0; i < 4000; i++) {
    const late = drifts && i >= 2000;
    const x = next();
    const p = late ? 0.3 + 0.4 * x : x < 0.5 ? 0.16 * x + 0.02 : 0.98 - 0.16 * (1 - x);
    const at = new Date(Date.UTC(2024, from, 1) + i * 1_200_000).toISOString().slice(0, 19);
    lines.push(`${at},${(20_000 + 30_000 * x + (late ? 30_000 : 0)).toFixed(0)},${i % 3 === 0 ? 1 : 0},${p.toFixed(4)},${p >= 0.5 ? 1 : 0}${labelled ? `,${next() < p ? 1 : 0}` : ""}`);
  }
  return lines.join("\n") + "\n";
}

const REFERENCE = made("loans-2024-01.csv", decisions(1, 0, { labelled: true, drifts: false }));
const CURRENT = made("loans-2024-03.csv", decisions(2, 2, { labelled: false, drifts: true }));
const LABELLED = made("loans-2024-04.csv", decisions(3, 3, { labelled: true, drifts: true }));
const ROLES = ["--probability", "y_pred_proba", "--prediction", "y_pred", "--target", "repaid", "--timestamp", "at"];

/** Saves a document and returns its name and text. */
async function saved(page, format) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator(`#save-performance-${format}`).click()]);
  return [download.suggestedFilename(), readFileSync(await download.path(), "utf8")];
}

test("an estimate without labels is the command line's, with guessed roles and the keyboard alone", () => neverBusy(async (measured) => {
  const { page, watched, close } = await browser.open();
  try {
    await page.locator("#input").setInputFiles([REFERENCE, CURRENT]);
    await shown(page);
    await page.getByRole("tab", { name: "Columns" }).focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowRight");
    assert.equal(await page.getByRole("tab", { name: "Performance" }).getAttribute("aria-selected"), "true");
    const guessed = [];
    for (const name of ["probability", "prediction", "target", "timestamp"]) guessed.push(await page.locator(`select[name=${name}]`).inputValue());
    assert.deepEqual(guessed, ["y_pred_proba", "y_pred", "repaid", "at"]);
    await page.getByRole("button", { name: "Estimate" }).focus();
    await measured(page, async () => {
      await page.keyboard.press("Enter");
      await page.locator(".summary").waitFor();
      await page.locator("driftline-performance-along table").waitFor();
    });
    const told = await page.locator(".summary").textContent();
    assert.match(told, /^Of 10 chunks, [5-9] have an estimate beyond its limits$/);
    assert.equal(await page.evaluate(() => {
      let at = document.activeElement;
      while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
      return at.className.split(" ")[0];
    }), "summary");
    await page.getByRole("status").filter({ hasText: told }).first().waitFor({ state: "attached" });
    for (const [format, ending] of [["json", "json"], ["markdown", "md"], ["html", "html"]]) {
      const wanted = printed("performance", "--reference", "loans-2024-01.csv", ...ROLES, "loans-2024-03.csv", "--format", format);
      assert.deepEqual(await saved(page, format), [`loans-2024-03.performance.${ending}`, wanted], format);
    }
    const chart = page.locator("driftline-performance-chart").filter({ hasText: "ROC AUC" });
    assert.match(await chart.locator("svg[role=img]").getAttribute("aria-label"), /^ROC AUC over 20 chunks, 5 of this file's beyond/);
    assert.equal(await chart.locator(".plot .alert").count(), 5);
    await chart.getByText("The same numbers as a table").click();
    await chart.locator("tbody tr").first().waitFor();
    assert.equal(await chart.locator("tbody tr").count(), 10);
    const along = page.locator("driftline-performance-along");
    const { along: ranked } = JSON.parse(printed("performance", "--reference", "loans-2024-01.csv", ...ROLES, "loans-2024-03.csv", "--format", "json"));
    assert.equal(ranked.inputs[0].goes_along, true);
    await along.getByText(ranked.sentence).waitFor();
    await page.getByRole("status").filter({ hasText: ranked.sentence }).first().waitFor({ state: "attached" });
    assert.match(await along.getByRole("row", { name: /income/ }).textContent(), /Goes with it.*5 of 10/s);
    assert.equal(await along.getByRole("row", { name: /income/ }).locator(".bar").count(), 10);
    assert.equal(await along.getByRole("row", { name: /Change of estimated ROC AUC/ }).locator(".bar").count(), 10);
    assert.deepEqual(await axe(page), []);
    await along.getByRole("button", { name: "income" }).focus();
    await page.keyboard.press("Enter");
    await page.locator("driftline-column-detail").waitFor();
    assert.deepEqual(watched, { outside: [], errors: [] });
  } finally {
    await close();
  }
}));

test("periods and chunks of rows are cut as the command line cuts them, and labels are realised", async () => {
  const { page, watched, close } = await browser.open();
  try {
    await page.locator("#input").setInputFiles([REFERENCE, LABELLED]);
    await shown(page);
    await page.getByRole("tab", { name: "Performance" }).click();
    const estimate = async () => {
      // What was told before is taken away while it works.
      await page.locator(".summary").evaluateAll((all) => all.forEach((it) => it.setAttribute("data-before", "")));
      await page.getByRole("button", { name: "Estimate" }).click();
      await page.locator(".summary:not([data-before])").waitFor();
    };
    await page.locator("select[name=cut]").selectOption("week");
    await page.locator("select[name=along]").selectOption("recall");
    await estimate();
    const weeks = printed("performance", "--reference", "loans-2024-01.csv", ...ROLES, "--rank-metric", "recall", "--period", "week", "loans-2024-04.csv", "--format", "json");
    assert.equal((await saved(page, "json"))[1], weeks);
    assert.ok(await page.locator("driftline-performance-chart .plot .square").count());
    assert.match(await page.locator(".matrix").textContent(), /realised/);
    await page.locator("driftline-performance-along").getByRole("rowheader", { name: /Change of realised Recall/ }).waitFor();
    await page.locator("select[name=normalize]").selectOption("true");
    await page.locator("select[name=rank]").selectOption("alerts");
    await estimate();
    const shares = printed("performance", "--reference", "loans-2024-01.csv", ...ROLES, "--rank-metric", "recall", "--rank", "alerts", "--normalize", "true", "--period", "week", "loans-2024-04.csv", "--format", "json");
    assert.equal((await saved(page, "json"))[1], shares);
    await page.getByRole("heading", { name: "Confusion matrix, estimated shares of the rows that truly are of their class" }).waitFor();
    const [rights, wrongs] = [page.locator(".matrix .right b"), page.locator(".matrix .wrong b")];
    assert.equal(Math.round(parseFloat(await rights.first().innerText()) + parseFloat(await wrongs.first().innerText())), 100);
    await page.locator("select[name=normalize]").selectOption("");
    await page.locator("select[name=rank]").selectOption("correlation");
    await page.locator("select[name=prediction]").selectOption("");
    await page.locator("select[name=along]").selectOption("");
    await page.locator("select[name=cut]").selectOption("rows");
    await page.locator("input[name=many]").fill("700");
    await estimate();
    const roles = ROLES.filter((word) => word !== "--prediction" && word !== "y_pred");
    const rows = printed("performance", "--reference", "loans-2024-01.csv", ...roles, "--chunk-rows", "700", "loans-2024-04.csv", "--format", "json");
    assert.equal((await saved(page, "json"))[1], rows);
    assert.equal(await page.locator(".matrix").count(), 0);
    await page.locator("select[name=probability]").selectOption("income");
    await page.getByRole("button", { name: "Estimate" }).click();
    await page.getByRole("alert").filter({ hasText: "probabilities outside 0–1" }).waitFor();
    assert.deepEqual(watched, { outside: [], errors: [] });
  } finally {
    await close();
  }
});

test("what other tools would have said, and what the columns say together, are the command line's", async () => {
  const { page, watched, close } = await browser.open();
  try {
    await page.locator("#input").setInputFiles([REFERENCE, LABELLED]);
    await shown(page);
    await page.getByRole("tab", { name: "Drift" }).click();
    const panel = page.locator("driftline-comparing");
    const held = async (word, ...args) => {
      const [download] = await Promise.all([page.waitForEvent("download"), panel.locator(`#save-${word}`).click()]);
      assert.equal(download.suggestedFilename(), `loans-2024-04.${word}.json`);
      const wanted = printed("drift", "--reference", "loans-2024-01.csv", "loans-2024-04.csv", ...args, "--format", "json");
      assert.equal(readFileSync(await download.path(), "utf8"), wanted, word);
      return JSON.parse(wanted);
    };
    for (const [word, name] of [["evidently", "Evidently"], ["nannyml", "NannyML"], ["alibi", "Alibi Detect"]]) {
      await panel.getByRole("button", { name }).focus();
      await page.keyboard.press("Enter");
      await panel.locator(`#save-${word}`).waitFor();
      const { like } = await held(word, "--as", word);
      assert.equal(await panel.getByRole("button", { name }).getAttribute("aria-pressed"), "true");
      assert.equal(await panel.locator(".said").textContent(), `${like.sentence[0].toUpperCase()}${like.sentence.slice(1)}.`);
      for (const { column, differs } of like.columns) {
        assert.ok((await panel.getByRole("rowheader", { name: column, exact: true }).count()) > 0, column);
        if (differs) assert.ok((await panel.locator(".why").allTextContents()).join().includes(differs.slice(1)), differs);
      }
    }
    await panel.getByRole("button", { name: "Look at the columns together" }).click();
    await panel.locator("#save-together").waitFor();
    const { multivariate } = await held("together", "--multivariate");
    assert.equal(multivariate.classifier.drifted, true);
    assert.match(await panel.locator("#together-told").textContent(), /A classifier tells the rows of both files apart/);
    assert.match(await panel.locator(".bars li").first().textContent(), new RegExp(multivariate.classifier.attribution[0].column));
    assert.deepEqual(await axe(page), []);
    assert.deepEqual(watched, { outside: [], errors: [] });
  } finally {
    await close();
  }
});

test("against a saved profile it is not run, and says so before the work starts", async () => {
  printed("profile", "loans-2024-01.csv", "--save", "loans.driftline.json");
  const { page, watched, close } = await browser.open();
  try {
    await page.locator("#input").setInputFiles([`${scratch}/loans.driftline.json`, CURRENT]);
    await shown(page);
    await page.getByRole("tab", { name: "Performance" }).click();
    await page.getByText("the reference is a saved profile, which has no rows to learn from").waitFor();
    assert.equal(await page.getByRole("button", { name: "Estimate" }).count(), 0);
    await page.getByRole("tab", { name: "Drift" }).click();
    const panel = page.locator("driftline-comparing");
    await panel.getByText("Not run: the reference is a saved profile").waitFor();
    await panel.getByRole("button", { name: "Evidently" }).click();
    const [download] = await Promise.all([page.waitForEvent("download"), panel.locator("#save-evidently").click()]);
    const wanted = printed("drift", "--reference", "loans.driftline.json", "loans-2024-03.csv", "--as", "evidently", "--format", "json");
    assert.equal(readFileSync(await download.path(), "utf8"), wanted);
    assert.deepEqual(watched, { outside: [], errors: [] });
  } finally {
    await close();
  }
});
