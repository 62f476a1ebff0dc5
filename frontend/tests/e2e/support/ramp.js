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
  const load = (/** @type {string} */ name) =>
    import(new URL(`assets/js/${name}`, document.baseURI).href);
  const { readBlocks } = await load("core/framing.js");
  const { openDatabase } = await load("library/database.js");
  const { createSpoolFiles } = await load("spool/files.js");
  const database = await openDatabase();
  let frames = 0;
  let rate = 0;
  let last = null;
  /** @type {[number, number][]} */
  const steps = [];
  for (const name of await createSpoolFiles(database).listPcm(id)) {
    const { size, read: readTo } = await database.files.stored(id, name);
    const read = async (
      /** @type {number} */ start,
      /** @type {number} */ length,
    ) => new Uint8Array(await readTo(start, Math.min(size, start + length)));
    for await (const block of readBlocks({ size, read })) {
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
