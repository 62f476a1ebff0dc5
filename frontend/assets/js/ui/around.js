import { mountConnectionBadge } from "./connection.js";
import { find } from "./dom.js";
import { mountHelpDialog } from "./help-dialog.js";
import { mountInfoView } from "./info-view.js";
import { mountSettingsView } from "./settings-view.js";
import { mountUploadLimit } from "./upload-limit.js";

/** @typedef {import("./settings-view.js").SettingsParts} SettingsParts */
/** @typedef {import("./info-view.js").InfoParts} InfoParts */
/** @typedef {Parameters<typeof mountConnectionBadge>[1]} BadgeParts */

/**
 * What stands beside recording and the library.
 *
 * @param {HTMLElement} root
 * @param {SettingsParts & InfoParts & BadgeParts} parts
 * @returns {{help: {open: () => void}}}
 */
export function mountAround(root, parts) {
  const view = (/** @type {string} */ name) =>
    find(root, `#view-${name}`, HTMLElement);
  mountConnectionBadge(root, parts);
  const help = mountHelpDialog(root, parts);
  const { uploadLimit: choice } = parts.choices;
  mountUploadLimit(view("library"), { ...parts, choice });
  mountSettingsView(view("settings"), parts);
  mountInfoView(view("info"), parts);
  return { help };
}
