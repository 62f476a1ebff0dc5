/**
 * Puts values in the place of the browser's, as long as a test lasts.
 *
 * @param {import("node:test").TestContext} t
 * @param {Record<string, unknown>} globals by name
 */
export function installGlobals(t, globals) {
  for (const [name, value] of Object.entries(globals)) {
    const before = Object.getOwnPropertyDescriptor(globalThis, name);
    Object.defineProperty(globalThis, name, { value, configurable: true });
    t.after(() => {
      Reflect.deleteProperty(globalThis, name);
      Object.defineProperties(globalThis, before ? { [name]: before } : {});
    });
  }
}
