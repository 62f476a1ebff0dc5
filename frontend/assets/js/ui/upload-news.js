import { listen } from "./dom.js";

/** @typedef {import("./ports.js").UploadProgress} UploadProgress */

/**
 * Says once of each recording that it has reached the server.
 *
 * @param {object} options
 * @param {EventTarget} options.uploads
 * @param {(id: string) => string | null} options.nameOf
 * @param {import("../core/messages.js").Messages} options.messages
 * @param {import("./announcer.js").Announcer} options.announcer
 * @param {AbortSignal} options.signal
 */
export function announceUploads({
  uploads,
  nameOf,
  messages,
  announcer,
  signal,
}) {
  /** @type {Set<string>} */
  const said = new Set();
  const hear = (/** @type {UploadProgress} */ { id, state }) => {
    const name = nameOf(id);
    if (state === "done" && name !== null && !said.has(id)) {
      said.add(id);
      announcer.say(messages.text("said.uploaded", { name }));
    }
  };
  listen(uploads, "progress", hear, signal);
}
