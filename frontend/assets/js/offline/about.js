/**
 * What the page reads of its own server when somebody wants to know.
 *
 * @module
 */
import { VERSION } from "../core/version.js";
import { askBuild } from "./version.js";

/** @param {string} path */
const read = async (path) => (await fetch(path)).json();

export const about = Object.freeze({
  async version() {
    const build = await askBuild(navigator.serviceWorker);
    return build ? `${VERSION} (${build})` : VERSION;
  },
  licences: () => read("assets/licences.json"),
  operator: () => read("operator.json").catch(() => null),
});
