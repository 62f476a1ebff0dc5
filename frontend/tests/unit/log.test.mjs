import assert from "node:assert/strict";
import { test } from "node:test";
import { StudioError } from "../../assets/js/core/errors.js";
import { entryOf, placeOf, shortId } from "../../assets/js/core/log-entry.js";
import { MOST_ENTRIES, createLog } from "../../assets/js/library/log.js";

const ID = "0f8fad5b-d9cb-469f-a165-70867728950e";

/**
 * A log that writes when the test says so.
 *
 * @param {(entries: any[]) => Promise<void>} [add]
 */
function setUp(add) {
  /** @type {any[][]} */
  const writes = [];
  /** @type {(() => void)[]} */
  const due = [];
  const clock = { at: 0 };
  const log = createLog({
    store: { add: add ?? (async (entries) => void writes.push(entries)) },
    from: "page",
    now: () => clock.at,
    later: (write) => due.push(write),
  });
  return { log, writes, due, clock };
}

test("entries that come together are written together", async () => {
  const { log, writes, due } = setUp();
  log.note("takeBegun", { take: ID });
  log.note("fault", { take: ID, code: "STORAGE_LOW" });
  assert.deepEqual([writes.length, due.length], [0, 1]);
  due[0]();
  await log.flush();
  const told = { at: 0, from: "page", take: "0f8fad5b" };
  assert.deepEqual(writes, [
    [
      { ...told, kind: "takeBegun" },
      { ...told, kind: "fault", code: "STORAGE_LOW" },
    ],
  ]);
});

test("what is said over and over is written once in a while", async () => {
  const { log, writes, clock } = setUp();
  for (clock.at = 0; clock.at < 30 * 60_000; clock.at += 1000) {
    log.note("upload", { take: ID, code: "OFFLINE", bytes: clock.at });
  }
  await log.flush();
  assert.equal(writes[0].length, 3);
});

test("what waits is bounded, and the latest stays", async () => {
  const { log, writes } = setUp();
  for (let i = 0; i < 3 * MOST_ENTRIES; i += 1) {
    log.note("fault", { code: `FAULT_${i}` });
  }
  await log.flush();
  assert.equal(writes[0].length, MOST_ENTRIES);
  assert.equal(writes[0].at(-1).code, `FAULT_${3 * MOST_ENTRIES - 1}`);
});

test("nothing fails with a log that cannot be written", async () => {
  const { log } = setUp(async () => {
    throw new StudioError("STORAGE_FULL");
  });
  log.note("start", { version: "1.0.0" });
  await log.flush();
});

test("an entry has members of its kind only, each of its shape", () => {
  const told = {
    at: 1,
    from: "page",
    kind: "uncaught",
    code: "Meyer says",
    error: "TypeError: cannot read Meyer",
    place: "https://studio.example/?token=a",
    take: "Interview Meyer",
    version: "1.0.0?token",
    bytes: "Meyer",
    text: "Meyer",
    seconds: 3,
  };
  assert.deepEqual(entryOf(told), {
    at: 1,
    from: "page",
    kind: "uncaught",
    seconds: 3,
  });
  assert.equal(entryOf({ ...told, kind: "Meyer" }), null);
  assert.equal(entryOf({ ...told, from: "Meyer" }), null);
  assert.equal(entryOf({ ...told, at: "Meyer" }), null);
  assert.equal(entryOf("Meyer"), null);
  const whole = {
    at: 1,
    from: "spool",
    kind: "start",
    version: "1.0.0 (0123456789abcdef)",
    place: "ui/dock.js:31",
    error: "TypeError",
    take: "0f8fad5b",
  };
  assert.deepEqual(entryOf(whole), whole);
});

test("of an id is told what tells it from others", () => {
  assert.equal(shortId(ID), "0f8fad5b");
  assert.equal(shortId("interview-meyer"), undefined);
  assert.equal(shortId(`${ID}?token`), undefined);
});

test("of an error the script and its line are told, and no address", () => {
  const error = new TypeError("Meyer");
  error.stack = `TypeError: Meyer
    at write (https://studio.example/u/token/assets/js/ui/dock.js:31:7)
    at https://studio.example/u/token/assets/js/main.js:3:1`;
  assert.equal(placeOf(error), "ui/dock.js:31");
  assert.equal(placeOf("Meyer"), undefined);
});
