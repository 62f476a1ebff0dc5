/** What the microphone gave a take: the PCM in its spool. */

/**
 * @typedef {object} Given
 * @property {number[]} pcm its first channel at the rate asked for
 * @property {number} silentSeconds in which it was digital silence
 */

/**
 * Runs in the page: reads the PCM of a take that is not running. Each value is
 * the mean of those it stands for.
 *
 * @param {{id: string, rate: number}} take rate: below that of the take
 * @returns {Promise<Given>}
 */
export async function readGiven({ id, rate: wanted }) {
  const load = (/** @type {string} */ name) =>
    import(new URL(`assets/js/${name}`, document.baseURI).href);
  const { readBlocks } = await load("core/framing.js");
  const { openDatabase } = await load("library/database.js");
  const { createSpoolFiles } = await load("spool/files.js");
  const database = await openDatabase();
  /** @type {number[]} */
  const pcm = [];
  let silentSeconds = 0;
  let [sum, count, due] = [0, 0, 0];
  for (const name of await createSpoolFiles(database).listPcm(id)) {
    const { size, read: readTo } = await database.files.stored(id, name);
    const read = async (
      /** @type {number} */ start,
      /** @type {number} */ length,
    ) => new Uint8Array(await readTo(start, Math.min(size, start + length)));
    for await (const { channels, rate } of readBlocks({ size, read })) {
      for (const sample of channels[0]) {
        silentSeconds += sample === 0 ? 1 / rate : 0;
        [sum, count, due] = [sum + sample, count + 1, due + wanted];
        if (due >= rate) {
          pcm.push(sum / count);
          [sum, count, due] = [0, 0, due - rate];
        }
      }
    }
  }
  return { pcm, silentSeconds };
}
