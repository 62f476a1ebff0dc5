/** What other browsers do with the recordings on a server. */
import assert from "node:assert/strict";

/** @typedef {import("./server.js").Server} Server */

/**
 * Uploads a recording whole.
 *
 * @param {Server} server
 * @param {{id: string, name: string, wav: Uint8Array}} recording
 */
export async function putOnServer(server, { id, name, wav }) {
  const query = `file_id=${id}&chunk_index=0&total_chunks=1`;
  await send(server, `upload/chunk?${query}`, {
    method: "POST",
    headers: { "Content-Type": "audio/wav" },
    body: new Uint8Array(wav),
  });
  await send(server, "recording/complete", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ file_id: id, file_name: name }),
  });
}

/** @param {Server} server @param {string} id @param {string} name */
export const renameOnServer = (server, id, name) =>
  send(server, `recording/${id}`, {
    method: "PATCH",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ name }),
  });

/** @param {Server} server @param {string} id */
export const deleteOnServer = (server, id) =>
  send(server, `recording/${id}`, { method: "DELETE" });

/** @param {Server} server @param {string} path @param {RequestInit} init */
async function send(server, path, init) {
  const answer = await server.fetch(path, init);
  assert.ok(answer.ok, `${path}: ${answer.status} ${await answer.text()}`);
}
