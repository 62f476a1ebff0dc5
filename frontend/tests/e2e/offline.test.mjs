import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { writeList } from "../../tools/sw-list.mjs";
import { startChromium } from "./support/chromium.js";
import { serveFolder } from "./support/folder-server.js";
import { whenKept } from "./support/kept.js";
import { waitFor } from "./support/processes.js";
import { story } from "./support/story.js";
import { Studio } from "./support/studio.js";

const FRONTEND = fileURLToPath(new URL("../../", import.meta.url));

/**
 * A copy of the app, of a version of its own.
 *
 * @param {import("./support/story.js").Stage} stage
 */
async function copyApp(stage) {
  const folder = await stage.folder("app");
  for (const name of ["assets", "index.html", "favicon.svg", "sw.js"]) {
    const from = path.join(FRONTEND, name);
    fs.cpSync(from, path.join(folder, name), { recursive: true });
  }
  const manifest = "manifest.webmanifest";
  fs.copyFileSync(path.join(FRONTEND, manifest), path.join(folder, manifest));
  writeList(folder);
  return folder;
}

/**
 * Makes that copy another version, which its page tells.
 *
 * @param {string} folder
 * @param {string} version
 */
function setVersion(folder, version) {
  const file = path.join(folder, "index.html");
  const html = fs.readFileSync(file, "utf8").replace(/<meta name="v".*?>/, "");
  const meta = `<meta name="v" content="${version}">`;
  fs.writeFileSync(file, html.replace("<head>", `<head>${meta}`));
  writeList(folder);
}

/** @param {Studio} studio @returns {Promise<string | null>} */
function versionOf({ page }) {
  const read = () =>
    document.querySelector('meta[name="v"]')?.getAttribute("content") ?? null;
  return page.evaluate(read).catch(() => null);
}

/**
 * Looks for a new version.
 *
 * @param {Studio} studio
 * @returns {Promise<string>} what became of it
 */
function update({ page }) {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    const fresh = registration.installing ?? registration.waiting;
    if (!fresh) {
      return "none";
    }
    for (;;) {
      if (fresh.state !== "installing") {
        return fresh.state;
      }
      await new Promise((resolve) => {
        fresh.addEventListener("statechange", resolve, { once: true });
      });
    }
  });
}

story("it can be installed, with a shortcut to Record", async (stage) => {
  const server = await serveFolder(stage, await copyApp(stage), "/studio/");
  const chromium = await startChromium(stage, { keepsApp: true });
  const studio = await Studio.open(chromium, server.url);
  await whenKept(studio);
  const session = await chromium.context.newCDPSession(studio.page);
  const { installabilityErrors } = await session.send(
    "Page.getInstallabilityErrors",
  );
  assert.deepEqual(installabilityErrors, []);
  const { data, errors } = await session.send("Page.getAppManifest");
  assert.deepEqual(errors, []);
  const { shortcuts } = JSON.parse(data ?? "");
  await studio.goTo("Library");
  await studio.page.goto(new URL(shortcuts[0].url, server.url).href);
  await studio.button("Switch on microphone").waitFor();
});

story("below a path, too, it starts without a server", async (stage) => {
  const server = await serveFolder(stage, await copyApp(stage), "/studio/");
  const chromium = await startChromium(stage, { keepsApp: true });
  await whenKept(await Studio.open(chromium, server.url));
  await server.stop();

  const studio = await Studio.open(chromium, server.url);
  await studio.goTo("Library");
  await studio.page.getByText("No server", { exact: true }).waitFor();
  await assert.rejects(
    studio.page.evaluate(() => fetch("recordings").then(String)),
  );
});

story(
  "a version with a file that is not of it is not used at all",
  async (stage) => {
    const folder = await copyApp(stage);
    setVersion(folder, "old");
    const server = await serveFolder(stage, folder);
    const chromium = await startChromium(stage, { keepsApp: true });
    const visit = await Studio.open(chromium, server.url);
    await whenKept(visit);

    setVersion(folder, "new");
    fs.appendFileSync(path.join(folder, "assets/js/main.js"), "\n");
    assert.equal(await update(visit), "redundant");
    const caches = await visit.page.evaluate("caches.keys()");
    assert.equal(caches.length, 1);
    await visit.page.reload();
    assert.equal(await versionOf(visit), "old");

    await server.stop();
    const studio = await Studio.open(chromium, server.url);
    assert.equal(await versionOf(studio), "old");
    await studio.goTo("Library");
  },
);

story("who comes from a gate gets a page of one version", async (stage) => {
  const folder = await copyApp(stage);
  setVersion(folder, "old");
  /** @type {string[]} */
  const asked = [];
  const server = await serveFolder(stage, folder, "/", ({ url = "" }) => {
    asked.push(url);
    return false;
  });
  const chromium = await startChromium(stage, { keepsApp: true });
  const studio = await Studio.open(chromium, server.url);
  await whenKept(studio);
  setVersion(folder, "new");

  for (const query of ["?sign-in", "?code=1"]) {
    await studio.page.goto(server.url + query);
    await studio.page.waitForURL(server.url);
    await studio.button("Switch on microphone").waitFor();
    assert.equal(await versionOf(studio), "old");
    assert.ok(asked.includes(`/${query}`));
  }
  await server.stop();
  await studio.page.goto(`${server.url}?code=2#library`);
  await studio.page.waitForURL(`${server.url}#library`);
  assert.equal(await versionOf(studio), "old");
});

story("a new version waits until no page records", async (stage) => {
  const folder = await copyApp(stage);
  setVersion(folder, "old");
  const server = await serveFolder(stage, folder);
  const chromium = await startChromium(stage, { keepsApp: true });
  const studio = await Studio.open(chromium, server.url);
  await whenKept(studio);
  await studio.record();

  setVersion(folder, "new");
  assert.equal(await update(studio), "installed");
  await studio.button("Use it now").click();
  await studio.recordUntil((await studio.seconds()) + 1);
  assert.equal(await versionOf(studio), "old");
  await studio.stop();

  await studio.page.reload();
  await studio.button("Use it now").click();
  await waitFor(
    "the new version",
    async () => (await versionOf(studio)) === "new",
  );
  assert.equal((await studio.page.evaluate("caches.keys()")).length, 1);
  assert.equal((await studio.rows()).length, 1);
});
