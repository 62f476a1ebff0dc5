/** @typedef {import("./database.js").Database} Database */

/**
 * Whether this device has any recording, and that this has changed, on whatever
 * page.
 *
 * @param {Pick<Database, "recordings">} database
 * @param {object} options
 * @param {typeof import("./database.js").watchDatabase} options.watch
 * @param {AbortSignal} options.signal
 */
export async function countHoldings({ recordings }, { watch, signal }) {
  const changes = new EventTarget();
  const look = async () => (await recordings.count()) === 0;
  let isEmpty = await look();

  /** @param {import("./database.js").Change} change */
  async function hear({ store }) {
    const before = isEmpty;
    isEmpty = store === "recordings" ? await look() : isEmpty;
    if (isEmpty !== before) {
      changes.dispatchEvent(new Event("changed"));
    }
  }

  watch((change) => void hear(change).catch(() => undefined), { signal });
  return {
    /** Dispatches `changed`. */
    changes,
    get isEmpty() {
      return isEmpty;
    },
  };
}
