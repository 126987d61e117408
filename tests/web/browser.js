// The built page in a real Chromium, served by a plain static server: what the page's tests open and watch.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { serve } from "../../scripts/serve.mjs";

const require = createRequire(new URL("../../www/package.json", import.meta.url));
const { chromium } = require("playwright-core");
const path = (relative) => fileURLToPath(new URL(`../../${relative}`, import.meta.url));

const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Serves `folder` (www/dist) and starts Chromium, with `more` arguments. `open(options)` gives a page in a context of its own, with
 * Playwright's context options, together with what went wrong in it; `onPage(steps, options)` hands `steps` such a page and what drops
 * files on it, and nothing may have gone wrong in the end; `close()` ends both.
 */
export async function openBrowser(folder = path("www/dist"), more = []) {
  const executablePath = process.env.CHROMIUM || execFileSync(path("scripts/chromium.sh"), { encoding: "utf8" }).trim();
  const server = await serve(folder);
  const browser = await chromium.launch({ executablePath, args: [...ARGUMENTS, ...more] }).catch(async (error) => {
    await server.close();
    throw error;
  });
  return {
    origin: server.origin,
    version: browser.version(),
    open: (options = {}) => openPage(browser, server.origin, options),
    onPage: async (steps, options = {}) => {
      const { page, watched, close } = await openPage(browser, server.origin, options);
      try {
        await steps(page, (paths) => page.locator("#input").setInputFiles(paths));
        assert.deepEqual(watched, { outside: [], errors: [] });
      } finally {
        await close();
      }
    },
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

async function openPage(browser, origin, options) {
  const context = await browser.newContext({ acceptDownloads: true, ...options });
  const page = await context.newPage();
  const watched = { outside: [], errors: [] };
  // Workers' requests come here too; blob: and data: stay inside the browser.
  context.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !/^(blob|data):/.test(url)) watched.outside.push(url);
  });
  context.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText;
    // Ending a worker or leaving the page aborts what it was reading.
    if (reason !== "net::ERR_ABORTED") watched.errors.push(`${request.url()}: ${reason}`);
  });
  context.on("response", (response) => {
    if (response.status() >= 400) watched.errors.push(`${response.url()}: ${response.status()}`);
  });
  // A broken security policy, too, is an error on the console.
  page.on("console", (message) => message.type() === "error" && watched.errors.push(message.text()));
  page.on("pageerror", (error) => watched.errors.push(String(error)));
  await page.goto(`${origin}/`, { waitUntil: "load" });
  return { page, watched, close: () => context.close() };
}

/** Waits for the verdict; where there is none, the error says what the page shows instead. */
export async function shown(page) {
  const verdict = page.locator("driftline-verdict h1");
  await verdict
    .or(page.locator("driftline-failed h1"))
    .waitFor({ timeout: 60_000 })
    .catch(async (error) => {
      throw new Error(`no verdict, but ${await page.locator("driftline-app").ariaSnapshot()}`, { cause: error });
    });
  if (!(await verdict.isVisible())) assert.fail(await page.locator("driftline-failed").innerText());
}

/** What axe finds wrong with the page as it is now, as one line a rule. */
export async function axe(page) {
  // Through the debugger, because the page's policy lets no other script in.
  await page.evaluate(await readFile(require.resolve("axe-core/axe.min.js"), "utf8"));
  const { violations } = await page.evaluate(() => globalThis.axe.run(document));
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
}

/** The longest task of the page's main thread while this happens, in milliseconds of its own time: other processes do not count. */
async function longestTask(page, happens) {
  const client = await page.context().newCDPSession(page);
  const events = [];
  client.on("Tracing.dataCollected", ({ value }) => events.push(...value));
  await client.send("Tracing.start", { categories: "toplevel" });
  await happens();
  const done = new Promise((resolve) => client.once("Tracing.tracingComplete", resolve));
  await client.send("Tracing.end");
  await done;
  const threads = events.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain");
  const mains = new Set(threads.map(({ pid, tid }) => `${pid}:${tid}`));
  const tasks = events.filter(({ name, pid, tid, tdur }) => /RunTask$/.test(name) && mains.has(`${pid}:${tid}`) && tdur);
  assert.ok(tasks.length > 0, "no task was traced");
  return Math.max(...tasks.map(({ tdur }) => tdur)) / 1000;
}

/**
 * A scenario in which no task of the page may be above 50 ms: it is handed what measures one part of it. A machine only ever adds to
 * a task's time, so that the best of three counts.
 */
export async function neverBusy(scenario) {
  const longest = [];
  while (longest.length < 3) {
    const parts = [];
    await scenario(async (page, happens) => void parts.push(await longestTask(page, happens)));
    assert.ok(parts.length > 0, "nothing was measured");
    longest.push(Math.max(...parts));
    if (longest.at(-1) <= 50) return;
  }
  assert.fail(`the longest tasks of three times were ${longest.join(", ")} ms`);
}
