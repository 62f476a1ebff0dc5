/**
 * A recording of the server, read by ranges.
 *
 * @module
 */
import { StudioError } from "../core/errors.js";

const ATTEMPTS = 5;
const PAUSE_MS = 500;

/**
 * @param {string} url
 * @param {number} size
 * @param {AbortSignal} signal
 * @returns {import("./read.js").StoredFile}
 */
export function farFile(url, size, signal) {
  /**
   * @param {number} from
   * @param {number} to
   */
  async function readOnce(from, to) {
    const headers = { Range: `bytes=${from}-${to - 1}` };
    const init = { headers, redirect: "manual", signal };
    const answer = await fetch(url, /** @type {RequestInit} */ (init));
    if (answer.status === 404 || answer.status === 410) {
      throw new StudioError("NOT_FOUND");
    }
    if (
      answer.type === "opaqueredirect" ||
      [401, 403].includes(answer.status)
    ) {
      throw new StudioError("UNAUTHORIZED");
    }
    const isWhole = answer.status === 200 && from === 0 && to === size;
    const bytes = await answer.arrayBuffer();
    if ((answer.status !== 206 && !isWhole) || bytes.byteLength !== to - from) {
      throw new StudioError("SERVER_ERROR");
    }
    return bytes;
  }

  return {
    size,
    isFar: true,

    async read(from, to) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await readOnce(from, to);
        } catch (error) {
          signal.throwIfAborted();
          const isFinal =
            error instanceof StudioError && error.code !== "SERVER_ERROR";
          if (isFinal || attempt === ATTEMPTS) {
            throw error instanceof StudioError
              ? error
              : new StudioError("NETWORK", { cause: error });
          }
          await new Promise((go) => setTimeout(go, attempt * PAUSE_MS));
        }
      }
    },
  };
}
