import { codeOf } from "../core/errors.js";

/**
 * What a job failed for. A file that somebody brings is what is amiss where nobody
 * knows better; a recording was whole when it came into the library.
 *
 * @param {Pick<import("./client.js").Job, "job">} job
 * @param {unknown} error
 * @returns {string} a code
 */
export function faultOf({ job }, error) {
  return codeOf(error, job === "import" ? "MEDIA_BROKEN" : "UNKNOWN");
}
