/**
 * Files on this device that are there for a while only. What a crash leaves of them
 * the next page removes: each is noted before it is there, and locked by the page
 * that has it. What has become a recording stays, whatever came between its row
 * and its note.
 *
 * @module
 */

/** @typedef {ReturnType<typeof createScratch>} Scratch */

const NOTED = "scratch";

/**
 * @param {object} options
 * @param {{has: (id: string) => Promise<boolean>}} options.owners
 * @param {{get: (name: string) => Promise<unknown>, update: (name: string, change: (value: unknown) => unknown) => Promise<void>}} options.preferences
 * @param {{removeAll: (id: string) => Promise<void>}} options.files
 * @param {(name: string) => Promise<(() => void) | null>} options.acquireLock
 */
export function createScratch(options) {
  const { owners, preferences, files, acquireLock } = options;
  /** @type {Map<string, () => void>} */
  const locks = new Map();

  /** @param {string} id */
  async function forget(id) {
    await preferences.update(NOTED, (ids) =>
      idsOf(ids).filter((one) => one !== id),
    );
    locks.get(id)?.();
    locks.delete(id);
  }

  /** @param {string} id of what is not to stay, unless it is a recording by now,
   *   if only one in the trash */
  async function remove(id) {
    if (!(await owners.has(id))) {
      await files.removeAll(id);
    }
    await forget(id);
  }

  return {
    /** @param {string} id of a take that has no row yet, and may not get one */
    async begin(id) {
      const release = await acquireLock(lockOf(id));
      if (release) {
        locks.set(id, release);
      }
      await preferences.update(NOTED, (ids) => [...idsOf(ids), id]);
    },

    /** It stays: it has a row now. */
    keep: forget,
    remove,

    /** Removes what pages left that are gone. */
    async sweep() {
      for (const id of idsOf(await preferences.get(NOTED))) {
        const release = await acquireLock(lockOf(id));
        if (release) {
          await remove(id).finally(release);
        }
      }
    },
  };
}

/** @param {string} id */
function lockOf(id) {
  return `scratch:${id}`;
}

/** @param {unknown} value @returns {string[]} */
function idsOf(value) {
  return Array.isArray(value) ? value : [];
}
