/** Reads a ramp (wav.js) out of the spool: is it whole, and if not, where not? */

/**
 * @typedef {object} Heard
 * @property {number} frames
 * @property {number} rate
 * @property {[number, number][]} steps the first twenty differences between
 *   neighbours that are not +1, with the frame of each
 */

/**
 * Runs in the page: reads the PCM of a take that is not running.
 *
 * @param {{id: string, values: number}} take values: how many the ramp has
 * @returns {Promise<Heard>}
 */
export async function readRamp({ id, values }) {
  const at = new URL("assets/js/core/framing.js", document.baseURI);
  const { readBlocks } = await import(at.href);
  const root = await navigator.storage.getDirectory();
  const takes = await root.getDirectoryHandle("takes");
  const folder = await takes.getDirectoryHandle(id);
  let frames = 0;
  let rate = 0;
  let last = null;
  /** @type {[number, number][]} */
  const steps = [];
  for await (const [name, handle] of /** @type {any} */ (folder).entries()) {
    if (!name.startsWith("pcm.")) {
      continue;
    }
    const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer());
    const read = (/** @type {number} */ from, /** @type {number} */ length) =>
      bytes.subarray(from, from + length);
    for await (const block of readBlocks({ size: bytes.length, read })) {
      rate = block.rate;
      for (const sample of block.channels[0]) {
        // Chromium scales what is above zero by one less.
        const value = Math.round(sample * (sample < 0 ? 32_768 : 32_767));
        const step = last === null ? 1 : (value - last + values) % values;
        if (step !== 1) {
          steps.push([frames, step]);
        }
        last = value;
        frames++;
      }
    }
  }
  return { frames, rate, steps: steps.slice(0, 20) };
}
