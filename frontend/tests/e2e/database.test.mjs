import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { startChromium } from "./support/chromium.js";
import { serveFolder } from "./support/folder-server.js";
import { waitFor } from "./support/processes.js";
import { story } from "./support/story.js";

const FRONTEND = fileURLToPath(new URL("../../", import.meta.url));

/** @typedef {typeof import("../../assets/js/library/database.js")} Library */
/** @typedef {import("../../assets/js/library/database.js").Database} Database */
/** @typedef {import("../../assets/js/library/database.js").Change} Change */

/** What a page of these stories has at hand. */
/** @typedef {{database: Database, changes: Change[]}} Hand */

/**
 * Pages with an open database, and nothing else.
 *
 * @param {import("./support/story.js").Stage} stage
 */
async function openStage(stage) {
  const server = await serveFolder(
    stage,
    FRONTEND,
    "/",
    (request, response) => {
      const isPage = request.url === "/";
      if (isPage) {
        response.setHeader("Content-Type", "text/html");
        response.end("<!doctype html><title>Database</title>");
      }
      return isPage;
    },
  );
  const chromium = await startChromium(stage);
  const openPage = async () => {
    const page = await chromium.open(server.url);
    const hand = await page.evaluateHandle(openHand);
    return { page, hand };
  };
  return { chromium, openPage, url: server.url };
}

/** Runs in the page: @returns {Promise<Hand>} */
async function openHand() {
  const module = new URL("assets/js/library/database.js", document.baseURI);
  const { openDatabase, watchDatabase } = /** @type {Library} */ (
    await import(module.href)
  );
  const database = await openDatabase();
  /** @type {Change[]} */
  const changes = [];
  const { signal } = new AbortController();
  watchDatabase((change) => changes.push(change), { signal });
  return { database, changes };
}

/** @param {import("playwright-core").JSHandle<Hand>} hand */
function rowsOf(hand) {
  return hand.evaluate(async ({ database }) =>
    database.recordings
      .list()
      .then((rows) => rows.map(({ id, name }) => `${id} ${name}`))
      .catch((error) => error.code),
  );
}

/**
 * @param {import("playwright-core").JSHandle<Hand>} hand
 * @param {string} id
 */
function put(hand, id) {
  const row = /** @type {any} */ ({ id, name: "Take", timestamp: 1 });
  return hand.evaluate(
    ({ database }, one) => database.recordings.put(one),
    row,
  );
}

story(
  "a change is told to every page, and keeps what it does not name",
  async (stage) => {
    const { openPage } = await openStage(stage);
    const { hand } = await openPage();
    const { hand: other } = await openPage();
    await put(hand, "a");
    const after = await other.evaluate(async ({ database }) => [
      await database.recordings.update("a", { name: "Meyer" }),
      await database.recordings.update("b", { name: "Nobody" }),
    ]);
    assert.deepEqual(after, [
      { id: "a", name: "Meyer", timestamp: 1 },
      undefined,
    ]);
    assert.deepEqual(await rowsOf(hand), ["a Meyer"]);
    const told = { type: "changed", store: "recordings", id: "a" };
    for (const page of [hand, other]) {
      const changes = await waitFor("both changes to be told", async () => {
        const all = await page.evaluate((own) => own.changes);
        return all.length >= 2 && all;
      });
      assert.deepEqual(changes, [told, told]);
    }
  },
);

/** @param {import("playwright-core").JSHandle<Hand>} hand */
function countToTwenty(hand) {
  return hand.evaluate(({ database }) =>
    Promise.all(
      Array.from({ length: 20 }, () =>
        database.preferences.update("count", (value) => Number(value ?? 0) + 1),
      ),
    ),
  );
}

story(
  "pages that change a preference at once lose no change",
  async (stage) => {
    const { openPage } = await openStage(stage);
    const pages = [await openPage(), await openPage()];
    const [{ hand }] = pages;
    const heard = await hand.evaluateHandle(({ database }) => {
      /** @type {unknown[]} */
      const values = [];
      const { signal } = new AbortController();
      const heed = (/** @type {unknown} */ value) => values.push(value);
      database.preferences.watch("count", heed, { signal });
      return values;
    });
    await Promise.all(pages.map((page) => countToTwenty(page.hand)));
    const count = await hand.evaluate(({ database }) =>
      database.preferences.get("count"),
    );
    assert.equal(count, 40);
    await waitFor("the last value to be told", async () => {
      const values = await heard.jsonValue();
      return values.length === 40 && values.at(-1) === 40;
    });
  },
);

story(
  "a newer version takes the database over, and the older page says so",
  async (stage) => {
    const { openPage } = await openStage(stage);
    const { page, hand } = await openPage();
    await put(hand, "a");
    const opened = await page.evaluate(
      () =>
        new Promise((resolve) => {
          const request = indexedDB.open("waveforge", 99);
          request.onsuccess = () => resolve(request.result.version);
          request.onblocked = () => resolve("blocked");
        }),
    );
    assert.equal(opened, 99);
    assert.equal(await rowsOf(hand), "DATABASE_NEWER");
  },
);

story("a database that the browser took away is opened anew", async (stage) => {
  const { chromium, openPage, url } = await openStage(stage);
  const { page, hand } = await openPage();
  await put(hand, "a");
  const session = await chromium.context.newCDPSession(page);
  await session.send("Storage.clearDataForOrigin", {
    origin: new URL(url).origin,
    storageTypes: "indexeddb",
  });
  await put(hand, "b");
  assert.deepEqual(await rowsOf(hand), ["b Take"]);
});
