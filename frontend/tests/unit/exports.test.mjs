import assert from "node:assert/strict";
import test from "node:test";
import { createExports } from "../../assets/js/library/exports.js";
import { RESERVE_BYTES } from "../../assets/js/library/room.js";

const HOUR = 3600;
const QUOTA = 2 ** 40;

/** @param {{free?: number, isRecording?: boolean}} [options] an hour of a lecture */
function makeExports({ free = QUOTA, isRecording = false } = {}) {
  /** @type {string[]} */
  const log = [];
  const row = { id: "a", name: "A", timestamp: 1, sizeBytes: 1e6 };
  const lecture = { ...row, durationMs: HOUR * 1000, onDevice: true };
  const exports = createExports(
    /** @type {any} */ ({
      list: async () => [lecture],
      files: { stored: async () => ({ blob: async () => new Blob([]) }) },
      scratch: {
        begin: async () => log.push("begin"),
        remove: async () => log.push("remove"),
      },
      device: {
        isRecording: async () => isRecording,
        estimate: async () => ({ quota: QUOTA, usage: QUOTA - free }),
      },
      audioUrl: String,
      convert: async () => (log.push("convert"), { mimeType: "audio/wav" }),
      save: (
        /** @type {Blob} */ _blob,
        /** @type {string} */ _name,
        /** @type {() => void} */ onSaved,
      ) => {
        log.push("save");
        onSaved();
      },
    }),
  );
  const run = { signal: AbortSignal.abort(), onProgress: () => {} };
  /** @param {import("../../assets/js/library/exports.js").AudioFormat} format */
  const go = (format) => exports.run("a", format, run);
  return { log, go };
}

test("nothing is made while a take runs", async () => {
  const { log, go } = makeExports({ isRecording: true });
  await assert.rejects(go("mp3"), { code: "MEDIA_DURING_TAKE" });
  assert.deepEqual(log, []);
});

test("what is made leaves room for takes, and goes when it is saved", async () => {
  const bytes = { mp3: HOUR * 24_000, wav: HOUR * 288_000 };
  const formats = /** @type {const} */ (["mp3", "wav"]);
  for (const format of formats) {
    const free = RESERVE_BYTES + bytes[format];
    const { log, go } = makeExports({ free });
    await assert.rejects(go(format), { code: "STORAGE_FULL" });
    assert.deepEqual(log, []);
    const roomy = makeExports({ free: free + 1 });
    await roomy.go(format);
    assert.deepEqual(roomy.log, ["begin", "convert", "save", "remove"]);
  }
});
