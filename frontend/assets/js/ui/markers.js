import { find, onPress, setHidden, setText } from "./dom.js";
import { isRunning } from "./take-state.js";
import { faultText } from "./toasts.js";

/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {import("./take-state.js").TakeState} TakeState */
/** @typedef {import("./take-state.js").ShownMarker} ShownMarker */

/**
 * Markers and notes: the button, the field for a note, and the list of what was
 * marked and of what happened to the take.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {Messages} options.messages
 * @param {import("./ports.js").TakeActions} options.actions
 * @param {() => TakeState} options.getState
 * @param {AbortSignal} options.signal
 */
export function mountMarkers(root, { messages, actions, getState, signal }) {
  const box = find(root, ".markers", HTMLElement);
  const list = find(box, "ol", HTMLOListElement);
  const form = find(box, "form", HTMLFormElement);
  /** @type {{markers: readonly ShownMarker[], locale: string}} */
  const shown = { markers: [], locale: "" };

  function mark() {
    const { recorder } = getState();
    if (recorder === "recording" || recorder === "paused") {
      actions.mark({});
    }
  }

  const button = onPress(root, ".marker-button", mark, signal);
  mountNote(form, { onNote: actions.mark, getState, signal });

  return {
    mark,
    /** @param {TakeState} state */
    update(state) {
      const { recorder, markers, kept } = state;
      const isOpen = recorder === "recording" || recorder === "paused";
      setHidden(button, !isRunning(state));
      button.disabled = !isOpen;
      setHidden(form, !isOpen);
      setHidden(list, markers.length === 0);
      setHidden(box, !isOpen && (kept === null || markers.length === 0));
      if (markers !== shown.markers || messages.locale !== shown.locale) {
        Object.assign(shown, { markers, locale: messages.locale });
        writeList(list, markers, messages);
      }
    },
  };
}

/**
 * A note belongs to the moment at which its typing began.
 *
 * @param {HTMLFormElement} form
 * @param {object} options
 * @param {(moment: {frame: number, text: string}) => void} options.onNote
 * @param {() => TakeState} options.getState
 * @param {AbortSignal} options.signal
 */
function mountNote(form, { onNote, getState, signal }) {
  const field = find(form, "input", HTMLInputElement);
  /** @type {number | null} */
  let frame = null;

  function begin() {
    frame = field.value === "" ? null : (frame ?? getState().frames);
  }

  function save() {
    const text = field.value.trim();
    if (text !== "") {
      onNote({ frame: frame ?? getState().frames, text });
    }
    field.value = "";
    frame = null;
  }

  field.addEventListener("input", begin, { signal });
  form.addEventListener(
    "submit",
    (event) => {
      event.preventDefault();
      save();
    },
    { signal },
  );
}

/**
 * @param {HTMLOListElement} list
 * @param {readonly ShownMarker[]} markers
 * @param {Messages} messages
 */
function writeList(list, markers, messages) {
  while (list.children.length > markers.length) {
    list.lastElementChild?.remove();
  }
  const grows = list.children.length < markers.length;
  markers.forEach((marker, index) => {
    const item = list.children[index] ?? document.createElement("li");
    setText(item, markerText(messages, marker));
    if (!item.parentNode) {
      list.append(item);
    }
  });
  if (grows) {
    list.scrollTop = list.scrollHeight;
  }
}

/**
 * A marker in words, with its time.
 *
 * @param {Messages} messages
 * @param {ShownMarker} marker
 */
export function markerText(messages, { seconds, kind, text, code, lost }) {
  const time = messages.clock(seconds);
  switch (kind) {
    case "fault":
      return messages.text(text ? "markers.named" : "markers.entry", {
        time,
        text: faultText(messages, code ?? "UNKNOWN"),
        name: text ?? "",
      });
    case "gap":
      return messages.text("markers.gap", {
        time,
        length: messages.duration(lost ?? 0),
      });
    case "start":
    case "pause":
      return messages.text(`markers.${kind}`, { time });
    case "marker":
      return text
        ? messages.text("markers.entry", { time, text })
        : messages.text("markers.plain", { time });
  }
}
