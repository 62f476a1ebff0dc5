/**
 * Waiting for the encoder, which another thread or process runs and which may
 * hang: as long as something moves, however slowly, it is waited for.
 *
 * @module
 */

import { StudioError } from "../core/errors.js";

const TURN_MS = 5;

/** Turns in which nothing moved: 10 s at least, more on a busy machine. */
const PATIENT_TURNS = 2000;

/**
 * Resolves once `isDone`; rejects with ENCODER_FAILED when `progress` stays the
 * same for too long.
 *
 * @param {object} awaited
 * @param {() => boolean} awaited.isDone
 * @param {() => number} awaited.progress  any number that differs when it moved
 */
export async function whileItMoves({ isDone, progress }) {
  let last = progress();
  for (let still = 0; !isDone(); still++) {
    if (still === PATIENT_TURNS) {
      throw new StudioError("ENCODER_FAILED");
    }
    await new Promise((resolve) => setTimeout(resolve, TURN_MS));
    if (progress() !== last) {
      last = progress();
      still = 0;
    }
  }
}
