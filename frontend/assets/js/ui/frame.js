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
 * @param {Messages} options.messages
 * @param {import("./ports.js").Preferences} options.preferences
 * @param {import("./choices.js").Choices} options.choices
 * @param {AbortSignal} options.signal
 */
export function mountFrame(
  root,
  { views, messages, preferences, choices, signal },
) {
  const router = createRouter({ names: views, signal });
  mountLanguageSwitch(root, {
    messages,
    onChoose: (language) => void preferences.set("language", language),
    signal,
  });
  mountThemeSwitch(root, {
    messages,
    chosen: choices.theme,
    onChoose: (theme) => void preferences.set("theme", theme),
    signal,
  });
  mountShell(root, { messages, router, signal });
  const announcer = createAnnouncer(root, { signal });
  const toasts = find(root, ".toasts", HTMLElement);
  const banners = find(root, ".banners", HTMLElement);
  return {
    router,
    announcer,
    toasts: mountToasts(toasts, { messages, announcer, signal }),
    banners: mountBanners(banners, { messages, signal }),
  };
}
