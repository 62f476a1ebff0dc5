import { codeOf } from "../core/errors.js";
import { find, listen, onPress, setAttribute, setText } from "./dom.js";
import { signInOffer } from "./sign-in.js";
import { faultText } from "./toasts.js";
import { oncePerFrame } from "./timers.js";

/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {import("./ports.js").Zip} Zip */
/** @typedef {import("./ports.js").ZipProgress} ZipProgress */

/**
 * A zip that is being made: how far it is, and the way to give it up. One at a
 * time.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {Messages} options.messages
 * @param {import("./toasts.js").Toasts} options.toasts
 * @param {import("./announcer.js").Announcer} options.announcer
 * @param {Zip} options.zip
 * @param {() => void} options.onChange of what `isBusy` says
 * @param {(count: number) => string} [options.doneText]
 * @param {AbortSignal} options.signal
 */
export function mountZipBar(root, options) {
  const { messages, toasts, announcer, zip, onChange, signal } = options;
  const { doneText = (count) => messages.text("zip.done", { count }) } =
    options;
  const bar = find(root, ".zip-bar", HTMLElement);
  const text = find(bar, ".zip-text", HTMLElement);
  const meter = find(bar, "progress", HTMLProgressElement);
  /** @type {AbortController | null} */
  let end = null;
  /** @type {ZipProgress | null} */
  let progress = null;

  const cancel = onPress(bar, ".zip-cancel", () => end?.abort(), signal);

  function write() {
    const { done = 0, count = 0, fraction = 0 } = progress ?? {};
    bar.hidden = progress === null;
    meter.value = fraction;
    const percent = messages.percent(fraction);
    setAttribute(meter, "aria-valuetext", percent);
    const number = Math.min(done + 1, count);
    setText(text, messages.text("zip.making", { number, count, percent }));
  }
  const draw = oncePerFrame(write, signal);

  /** @param {ZipProgress} next */
  function note(next) {
    if (progress === null) {
      announcer.say(messages.text("zip.begun", { count: next.count }));
    }
    progress = next;
    draw();
  }

  /** @param {unknown} error */
  function tell(error) {
    if (error instanceof Error && error.name === "AbortError") {
      announcer.say(messages.text("zip.cancelled"));
      return;
    }
    const { recording = null } = Object(error);
    const reason = faultText(messages, zipCodeOf(error));
    const name = recording ?? "";
    const key = recording === null ? "zip.failed" : "zip.failedAt";
    const text = messages.text(key, { name, reason });
    const isShutOut = zipCodeOf(error) === "UNAUTHORIZED";
    const offer = isShutOut ? signInOffer(messages) : {};
    toasts.show({ text, isUrgent: true, ms: Infinity, ...offer });
  }

  function close() {
    const hadFocus = document.activeElement === cancel;
    end = null;
    progress = null;
    write();
    onChange();
    if (hadFocus) {
      find(root, "h1", HTMLElement).focus();
    }
  }

  listen(messages.changes, "changed", draw, signal);
  return {
    get isBusy() {
      return end !== null;
    },

    /** @param {readonly {id: string}[]} rows */
    async make(rows) {
      if (end) {
        return;
      }
      end = new AbortController();
      onChange();
      const name = `${messages.text("zip.name", { date: today() })}.zip`;
      try {
        const count = await zip.save(
          rows.map(({ id }) => id),
          {
            name,
            onProgress: note,
            signal: AbortSignal.any([end.signal, signal]),
          },
        );
        toasts.show({ text: doneText(count) });
      } catch (error) {
        tell(error);
      }
      close();
    },
  };
}

/**
 * Why a zip failed: of a browser's own failures only a full disk is known.
 *
 * @param {unknown} error
 */
export function zipCodeOf(error) {
  return Object(error).name === "QuotaExceededError"
    ? "STORAGE_FULL"
    : codeOf(error, "UNKNOWN");
}

/** As files are put in order. */
export function today() {
  const now = new Date();
  const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  return parts.map((part) => String(part).padStart(2, "0")).join("-");
}
