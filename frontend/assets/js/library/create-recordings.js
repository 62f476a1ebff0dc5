import { createCopyPeers } from "./copy-peers.js";
import { watchDatabase } from "./database.js";
import { Recordings } from "./recordings.js";

/** @typedef {import("../core/types.js").UploadProgress} UploadProgress */

const HOUR_MS = 60 * 60 * 1000;

/**
 * Recordings that hear of what other pages and uploads do.
 *
 * @param {Omit<ConstructorParameters<typeof Recordings>[0], "peers">} options
 */
export function createRecordings(options) {
  const { uploads, signal } = options;
  const peers = createCopyPeers(navigator.locks, signal);
  const recordings = new Recordings({ ...options, peers });
  watchDatabase((change) => recordings.hear(change), { signal });
  uploads.addEventListener(
    "progress",
    (event) => {
      const { detail } = /** @type {CustomEvent<UploadProgress>} */ (event);
      if (detail.state === "done") {
        recordings.refresh();
      } else {
        recordings.announce();
      }
    },
    { signal },
  );
  keepTidy(recordings.trash, signal);
  recordings.reconnect().catch(() => undefined);
  return recordings;
}

/**
 * What cannot be freed now can be the next time.
 *
 * @param {import("./trash.js").Trash} trash
 * @param {AbortSignal} signal
 */
function keepTidy(trash, signal) {
  const sweep = () => void trash.sweep().catch(() => undefined);
  const timer = setInterval(sweep, HOUR_MS);
  signal.addEventListener("abort", () => clearInterval(timer), { once: true });
  sweep();
}
