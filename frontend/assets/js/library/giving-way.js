/**
 * Work that takes room, and that a take ends which begins meanwhile.
 *
 * @module
 */
import { StudioError } from "../core/errors.js";

/** @typedef {ReturnType<typeof createGivingWay>} GivingWay */

/** @param {(onTake: () => void) => void} hearTakes */
export function createGivingWay(hearTakes) {
  let take = new AbortController();
  hearTakes(() => {
    take.abort(new StudioError("MEDIA_DURING_TAKE"));
    take = new AbortController();
  });
  return {
    /** @param {AbortSignal} signal @returns {AbortSignal} of this, or a take's begin */
    until: (signal) => AbortSignal.any([signal, take.signal]),
  };
}
