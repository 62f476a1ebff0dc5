/**
 * Web Locks that outlive a function: the browser drops them when their page or
 * worker ends, however it ends.
 *
 * @module
 */

/**
 * Takes a lock if nobody has it. A page that the browser gives no locks, one of
 * plain http, cannot record, and no page of its origin can: there is nothing that
 * another one may hold.
 *
 * @param {string} name
 * @returns {Promise<(() => Promise<unknown>) | null>} gives it back, and resolves
 *     when others may have it; null: somebody has it
 */
export function acquireLock(name) {
  if (!navigator.locks) {
    return Promise.resolve(async () => undefined);
  }
  return new Promise((resolve, reject) => {
    /** @type {Promise<unknown>} */
    const held = navigator.locks.request(
      name,
      { ifAvailable: true },
      (lock) => {
        if (!lock) {
          return resolve(null);
        }
        return new Promise((release) =>
          resolve(() => {
            release(undefined);
            return held;
          }),
        );
      },
    );
    held.catch(reject);
  });
}

/** @param {string} id  of a take */
export function takeLock(id) {
  return `take:${id}`;
}
