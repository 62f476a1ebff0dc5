import assert from "node:assert/strict";
import { test } from "node:test";
import { createErasing, whyNotErase } from "../../assets/js/library/erase.js";
import { eraseOffline } from "../../assets/js/offline/erase.js";
import { keepPreferences } from "./support/preferences.mjs";

/** Nothing holds the database that is to go. */
const LOOK = Object.freeze(["lock erase", "open", "close"]);

/**
 * A device on which erasing is noted, or not.
 *
 * @param {object} [device]
 * @param {boolean} [device.isNoted]
 * @param {boolean} [device.isThere]
 * @param {boolean} [device.isRecording]
 * @param {string} [device.broken] the place that cannot be emptied
 */
function setUp(device = {}) {
  const { isNoted = true, isThere = true, isRecording = false } = device;
  const preferences = keepPreferences(isNoted ? { erasing: true } : {});
  /** @type {string[]} */
  const done = [];
  const empty = (/** @type {string} */ place) => async () => {
    if (place === device.broken) {
      throw new Error(place);
    }
    done.push(place);
  };
  const erasing = createErasing({
    openDatabase: async () => {
      done.push("open");
      return { preferences, close: () => done.push("close") };
    },
    locks: /** @type {any} */ ({
      request: (/** @type {string} */ name, /** @type {any} */ work) => {
        done.push(`lock ${name}`);
        return work();
      },
    }),
    isRecording: async () => isRecording,
    places: {
      isThere: async () => isThere,
      files: empty("files"),
      offline: empty("offline"),
      database: empty("database"),
    },
  });
  return { erasing, done, preferences };
}

test("what was not asked for is not erased", async () => {
  const { erasing, done } = setUp({ isNoted: false });
  assert.equal(await erasing.finish(), "none");
  assert.deepEqual(done, [...LOOK]);
});

test("the database goes last: until then the next page goes on", async () => {
  const whole = setUp();
  assert.equal(await whole.erasing.finish(), "erased");
  assert.deepEqual(whole.done, [...LOOK, "files", "offline", "database"]);
  for (const broken of ["files", "offline", "database"]) {
    const cut = setUp({ broken });
    await assert.rejects(cut.erasing.finish(), { code: "ERASE_CUT" });
    assert.ok(!cut.done.includes("database"), broken);
    assert.equal(cut.preferences.stored.erasing, true);
  }
});

test("what another page has erased is not made anew to be asked", async () => {
  const { erasing, done } = setUp({ isThere: false });
  assert.equal(await erasing.finish(), "erased");
  assert.deepEqual(done, ["lock erase"]);
});

test("under a take nothing is erased, then or later", async () => {
  const { erasing, done, preferences } = setUp({ isRecording: true });
  assert.equal(await erasing.finish(), "refused");
  assert.deepEqual(done, [...LOOK]);
  assert.equal(preferences.stored.erasing, false);
});

test("takes of any page forbid it, and uploads of other pages", () => {
  const own = { name: "uploads:1", clientId: "worker 1" };
  const mine = { name: "upload:a", clientId: "worker 1" };
  const other = { name: "upload:a", clientId: "worker 2" };
  const take = { name: "take:a", clientId: "worker 1" };
  assert.equal(whyNotErase([], "uploads:1"), null);
  assert.equal(whyNotErase([own, mine], "uploads:1"), null);
  assert.equal(whyNotErase([own, other], "uploads:1"), "ERASE_DURING_UPLOAD");
  assert.equal(whyNotErase([mine], "uploads:1"), "ERASE_DURING_UPLOAD");
  assert.equal(
    whyNotErase([own, mine, take], "uploads:1"),
    "ERASE_DURING_TAKE",
  );
});

test("of the app's files those of this folder go", async () => {
  const scope = new URL("../../", import.meta.url).href;
  const names = [`waveforge ${scope} v1`, `waveforge ${scope}b/ v1`, "other"];
  let isRegistered = true;
  const registration = { unregister: async () => (isRegistered = false) };
  await eraseOffline({
    caches: /** @type {any} */ ({
      keys: async () => [...names],
      delete: async (/** @type {string} */ name) =>
        names.splice(names.indexOf(name), 1),
    }),
    serviceWorker: /** @type {any} */ ({
      getRegistration: async (/** @type {string} */ of) =>
        of === scope ? registration : undefined,
    }),
  });
  assert.equal(isRegistered, false);
  assert.deepEqual(names, [`waveforge ${scope}b/ v1`, "other"]);
  await eraseOffline({ caches: undefined, serviceWorker: undefined });
});
