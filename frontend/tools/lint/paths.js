/** What a script's path says about its place in the architecture. */

const SCRIPTS = "frontend/assets/js/";
const VENDOR = "frontend/assets/vendor/";

/**
 * Folders that import nothing from anywhere.
 *
 * @type {ReadonlySet<string>}
 */
export const PURE_FOLDERS = new Set(["core", "engine"]);

/**
 * The scripts that may know several folders: they construct and wire.
 *
 * @param {string} path with forward slashes
 * @returns {boolean}
 */
export function isCompositionRoot(path) {
  return (
    ["main.js", "later.js", "erasing.js"].some((name) =>
      path.endsWith(`/${SCRIPTS}${name}`),
    ) || /\.(worker|worklet)\.js$/.test(path)
  );
}

/**
 * The folder of the architecture a script lies in.
 *
 * @param {string} path absolute, with forward slashes
 * @returns {string | null} "core", "ui", …; "vendor"; null when it lies in none
 */
export function folderOf(path) {
  if (path.includes(`/${VENDOR}`)) {
    return "vendor";
  }
  const start = path.indexOf(`/${SCRIPTS}`);
  if (start < 0) {
    return null;
  }
  const rest = path.slice(start + SCRIPTS.length + 1).split("/");
  return rest.length > 1 ? rest[0] : null;
}
