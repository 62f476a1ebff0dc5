/**
 * What each key does, in lower case; false: nothing, so the browser does what it
 * usually does.
 *
 * @typedef {Readonly<Record<string, () => unknown>>} Keys
 */

const TEXT_FIELDS =
  "input:not([type=range], [type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable]";

/**
 * Controls that do something of their own with a key.
 *
 * @type {Readonly<Record<string, string>>}
 */
const OWN_KEYS = Object.freeze({
  " ": "a, button, input, summary",
  ArrowLeft: "input",
  ArrowRight: "input",
});

/**
 * Single keys. They rest in text fields and dialogs, with a modifier held, on a
 * repeated key, and when they are switched off.
 *
 * @param {EventTarget} target
 * @param {object} options
 * @param {Keys} options.keys
 * @param {{value: boolean}} options.singleKeys
 * @param {AbortSignal} options.signal
 */
export function mountShortcuts(target, { keys, singleKeys, signal }) {
  target.addEventListener(
    "keydown",
    (event) => {
      if (
        event instanceof KeyboardEvent &&
        singleKeys.value &&
        isPlain(event)
      ) {
        const press = keys[event.key.toLowerCase()];
        if (press && press() !== false) {
          event.preventDefault();
        }
      }
    },
    { signal },
  );
}

/** @param {KeyboardEvent} event */
function isPlain(event) {
  const { target, ctrlKey, altKey, metaKey, repeat, isComposing } = event;
  if (ctrlKey || altKey || metaKey || repeat || isComposing) {
    return false;
  }
  const own = OWN_KEYS[event.key];
  const resting = [TEXT_FIELDS, "dialog", ...(own ? [own] : [])].join(", ");
  return !(target instanceof Element && target.closest(resting));
}
