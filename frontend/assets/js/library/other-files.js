import { hearTakes } from "./copy-peers.js";
import { createExports } from "./exports.js";
import { createGivingWay } from "./giving-way.js";
import { createImports } from "./imports.js";
import { saveBlob } from "./save-blob.js";
import { createScratch } from "./scratch.js";
import { demandSecure } from "./secure.js";
import { sweepZips } from "./zip-places.js";

/** @typedef {import("../core/audio-formats.js").AudioFormat} AudioFormat */
/** @typedef {import("./imports.js").Run} Run */

/**
 * What is made of recordings on this device, what is brought here from files, and
 * the end of what an earlier page left of both.
 *
 * @param {object} options
 * @param {import("./database.js").Database} options.database
 * @param {() => Promise<import("./rows.js").LibraryRow[]>} options.list
 * @param {(fileId: string) => string} options.audioUrl
 * @param {import("./room.js").Device} options.device
 * @param {(name: string) => Promise<(() => void) | null>} options.acquireLock
 * @param {(job: any, options: any) => Promise<any>} options.run a job of media/
 * @param {AbortSignal} options.signal ends with the page
 */
export function createOtherFiles(options) {
  const { database, acquireLock, run, signal, ...rest } = options;
  const { files } = database;
  const scratch = createScratch({ ...database, acquireLock });
  // What cannot be removed now can be at the next start.
  scratch.sweep().catch(() => undefined);
  sweepZips().catch(() => undefined);
  const exports = createExports({
    ...rest,
    files,
    scratch,
    convert: (job, until) => run({ job: "convert", ...job }, until),
    save: saveBlob,
  });
  const imports = createImports({
    ...rest,
    database,
    scratch,
    takeIn: (job, until) => run({ job: "import", ...job }, until),
  });
  const { until } = createGivingWay((onTake) => hearTakes(onTake, signal));
  /** @param {Run} work @returns {Run} */
  const heeding = (work) => ({ ...work, signal: until(work.signal) });
  return {
    /** @param {string} id @param {AudioFormat} format @param {Run} work */
    async exportAs(id, format, work) {
      demandSecure();
      return exports.run(id, format, heeding(work));
    },

    /** @param {File} file @param {Run} work */
    async importFile(file, work) {
      demandSecure();
      return imports.run(file, heeding(work));
    },
  };
}
