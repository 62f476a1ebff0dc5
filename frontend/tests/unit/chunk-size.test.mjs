import assert from "node:assert/strict";
import { test } from "node:test";
import { chunkSizeFor, chunkSizeOf } from "../../assets/js/core/chunk-size.js";
import { createPerformer } from "../../assets/js/upload/performer.js";

const MIB = 1024 ** 2;

test("only a size that is offered is a wish", () => {
  assert.equal(chunkSizeOf(2 * MIB), 2 * MIB);
  assert.equal(chunkSizeOf(String(MIB / 4)), MIB / 4);
  for (const stored of [null, undefined, "", 0, 7, 3 * MIB, "large"]) {
    assert.equal(chunkSizeOf(stored), null, String(stored));
  }
});

test("no chunk is larger than the server takes", () => {
  const server = { chunk_size: MIB, max_chunk_size: 2 * MIB };
  assert.equal(chunkSizeFor(server, null), MIB);
  assert.equal(chunkSizeFor(server, 4 * MIB), 2 * MIB);
  assert.equal(chunkSizeFor(server, MIB / 4), MIB / 4);
  assert.equal(chunkSizeFor({ ...server, max_chunk_size: 9 }, null), 9);
});

test("an upload that begins has the size that is wished for then", async () => {
  let wished = /** @type {number | null} */ (null);
  const parts = /** @type {any} */ ({
    server: {
      upload: async () => null,
      config: async () => ({ chunk_size: MIB, max_chunk_size: 4 * MIB }),
    },
    wishes: { chunkSize: async () => wished },
  });
  const perform = createPerformer("take", parts);
  const ask = async () => {
    const { signal } = new AbortController();
    const state = /** @type {any} */ ({ epoch: 1, fileId: "take" });
    const event = await perform({ type: "ask" }, { state, signal });
    return /** @type {any} */ (event).chunkSize;
  };
  assert.equal(await ask(), MIB);
  wished = MIB / 4;
  assert.equal(await ask(), MIB / 4);
});
