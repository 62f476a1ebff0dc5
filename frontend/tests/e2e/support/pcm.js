/** What the spool has of a take, to the sample. */

/**
 * Runs in the page.
 *
 * @param {{id: string, from: number, to: number}} part  frames of a take
 * @returns {Promise<number[]>} of its first channel
 */
export async function readPcm({ id, from, to }) {
  const at = new URL("assets/js/core/framing.js", document.baseURI);
  const { readBlocks } = await import(at.href);
  const root = await navigator.storage.getDirectory();
  const takes = await root.getDirectoryHandle("takes");
  const folder = await takes.getDirectoryHandle(id);
  /** @type {number[]} */
  const samples = [];
  for await (const [name, handle] of /** @type {any} */ (folder).entries()) {
    if (!name.startsWith("pcm.")) {
      continue;
    }
    const file = await handle.getFile();
    const bytes = new Uint8Array(await file.arrayBuffer());
    const read = (/** @type {number} */ start, /** @type {number} */ length) =>
      bytes.subarray(start, start + length);
    const source = { size: bytes.length, read };
    for await (const { first, channels } of readBlocks(source)) {
      channels[0].forEach(
        (/** @type {number} */ sample, /** @type {number} */ i) => {
          if (first + i >= from && first + i < to) {
            samples.push(sample);
          }
        },
      );
    }
  }
  return samples;
}
