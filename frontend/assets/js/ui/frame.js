import { createAnnouncer } from "./announcer.js";
import { mountBanners } from "./banners.js";
import { find } from "./dom.js";
import { mountLanguageSwitch } from "./language.js";
import { createRouter } from "./router.js";
import { mountShell } from "./shell.js";
import { mountThemeSwitch } from "./theme.js";
import { mountToasts } from "./toasts.js";

/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {ReturnType<typeof mountFrame>} Frame */

/**
 * What stands around the views: links, switches, and the places for messages.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {readonly string[]} options.views
 * @param {readonly string[]} options.linked those of them that are linked on top
 * @param {Messages} options.messages
 * @param {import("./choices.js").Choices} options.choices
 * @param {(wish: string | null) => unknown} options.speak
 * @param {import("./shell.js").LaterViews} options.later all but the first view
 * @param {import("./ports.js").Log} options.log
 * @param {AbortSignal} options.signal
 */
export function mountFrame(root, options) {
  const { views, linked, messages, choices, speak, later, signal } = options;
  const onFault = (/** @type {string} */ code) =>
    options.log.note("fault", { code });
  const router = createRouter({ names: views, signal });
  mountLanguageSwitch(root, {
    messages,
    choice: choices.language,
    speak,
    signal,
  });
  mountThemeSwitch(root, {
    messages,
    choice: choices.theme,
    signal,
  });
  mountShell(root, { messages, router, linked, later, signal });
  const announcer = createAnnouncer(root, { signal });
  const toasts = find(root, ".toasts", HTMLElement);
  const banners = find(root, ".banners", HTMLElement);
  return {
    router,
    announcer,
    toasts: mountToasts(toasts, { messages, announcer, onFault, signal }),
    banners: mountBanners(banners, { messages, signal }),
  };
}
