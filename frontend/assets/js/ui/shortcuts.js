/** @typedef {ReturnType<typeof mountShortcuts>} Shortcuts */

const TEXT_FIELDS =
  "input:not([type=range], [type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable]";

/**
 * Single keys. They rest in text fields and dialogs, with a modifier held, on a
 * repeated key, and when they are switched off.
 *
 * @param {EventTarget} target
 * @param {object} options
 * @param {Readonly<Record<string, () => void>>} options.keys lower case
 * @param {boolean} options.isOn
 * @param {AbortSignal} options.signal
 */
export function mountShortcuts(target, { keys, isOn, signal }) {
  const state = { isOn };
  target.addEventListener(
    "keydown",
    (event) => {
      if (event instanceof KeyboardEvent && state.isOn && isPlain(event)) {
        const press = keys[event.key.toLowerCase()];
        if (press) {
          event.preventDefault();
          press();
        }
      }
    },
    { signal },
  );
  return state;
}

/** @param {KeyboardEvent} event */
function isPlain(event) {
  const { target, ctrlKey, altKey, metaKey, repeat, isComposing } = event;
  if (ctrlKey || altKey || metaKey || repeat || isComposing) {
    return false;
  }
  return !(
    target instanceof Element && target.closest(`${TEXT_FIELDS}, dialog`)
  );
}
