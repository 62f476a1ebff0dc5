import { listen } from "./dom.js";

/** @typedef {ReturnType<typeof createRouter>} Router */

/**
 * The view that the address names: `#record`, `#library`. The first name is
 * shown when the address names none.
 *
 * @param {object} options
 * @param {readonly string[]} options.names
 * @param {AbortSignal} options.signal
 */
export function createRouter({ names, signal }) {
  const changes = new EventTarget();
  const read = () => names.find((name) => `#${name}` === location.hash);
  let current = read() ?? names[0];

  function follow() {
    const next = read();
    if (next !== undefined && next !== current) {
      current = next;
      changes.dispatchEvent(new Event("changed"));
    }
  }
  listen(globalThis, "hashchange", follow, signal);

  return {
    names,
    /** Dispatches `changed`. */
    changes,
    get current() {
      return current;
    },
    /** @param {string} name */
    go(name) {
      location.hash = name;
    },
  };
}
