import assert from "node:assert/strict";
import path from "node:path";
import { sha256 } from "./support/audio.js";
import { startChromium } from "./support/chromium.js";
import { whenKept } from "./support/kept.js";
import { waitFor } from "./support/processes.js";
import { putRecording } from "./support/recording.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio } from "./support/studio.js";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("./support/server.js").Server} Server */

const NAME = "Lecture 4";
const MIB = 1024 * 1024;
const CHUNKS = 6;

/**
 * Collects the indexes of chunks that pages send.
 *
 * @param {import("playwright-core").BrowserContext} context
 */
function watchChunks(context) {
  /** @type {number[]} */
  const sent = [];
  context.on("request", (request) => {
    const url = new URL(request.url());
    if (url.pathname.endsWith("/upload/chunk")) {
      sent.push(Number(url.searchParams.get("chunk_index")));
    }
  });
  return sent;
}

/**
 * Runs in the page: leaves or reloads it as soon as the server has acknowledged
 * something, faster than the test could.
 *
 * @param {"leave" | "reload"} way
 */
function leaveWhenAcknowledged(way) {
  const channel = new BroadcastChannel("waveforge-uploads");
  channel.onmessage = ({ data }) => {
    const { ackBytes = 0, state = "" } = data.progress ?? {};
    if (ackBytes > 0 && localStorage.getItem("left") === null) {
      localStorage.setItem("left", `${state} ${ackBytes}`);
      if (way === "leave") {
        location.replace("about:blank");
      } else {
        location.reload();
      }
    }
  };
}

/**
 * Waits until a page of this origin has been left, while it was sending.
 *
 * @param {Studio} studio
 */
async function waitUntilLeft(studio) {
  const state = await waitFor("the page to be left", () =>
    studio.page.evaluate(() => localStorage.getItem("left")).catch(() => null),
  );
  assert.match(state, /^uploading \d+$/);
}

/**
 * @param {Server} server
 * @param {Studio} studio
 * @param {string} id the device's
 */
async function assertUploaded(server, studio, id) {
  const [entry, ...others] = await server.metadata();
  assert.deepEqual(others, []);
  assert.equal(entry.name, NAME);
  const file = path.join(server.store, entry.filename);
  assert.equal(await sha256(file), entry.sha256);
  assert.equal(await studio.deviceDigest(id), entry.sha256);
  return entry;
}

/** @param {Studio} studio */
async function waitUntilOnServer(studio) {
  await studio.page.bringToFront();
  await studio.row(NAME).getByText("On server").waitFor();
}

story(
  "an upload goes on after a reload, and sends nothing twice",
  async (stage) => {
    const server = await startServer(stage);
    const chromium = await startChromium(stage);
    const studio = await Studio.open(chromium, `${server.url}#library`);
    const sent = watchChunks(chromium.context);
    const what = { id: "lecture", name: NAME, bytes: CHUNKS * MIB };
    await studio.page.evaluate(
      leaveWhenAcknowledged,
      /** @type {const} */ ("reload"),
    );
    await studio.page.evaluate(putRecording, what);

    await waitUntilLeft(studio);
    await waitUntilOnServer(studio);
    await assertUploaded(server, studio, what.id);
    // What was under way when the page went may go again: two at a time.
    assert.ok(sent.length <= CHUNKS + 2, String(sent));
  },
);

story("two pages send a recording once", async (stage) => {
  const server = await startServer(stage);
  const chromium = await startChromium(stage);
  const sent = watchChunks(chromium.context);
  const studio = await Studio.open(chromium, `${server.url}#library`);
  const other = await Studio.open(chromium, `${server.url}#library`);
  const what = { id: "lecture", name: NAME, bytes: 5 * MIB };
  await studio.page.evaluate(putRecording, what);
  await waitUntilOnServer(studio);
  await waitUntilOnServer(other);
  assert.deepEqual(sent.sort(), [0, 1, 2, 3, 4]);
  await assertUploaded(server, studio, what.id);
});

story("when the page that sends is left, another goes on", async (stage) => {
  const server = await startServer(stage);
  const chromium = await startChromium(stage);
  const first = await Studio.open(chromium, `${server.url}#library`);
  const other = await Studio.open(chromium, `${server.url}#library`);
  const what = { id: "lecture", name: NAME, bytes: CHUNKS * MIB };
  await first.page.evaluate(
    leaveWhenAcknowledged,
    /** @type {const} */ ("leave"),
  );
  await first.page.evaluate(putRecording, what).catch(() => undefined);

  await waitUntilLeft(other);
  await waitUntilOnServer(other);
  assert.equal(first.page.url(), "about:blank");
  await assertUploaded(server, other, what.id);
});

story(
  "what is deleted on the server stays here, and can be sent again",
  async (stage) => {
    const server = await startServer(stage);
    const chromium = await startChromium(stage);
    const studio = await Studio.open(chromium, `${server.url}#library`);
    const what = { id: "lecture", name: NAME, bytes: 2 * MIB };
    await studio.page.evaluate(putRecording, what);
    await waitUntilOnServer(studio);
    const deleted = await server.fetch("recording/lecture", {
      method: "DELETE",
    });
    assert.ok(deleted.ok);

    await studio.page.reload();
    await studio.row(NAME).getByText("This device only").waitFor();
    await studio.act(NAME, "Upload");
    await studio.row(NAME).getByText("On server").waitFor();
    const entry = await assertUploaded(server, studio, what.id);
    assert.notEqual(entry.id, what.id);
  },
);

story(
  "a name and a deletion given without the server reach it later",
  async (stage) => {
    const server = await startServer(stage);
    const chromium = await startChromium(stage);
    const studio = await Studio.open(chromium, `${server.url}#library`);
    for (const [id, name] of [
      ["lecture", NAME],
      ["other", "Other"],
    ]) {
      const what = { id, name, bytes: MIB };
      await studio.page.evaluate(putRecording, what);
    }
    await waitUntilOnServer(studio);
    await studio.row("Other").getByText("On server").waitFor();
    await whenKept(studio);
    await server.stop();

    await studio.rename(NAME, "Meyer");
    await studio.row("Meyer").waitFor();
    await studio.act("Other", "Delete");
    const later = await studio.comeBackAfter(60_000);
    await waitFor("the device to delete it", async () => {
      const rows = await later.rows();
      return rows.length === 1 && rows[0].name === "Meyer";
    });

    await server.start();
    const names = await waitFor("the server to hear of both", async () => {
      const entries = await server.metadata();
      return entries.length === 1 && entries.map(({ name }) => name);
    });
    assert.deepEqual(names, ["Meyer"]);
  },
);
