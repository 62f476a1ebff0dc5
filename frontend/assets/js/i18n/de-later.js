import { deInfo } from "./de-info.js";
import { deLibrary } from "./de-library.js";
import { deMedia } from "./de-media.js";
import { deServerFaults } from "./de-server-faults.js";
import { deSettings } from "./de-settings.js";

/**
 * German texts of what later.js brings.
 *
 * @type {import("../core/messages.js").Dictionary}
 */
export const deLater = {
  ...deInfo,
  ...deLibrary,
  ...deMedia,
  ...deServerFaults,
  ...deSettings,
};
