import { installGlobals } from "./globals.mjs";

/** @typedef {(lock: {name: string} | null) => unknown} Work */

/**
 * Puts locks in the place of the browser's that nobody else wants, but for one
 * that another page has.
 *
 * @param {import("node:test").TestContext} t
 * @param {string} [held] the name of that one
 */
export function installLocks(t, held) {
  /** @param {[name: string, ...options: object[], work: Work]} asked */
  async function request(...asked) {
    const [name] = asked;
    const work = /** @type {Work} */ (asked.at(-1));
    return work(name === held ? null : { name });
  }
  installGlobals(t, { navigator: { locks: { request } } });
}
