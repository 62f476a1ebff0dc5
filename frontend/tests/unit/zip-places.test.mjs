import assert from "node:assert/strict";
import test from "node:test";
import { SAVING_MS } from "../../assets/js/library/save-blob.js";
import {
  chooseZipPlace,
  sweepZips,
} from "../../assets/js/library/zip-places.js";
import { installGlobals } from "./support/globals.mjs";

const DAY_MS = 24 * 60 * 60 * 1000;
const device = {
  estimate: async () => ({ quota: 2 ** 40, usage: 0 }),
  isRecording: async () => isRecording,
};
let isRecording = false;

/**
 * A browser without a dialog for files, what lies in the folder of zips, and what
 * is downloaded until its address is revoked.
 *
 * @param {import("node:test").TestContext} t
 * @param {{hasStorage?: boolean}} [options]
 */
function makeBrowser(t, { hasStorage = true } = {}) {
  isRecording = false;
  /** @type {Map<string, {lastModified: number}>} */
  const files = new Map();
  /** @type {Set<string>} */
  const links = new Set();
  /** @param {string} name */
  const handle = (name) => ({
    createWritable: async () => new WritableStream(),
    getFile: async () => Object.assign(new Blob(["zip"]), files.get(name)),
  });
  const folder = {
    async getFileHandle(/** @type {string} */ name) {
      files.set(name, { lastModified: Date.now() });
      return handle(name);
    },
    removeEntry: async (/** @type {string} */ name) => void files.delete(name),
    async *entries() {
      yield* [...files.keys()].map((name) => [name, handle(name)]);
    },
  };
  const storage = {
    getDirectory: async () => ({ getDirectoryHandle: async () => folder }),
  };
  /** @type {Record<string, unknown>} */
  const globals = {
    navigator: hasStorage ? { storage } : {},
    FileSystemFileHandle: { prototype: { createWritable: null } },
    document: {
      createElement: () => ({
        href: "",
        click() {
          links.add(this.href);
        },
      }),
    },
  };
  installGlobals(t, globals);
  const revoke = (/** @type {string} */ href) => void links.delete(href);
  t.mock.method(URL, "revokeObjectURL", revoke);
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  return { files, links };
}

test("a zip in storage goes when it is saved", async (t) => {
  const { files, links } = makeBrowser(t);
  const place = await chooseZipPlace("all.zip", device);
  await place.open(3);
  await place.finish();
  t.mock.timers.tick(SAVING_MS - 1);
  assert.deepEqual([files.size, links.size], [1, 1]);
  t.mock.timers.tick(1);
  assert.deepEqual([files.size, links.size], [0, 0]);
});

test("a zip in memory goes when it is saved", async (t) => {
  const { links } = makeBrowser(t, { hasStorage: false });
  const place = await chooseZipPlace("all.zip", device);
  await place.open(3);
  await place.finish();
  assert.equal(links.size, 1);
  t.mock.timers.tick(SAVING_MS);
  assert.equal(links.size, 0);
});

test("what a page left that was closed goes at a start a day later", async (t) => {
  const { files } = makeBrowser(t);
  files.set("left", { lastModified: 0 });
  t.mock.timers.tick(DAY_MS);
  files.set("late", { lastModified: Date.now() });
  await sweepZips();
  assert.deepEqual([...files.keys()], ["left", "late"]);
  t.mock.timers.tick(1);
  await sweepZips();
  assert.deepEqual([...files.keys()], ["late"]);
});

test("no zip comes into storage while a take runs", async (t) => {
  const { files } = makeBrowser(t);
  isRecording = true;
  const place = await chooseZipPlace("all.zip", device);
  await assert.rejects(place.open(3), { code: "MEDIA_DURING_TAKE" });
  assert.equal(files.size, 0);
});
