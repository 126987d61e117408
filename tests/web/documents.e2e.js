// The report as documents of other tools, on the built page in Chromium, against what the command line writes.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { after, before, test } from "node:test";
import { execFileSync } from "node:child_process";
import { axe, openBrowser, shown } from "./browser.js";
import { binary, made } from "./command.js";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

/** What the command line prints in the file's own folder, also of a file that breaks its contract. */
function printed(path, ...args) {
  try {
    return execFileSync(binary, args, { cwd: dirname(path), maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] });
  } catch (error) {
    if (error.status !== 1) throw error;
    return error.stdout;
  }
}

const HOSTILE = made("a b.csv", 'id,"<img src=x onerror=alert(1)>",n\n1,<script>alert(2)</script>,3\n2,a|b`c`,x7\n2,=1+1,-1e400\n');
const CONTRACT = made(
  "a.odcs.yaml",
  'apiVersion: v3.1.0\nkind: DataContract\nid: c\nversion: 1.0.0\nstatus: active\nschema:\n  - name: t\n    properties:\n      - {name: id, logicalType: integer, unique: true}\n      - {name: "<img src=x onerror=alert(1)>", logicalType: string, logicalTypeOptions: {maxLength: 4}}\n      - {name: n, logicalType: integer}\n',
);

test("a report is saved as HTML, Markdown, JUnit and SARIF, byte for byte those of the command line", async () => {
  const { page, watched, close } = await browser.open();
  try {
    page.on("dialog", () => watched.errors.push("a dialog opened"));
    await page.locator("#input").setInputFiles([HOSTILE, CONTRACT]);
    await shown(page);
    await page.getByRole("tab", { name: "Export" }).click();
    for (const [format, ending] of [["html", "html"], ["markdown", "md"], ["junit", "xml"], ["sarif", "sarif"]]) {
      const [download] = await Promise.all([page.waitForEvent("download"), page.locator(`#save-${format}`).click()]);
      assert.equal(download.suggestedFilename(), `a b.report.${ending}`);
      const wanted = printed(HOSTILE, "check", "a b.csv", "--contract", CONTRACT, "--format", format);
      assert.equal(readFileSync(await download.path(), "utf8"), wanted.toString(), format);
    }
    assert.deepEqual(await axe(page), []);
    assert.deepEqual(watched, { outside: [], errors: [] });
  } finally {
    await close();
  }
});

test("a comparison is, too", async () => {
  const { page, watched, close } = await browser.open();
  try {
    const lines = (from, n) => ["id,x,kind", ...Array.from({ length: n }, (_, i) => `${i},${from + (i % 50)},${i % 3 ? "a" : "b"}`)].join("\n");
    const [now, then] = [made("orders-2024-02.csv", lines(20, 900)), made("orders-2024-01.csv", lines(0, 800))];
    await page.locator("#input").setInputFiles([then, now]);
    await shown(page);
    await page.getByRole("tab", { name: "Export" }).click();
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#save-html").click()]);
    const wanted = printed(now, "drift", "--reference", "orders-2024-01.csv", "orders-2024-02.csv", "--format", "html");
    assert.equal(readFileSync(await download.path(), "utf8"), wanted.toString());
    assert.deepEqual(watched, { outside: [], errors: [] });
  } finally {
    await close();
  }
});
