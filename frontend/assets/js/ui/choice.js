/** @typedef {import("./ports.js").Preferences} Preferences */

/**
 * @template Value
 * @typedef {object} Choice
 * @property {EventTarget} changes dispatches `changed`, whoever made it
 * @property {Value} value
 * @property {(next: unknown) => Promise<void>} choose null: what it is by itself
 */

/**
 * A preference as all its controls share it, on this page and on the others.
 *
 * @template Value
 * @param {object} options
 * @param {string} options.name
 * @param {(stored: unknown) => Value} options.read what was stored, or is chosen
 * @param {Preferences} options.preferences
 * @param {AbortSignal} options.signal
 * @returns {Promise<Choice<Value>>}
 */
export async function readChoice({ name, read, preferences, signal }) {
  const changes = new EventTarget();
  let value = read(await preferences.get(name));
  let writes = 0;

  /** @param {unknown} stored */
  function take(stored) {
    const next = read(stored);
    if (JSON.stringify(next) !== JSON.stringify(value)) {
      value = next;
      changes.dispatchEvent(new Event("changed"));
    }
  }

  /** @param {unknown} stored not while it is to be another value at once */
  function heed(stored) {
    if (writes === 0) {
      take(stored);
    }
  }

  preferences.watch(name, heed, { signal });
  return {
    changes,
    get value() {
      return value;
    },
    async choose(next) {
      take(next);
      writes += 1;
      await preferences.set(name, next).finally(() => (writes -= 1));
    },
  };
}
