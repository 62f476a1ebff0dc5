/**
 * The keys of the studio: what heeds them, and what tells of them, reads this.
 *
 * @module
 */

/** @typedef {typeof SHORTCUTS[number]["name"]} ShortcutName */

/**
 * `keys` as the browser names them; `says` is the key of a text. Those that are
 * single can be switched off.
 */
export const SHORTCUTS = /** @type {const} */ ([
  { name: "record", keys: ["r"], says: "help.keyRecord", isSingle: true },
  { name: "pause", keys: ["p"], says: "help.keyPause", isSingle: true },
  { name: "mark", keys: ["m"], says: "help.keyMarker", isSingle: true },
  { name: "play", keys: [" "], says: "help.keyPlay", isSingle: true },
  { name: "back", keys: ["ArrowLeft"], says: "help.keyBack", isSingle: true },
  {
    name: "forward",
    keys: ["ArrowRight"],
    says: "help.keyForward",
    isSingle: true,
  },
  { name: "loop", keys: ["l"], says: "help.keyLoop", isSingle: true },
  {
    name: "rows",
    keys: ["ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End"],
    says: "help.keyRows",
    isSingle: false,
  },
  {
    name: "range",
    keys: ["Shift+ArrowUp", "Shift+ArrowDown"],
    says: "help.keyRange",
    isSingle: false,
  },
  { name: "rename", keys: ["F2"], says: "help.keyRename", isSingle: false },
  { name: "all", keys: ["Ctrl+A"], says: "help.keyAll", isSingle: false },
  { name: "region", keys: ["F6"], says: "help.keyRegion", isSingle: false },
]);

/**
 * @param {ShortcutName} name
 * @returns {readonly string[]}
 */
export function keysOf(name) {
  return SHORTCUTS.find((shortcut) => shortcut.name === name)?.keys ?? [];
}

/**
 * What was pressed, as `keys` has it; Cmd is Ctrl.
 *
 * @param {Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey">} event
 */
export function pressOf({ key, shiftKey, ctrlKey, metaKey }) {
  const name = key.length === 1 ? key.toUpperCase() : key;
  const held = [ctrlKey || metaKey ? "Ctrl" : "", shiftKey ? "Shift" : ""];
  return [...held.filter(Boolean), name].join("+");
}

/**
 * What is done by name, by key.
 *
 * @param {Partial<Record<ShortcutName, () => unknown>>} acts
 * @returns {import("./shortcuts.js").Keys}
 */
export function bindKeys(acts) {
  const bound = SHORTCUTS.flatMap(({ name, keys }) => {
    const act = acts[name];
    return act ? keys.map((key) => [key.toLowerCase(), act]) : [];
  });
  return Object.fromEntries(bound);
}
