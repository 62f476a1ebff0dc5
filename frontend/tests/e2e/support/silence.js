/** What a microphone did not give. */

/**
 * Runs in the page: a staircase never pauses, so what is digital silence in the
 * spool is what the browser gave instead of it.
 *
 * @param {string} id
 * @returns {Promise<number>} seconds of a take that the microphone was silent
 */
export async function countSilence(id) {
  const load = (/** @type {string} */ name) =>
    import(new URL(`assets/js/${name}`, document.baseURI).href);
  const { readBlocks } = await load("core/framing.js");
  const { openDatabase } = await load("library/database.js");
  const { createSpoolFiles } = await load("spool/files.js");
  const database = await openDatabase();
  let seconds = 0;
  for (const name of await createSpoolFiles(database).listPcm(id)) {
    const { size, read: readTo } = await database.files.stored(id, name);
    const read = async (
      /** @type {number} */ start,
      /** @type {number} */ length,
    ) => new Uint8Array(await readTo(start, Math.min(size, start + length)));
    for await (const { channels, rate } of readBlocks({ size, read })) {
      const silent = channels[0].filter((/** @type {number} */ x) => x === 0);
      seconds += silent.length / rate;
    }
  }
  return seconds;
}
