import { find, onPress, setHidden } from "./dom.js";
import { after } from "./timers.js";

/** @typedef {import("./ports.js").KeptActions} KeptActions */
/** @typedef {import("./take-state.js").TakeState} TakeState */
/** @typedef {{id: string, name: string}} Named */

const TYPING_PAUSE_MS = 800;

/**
 * What follows a take, in its place: its name, and what to do with it.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {KeptActions} options.actions
 * @param {(name: string) => void} options.onRename
 * @param {() => void} options.onDismiss
 * @param {AbortSignal} options.signal
 */
export function mountKeptTake(root, { actions, onRename, onDismiss, signal }) {
  const form = find(root, ".kept", HTMLFormElement);
  const naming = mountNaming(form, {
    onName: ({ id, name }) => {
      actions.rename(id, name);
      onRename(name);
    },
    signal,
  });

  /** @param {string} selector @param {(take: Named) => void} act */
  function onTake(selector, act) {
    const press = () => {
      const take = naming.save();
      if (take) {
        act(take);
      }
    };
    return onPress(form, selector, press, signal);
  }

  const play = onTake(".play", actions.play);
  const upload = onTake(".upload", ({ id }) => {
    actions.upload(id);
    play.focus();
  });
  onTake(".download", ({ id }) => actions.download(id));
  onTake(".receipt-button", ({ id }) => actions.showReceipt(id));
  onTake(".new-take", onDismiss);
  onTake(".discard", (take) => {
    actions.remove(take);
    onDismiss();
  });
  form.addEventListener(
    "submit",
    (event) => {
      event.preventDefault();
      naming.save();
      play.focus();
    },
    { signal },
  );

  return {
    /**
     * @param {TakeState["kept"]} kept null hides it
     * @param {boolean} isSent whether it is on its way to the server, or there
     */
    update(kept, isSent) {
      setHidden(form, kept === null);
      setHidden(upload, isSent);
      naming.update(kept);
    },
  };
}

/**
 * The field for the take's name. Typing is saved by itself; Esc takes the typing
 * back and nothing else.
 *
 * @param {HTMLFormElement} form
 * @param {{onName: (take: Named) => void, signal: AbortSignal}} options
 */
function mountNaming(form, { onName, signal }) {
  const field = find(form, "input", HTMLInputElement);
  /** @type {Named | null} */
  let take = null;
  let firstName = "";
  let callOff = () => {};

  function save() {
    callOff();
    const name = field.value.trim();
    if (take && name !== "" && name !== take.name) {
      take = { ...take, name };
      onName(take);
    }
    return take;
  }

  /** @type {Record<string, (event: Event) => void>} */
  const handlers = {
    change: save,
    input: () => {
      callOff();
      callOff = after(TYPING_PAUSE_MS, save, signal);
    },
    keydown: (event) => {
      if (event instanceof KeyboardEvent && event.key === "Escape") {
        field.value = firstName;
        save();
      }
    },
  };
  for (const [type, handler] of Object.entries(handlers)) {
    field.addEventListener(type, handler, { signal });
  }
  // The last that a page which is being closed gets to do.
  document.addEventListener("visibilitychange", save, { signal });

  /** @param {Named | null} next */
  function update(next) {
    if (next?.id === take?.id) {
      return;
    }
    save();
    take = next && { id: next.id, name: next.name };
    if (next) {
      firstName = next.name;
      field.value = next.name;
      field.focus();
      field.select();
    }
  }

  return { save, update };
}
