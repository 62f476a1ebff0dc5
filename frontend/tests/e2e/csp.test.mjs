import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { startChromium } from "./support/chromium.js";
import { waitFor } from "./support/processes.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";

const SCRIPTS = new URL("../../assets/js/", import.meta.url);

/** @param {RegExp} kind @returns {Promise<string[]>} relative to the base */
async function scripts(kind) {
  const names = await readdir(fileURLToPath(SCRIPTS), { recursive: true });
  return names.filter((name) => kind.test(name)).map((n) => `assets/js/${n}`);
}

/** @param {string[]} lines @returns {string[]} what a policy refused */
function violations(lines) {
  return lines.filter((line) => /content.security.policy|-policy/i.test(line));
}

/**
 * Runs in a page or worker: is code made from strings refused, and WebAssembly
 * not? A timer, because what the debugger itself evaluates may do anything.
 *
 * @returns {Promise<string[]>}
 */
function tryCode() {
  return new Promise((resolve) => {
    setTimeout(async () => {
      const empty = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
      const wasm = await WebAssembly.compile(empty).then(() => "runs", String);
      try {
        const made = Reflect.construct(Function, ["return 'runs'"]);
        resolve([made(), wasm]);
      } catch (error) {
        resolve([/** @type {Error} */ (error).name, wasm]);
      }
    });
  });
}

story("the page loads under its policy without a violation", async (stage) => {
  const server = await startServer(stage);
  const chromium = await startChromium(stage, { keepsApp: true });
  const page = await chromium.context.newPage();
  /** @type {string[]} */
  const bare = [];
  page.on("response", async (response) => {
    const policy = await response.headerValue("content-security-policy");
    const { pathname } = new URL(response.url());
    if (/\.[a-z]+$|\/$/.test(pathname) && policy === null) {
      bare.push(pathname);
    }
  });
  await page.goto(server.url, { waitUntil: "networkidle" });
  assert.deepEqual(bare, []);
  assert.deepEqual(await page.evaluate(tryCode), ["EvalError", "runs"]);
  assert.deepEqual(
    violations(chromium.console()).filter((line) => !/eval/.test(line)),
    [],
  );

  // The same watch does see a violation.
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "document.title = 'injected'";
    document.head.append(script);
  });
  await waitFor("the inline script to be refused", () =>
    violations(chromium.console()).find((line) => /inline/.test(line)),
  );
  assert.notEqual(await page.title(), "injected");
});

story("each worker and worklet starts under the policy", async (stage) => {
  const server = await startServer(stage);
  const chromium = await startChromium(stage);
  const page = await chromium.open(server.url);
  const all = await scripts(/\.worker\.js$/);
  // What it becomes, sw.js, is started by the first story.
  const started = all.filter((url) => !url.endsWith("/service.worker.js"));
  assert.equal(started.length, all.length - 1);
  for (const url of started) {
    const [worker] = await Promise.all([
      page.waitForEvent("worker", (one) => one.url().endsWith(url)),
      page.evaluate((at) => void new Worker(at, { type: "module" }), url),
    ]);
    // Resolves once the script itself has run to its end, or says why not.
    await worker.evaluate(() => import(self.location.href));
    assert.deepEqual(await worker.evaluate(tryCode), ["EvalError", "runs"]);
  }
  for (const url of await scripts(/\.worklet\.js$/)) {
    await page.evaluate(async (at) => {
      const context = new OfflineAudioContext(1, 128, 48_000);
      await context.audioWorklet.addModule(at);
    }, url);
  }
  assert.deepEqual(
    violations(chromium.console()).filter((line) => !/eval/.test(line)),
    [],
  );
});
