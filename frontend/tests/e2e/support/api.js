/** What the studio's uploader does, said plainly, for tests of what lies below. */
import assert from "node:assert/strict";
import { createHash, randomUUID } from "node:crypto";

/** @param {Response} response */
async function answer(response) {
  const body = await response.text();
  assert.ok(response.ok, `${response.status} ${body}`);
  return JSON.parse(body);
}

/**
 * Uploads a take as a browser does while it records: a provisional header, the
 * clusters, and, after Stop, the tail and the final header.
 *
 * @param {import("./server.js").Server} server
 * @param {import("./encode.js").Take} take
 * @param {string} [name]
 * @param {Record<string, unknown>} [more] that is told of it
 * @returns {Promise<{id: string, bytes: Buffer}>} the recording and what it must be
 */
export async function uploadTake(server, take, name = "Take", more = {}) {
  const id = randomUUID();
  const chunks = [...take.chunks, take.tail].map((text) =>
    Buffer.from(text, "base64"),
  );
  const header = Buffer.from(take.header, "base64");
  const bytes = Buffer.concat([header, ...chunks.slice(1)]);

  /**
   * @param {number} index
   * @param {Buffer} body
   * @param {Record<string, string>} fields
   */
  async function send(index, body, fields) {
    const query = new URLSearchParams({
      file_id: id,
      chunk_index: String(index),
      ...fields,
    });
    const init = { method: "POST", body: new Uint8Array(body) };
    await answer(await server.fetch(`upload/chunk?${query}`, init));
  }

  await send(0, chunks[0], { provisional: "1" });
  for (let i = 1; i < chunks.length; i++) {
    await send(i, chunks[i], {});
  }
  const total = chunks.length;
  await send(0, header, { total_chunks: String(total) });
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  await answer(
    await server.fetch("recording/complete", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({
        file_id: id,
        file_name: name,
        total_chunks: total,
        size: bytes.length,
        sha256,
        ...more,
      }),
    }),
  );
  return { id, bytes };
}
