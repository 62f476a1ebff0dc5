/**
 * What a page asks the device before it takes room that a take may need.
 *
 * @module
 */
import { isRecordingAnywhere } from "./recording-locks.js";

export const device = Object.freeze({
  estimate: () => navigator.storage.estimate(),
  isRecording: () => isRecordingAnywhere(navigator.locks),
});
