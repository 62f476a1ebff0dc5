import { find, listen, setIcon, setText } from "./dom.js";

/** @typedef {import("./dom.js").Messages} Messages */

const NAME = "later";

/**
 * Says that views are still being loaded, in their place, and where that fails
 * offers to try again: whatever view is shown, for the verbs of a take need it too.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {Messages} options.messages
 * @param {import("./banners.js").Banners} options.banners
 * @param {import("./announcer.js").Announcer} options.announcer
 * @param {{state: import("./later.js").LaterState, changes: EventTarget, bring: () => unknown}} options.later
 * @param {() => boolean} options.isRecording  else the page is loaded anew, since many
 *   browsers do not fetch a module again that could not be had once
 * @param {() => void} [options.reload]
 * @param {AbortSignal} options.signal
 */
export function mountLaterNotice(root, options) {
  const { messages, banners, announcer, later, isRecording, signal } = options;
  const { reload = () => location.reload() } = options;
  const panel = find(root, "#view-waiting .panel", HTMLElement);
  const line = find(panel, ".panel-text", HTMLElement);
  const isMissing = () => ["failed", "broken"].includes(later.state);

  function retry() {
    if (later.state === "broken" || !isRecording()) {
      reload();
    } else {
      later.bring();
    }
  }

  function write() {
    const text = isMissing() ? "later.missing" : "later.loading";
    setText(line, messages.text(text));
    setIcon(panel, isMissing() ? "warning" : "wait");
  }

  function follow() {
    write();
    if (!isMissing()) {
      banners.remove(NAME);
      return;
    }
    banners.put(NAME, {
      icon: "warning",
      tone: "warn",
      text: () => messages.text("later.failed"),
      actions: [
        {
          label: () => messages.text("action.retry"),
          isMain: true,
          press: retry,
        },
      ],
    });
    announcer.alarm(messages.text("later.failed"));
  }
  listen(later.changes, "changed", follow, signal);
  listen(messages.changes, "changed", write, signal);
  write();
}
