import { Jobs } from "./jobs.js";

/** @typedef {import("../core/audio-formats.js").AudioFormat} AudioFormat */
/** @typedef {Parameters<import("./jobs.js").Job["run"]>[0]} Run */

/**
 * What a person can have made and brought in, one after another.
 *
 * @param {object} options
 * @param {import("./client.js").Media} options.media
 * @param {(id: string, format: AudioFormat, run: Run) => Promise<unknown>} options.exportAs
 * @param {(file: File, run: Run) => Promise<unknown>} options.importFile
 */
export function createFormats({ media, exportAs, importFile }) {
  const jobs = new Jobs();
  return {
    jobs,
    canMakeM4a: async () => (await media.run({ job: "formats" })).hasM4a,

    /** @param {{id: string, name: string}} row @param {AudioFormat} format */
    make({ id, name }, format) {
      const run = (/** @type {Run} */ until) => exportAs(id, format, until);
      jobs.add({ kind: "export", name, format, run });
    },

    /** @param {readonly File[]} files */
    bringIn(files) {
      const jobOf = (/** @type {File} */ file) => ({
        kind: /** @type {const} */ ("import"),
        name: file.name,
        run: (/** @type {Run} */ until) => importFile(file, until),
      });
      jobs.add(...files.map(jobOf));
    },
  };
}
