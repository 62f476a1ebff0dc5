/**
 * Web Locks that outlive a function: the browser drops them when their page or
 * worker ends, however it ends.
 *
 * @module
 */

/**
 * Takes a lock if nobody has it.
 *
 * @param {string} name
 * @returns {Promise<(() => void) | null>} gives it back; null: somebody has it
 */
export function acquireLock(name) {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(name, { ifAvailable: true }, (lock) => {
        if (!lock) {
          return resolve(null);
        }
        return new Promise((release) => resolve(() => release(undefined)));
      })
      .catch(reject);
  });
}

/** @param {string} id  of a take */
export function takeLock(id) {
  return `take:${id}`;
}
