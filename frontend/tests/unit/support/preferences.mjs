/** Preferences of one browser, without a database. */

/**
 * @param {Record<string, unknown>} [stored]
 * @returns {any} as ui/ports.js has them, and `stored`
 */
export function keepPreferences(stored = {}) {
  /** @type {Map<string, ((value: unknown) => void)[]>} */
  const watching = new Map();
  return {
    stored,
    get: async (/** @type {string} */ name) => stored[name],
    async set(/** @type {string} */ name, /** @type {unknown} */ value) {
      await new Promise((resolve) => setImmediate(resolve));
      stored[name] = value;
      setImmediate(() =>
        watching.get(name)?.forEach((heed) => heed(stored[name])),
      );
    },
    watch(/** @type {string} */ name, /** @type {any} */ heed) {
      watching.set(name, [...(watching.get(name) ?? []), heed]);
    },
  };
}

/** Resolves when all that was under way has come to rest. */
export async function settled() {
  for (let turn = 0; turn < 4; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
