/** What the spool has of a take, to the sample. */

/**
 * Runs in the page.
 *
 * @param {{id: string, from: number, to: number, channel?: number}} part  frames of
 *     a take
 * @returns {Promise<number[]>} of that channel, or of its first one
 */
export async function readPcm({ id, from, to, channel = 0 }) {
  const load = (/** @type {string} */ name) =>
    import(new URL(`assets/js/${name}`, document.baseURI).href);
  const { readBlocks } = await load("core/framing.js");
  const { openDatabase } = await load("library/database.js");
  const { createSpoolFiles } = await load("spool/files.js");
  const database = await openDatabase();
  /** @type {number[]} */
  const samples = [];
  for (const name of await createSpoolFiles(database).listPcm(id)) {
    const { size, read: readTo } = await database.files.stored(id, name);
    const read = async (
      /** @type {number} */ start,
      /** @type {number} */ length,
    ) => new Uint8Array(await readTo(start, Math.min(size, start + length)));
    for await (const { first, channels } of readBlocks({ size, read })) {
      channels[channel].forEach(
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
