import { hearTakes } from "./copy-peers.js";
import { createGivingWay } from "./giving-way.js";
import { createPickAll } from "./zip-all.js";
import { createZip } from "./zip.js";
import { chooseZipPlace } from "./zip-places.js";

/**
 * @param {object} options
 * @param {import("./database.js").Database} options.database
 * @param {Pick<import("./ports.js").LibraryServer, "audio">} options.server
 * @param {import("./recordings.js").Recordings} options.recordings
 * @param {import("./room.js").Device} options.device
 * @param {AbortSignal} options.signal
 */
export function createLibraryZip(options) {
  const { database, server, recordings, device, signal } = options;
  const way = createGivingWay((onTake) => hearTakes(onTake, signal));
  return createZip({
    list: () => recordings.list(),
    files: database.files,
    read: server.audio,
    untilTake: way.until,
    pickAll: createPickAll(database),
    choosePlace: (name) => chooseZipPlace(name, device),
  });
}
