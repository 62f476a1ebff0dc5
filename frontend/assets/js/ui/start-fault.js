import {
  cloneTemplate,
  find,
  setAttribute,
  setIcon,
  setText,
  translate,
} from "./dom.js";
import { faultText } from "./toasts.js";

/**
 * Says why the studio could not start, in the place of everything else.
 *
 * @param {HTMLElement} root
 * @param {{messages: import("./dom.js").Messages, code: string}} options
 */
export function showStartFault(root, { messages, code }) {
  document.documentElement.lang = messages.language;
  translate(root, messages);
  const banner = cloneTemplate("banner", messages);
  setAttribute(banner, "data-tone", "warn");
  setAttribute(banner, "role", "alert");
  setIcon(banner, "warning");
  setText(find(banner, ".banner-text", HTMLElement), faultText(messages, code));
  find(root, "#main", HTMLElement).replaceChildren(banner);
}
