import { find, onPress } from "./dom.js";
import { after } from "./timers.js";

/** @typedef {import("./ports.js").Actions} Actions */
/** @typedef {import("./take-state.js").TakeState} TakeState */

const TYPING_PAUSE_MS = 800;

/**
 * What follows a take, in its place: its name, and what to do with it. Typing is
 * saved by itself; Esc takes the typing back and nothing else.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {Actions} options.actions
 * @param {(name: string) => void} options.onRename
 * @param {() => void} options.onDismiss
 * @param {AbortSignal} options.signal
 */
export function mountKeptTake(root, { actions, onRename, onDismiss, signal }) {
  const form = find(root, ".kept", HTMLFormElement);
  const field = find(form, "input", HTMLInputElement);
  /** @type {{id: string, name: string} | null} */
  let take = null;
  let firstName = "";
  let callOff = () => {};

  function save() {
    callOff();
    const name = field.value.trim();
    if (take && name !== "" && name !== take.name) {
      take = { ...take, name };
      actions.rename(take.id, name);
      onRename(name);
    }
  }

  /** @param {(take: {id: string, name: string}) => void} act */
  const withTake = (act) => () => {
    save();
    if (take) {
      act(take);
    }
  };

  listenToTyping(form, field, {
    onInput: () => {
      callOff();
      callOff = after(TYPING_PAUSE_MS, save, signal);
    },
    onDone: save,
    onEscape: () => {
      field.value = firstName;
      save();
    },
    signal,
  });
  onPress(form, ".play", withTake(actions.play), signal);
  onPress(
    form,
    ".download",
    withTake(({ id }) => actions.download(id)),
    signal,
  );
  onPress(form, ".new-take", withTake(onDismiss), signal);
  onPress(
    form,
    ".discard",
    withTake((row) => {
      actions.remove(row);
      onDismiss();
    }),
    signal,
  );

  return {
    /** @param {TakeState["kept"]} kept null hides it */
    update(kept) {
      const isNew = kept !== null && kept.id !== take?.id;
      if (!kept && take) {
        save();
      }
      form.hidden = kept === null;
      take = kept && { id: kept.id, name: kept.name };
      if (isNew) {
        firstName = kept.name;
        field.value = kept.name;
        field.focus();
        field.select();
      }
    },
  };
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLInputElement} field
 * @param {{onInput: () => void, onDone: () => void, onEscape: () => void, signal: AbortSignal}} handlers
 */
function listenToTyping(form, field, { onInput, onDone, onEscape, signal }) {
  field.addEventListener("input", onInput, { signal });
  field.addEventListener("change", onDone, { signal });
  field.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Escape") {
        onEscape();
      }
    },
    { signal },
  );
  form.addEventListener(
    "submit",
    (event) => {
      event.preventDefault();
      onDone();
      find(form, ".play", HTMLButtonElement).focus();
    },
    { signal },
  );
}
