import { enInfo } from "./en-info.js";
import { enLibrary } from "./en-library.js";
import { enMedia } from "./en-media.js";
import { enServerFaults } from "./en-server-faults.js";
import { enSettings } from "./en-settings.js";

/**
 * English texts of what later.js brings.
 *
 * @type {import("../core/messages.js").Dictionary}
 */
export const enLater = {
  ...enInfo,
  ...enLibrary,
  ...enMedia,
  ...enServerFaults,
  ...enSettings,
};
