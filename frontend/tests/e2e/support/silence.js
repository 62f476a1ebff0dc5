/**
 * Runs in the page: a staircase never pauses, so what is digital silence in the
 * spool is what the browser gave instead of it.
 *
 * @param {string} id
 * @returns {Promise<number>} seconds of a take that the microphone was silent
 */
export async function countSilence(id) {
  const at = new URL("assets/js/core/framing.js", document.baseURI);
  const { readBlocks } = await import(at.href);
  const root = await navigator.storage.getDirectory();
  const takes = await root.getDirectoryHandle("takes");
  const folder = await takes.getDirectoryHandle(id);
  let seconds = 0;
  for await (const [name, handle] of /** @type {any} */ (folder).entries()) {
    if (name.startsWith("pcm.")) {
      const bytes = new Uint8Array(
        await (await handle.getFile()).arrayBuffer(),
      );
      const read = (/** @type {number} */ from, /** @type {number} */ length) =>
        bytes.subarray(from, from + length);
      for await (const { channels, rate } of readBlocks({
        size: bytes.length,
        read,
      })) {
        const silent = channels[0].filter((/** @type {number} */ x) => x === 0);
        seconds += silent.length / rate;
      }
    }
  }
  return seconds;
}
