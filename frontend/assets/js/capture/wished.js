/**
 * Looks out for the microphone that is wished for, while another one stands in.
 *
 * @module
 */

import { StudioError } from "../core/errors.js";
import { wishedAmong } from "../core/microphones.js";
import { listMicrophones, microphonePermission } from "./devices.js";
import { awaitReturn } from "./microphone-return.js";

/** @typedef {import("./line.js").Line} Line */
/** @typedef {import("./recorder.js").Recorder} Recorder */
/** @typedef {ReturnType<typeof createWished>} Wished */

/**
 * @param {object} options
 * @param {Line} options.line
 * @param {(id: string) => boolean} options.hadOpen  whether this page had it before
 * @param {(take: (recorder: Recorder) => Promise<void>) => Promise<void>} options.onThere
 *     has it taken; that rejects while it is not its turn
 */
export function createWished({ line, hadOpen, onThere }) {
  /** @type {AbortController | null} */
  let looking = null;
  /** Was there and could not be had: it has to go first. @type {string | null} */
  let refused = null;
  let isClaiming = false;

  async function look() {
    const before = line.granted;
    const there = wishedAmong(await listMicrophones(), line.wishes);
    refused = there ? refused : null;
    const isDue = there && ![before?.deviceId, refused].includes(there.id);
    const isMine = !isClaiming && before !== null && line.granted === before;
    if (!isDue || !isMine || !(await isAllowed(there.id))) {
      throw new StudioError("MICROPHONE_MISSING");
    }
    await claim(there.id);
  }

  /** @param {string} id */
  async function claim(id) {
    isClaiming = true;
    try {
      await onThere((recorder) => takeWished(id, recorder, line));
      refused = line.granted?.deviceId === id ? null : id;
    } finally {
      isClaiming = false;
    }
  }

  /** Nobody is asked out of the blue. @param {string} id */
  async function isAllowed(id) {
    const permission = await microphonePermission();
    return permission === "prompt" ? hadOpen(id) : permission !== "denied";
  }

  /** Another microphone is open than before, or none. */
  function update() {
    looking?.abort();
    looking = null;
    const { deviceId } = line.wishes;
    const given = line.granted?.deviceId;
    if (deviceId && given && given !== deviceId) {
      looking = new AbortController();
      awaitReturn({
        reopen: look,
        onBack: update,
        devices: navigator.mediaDevices,
        isAllowed: async () => true, // that depends on what is there
        signal: looking.signal,
      });
    }
  }
  return { update };
}

/**
 * The microphone that is wished for has come: between takes it is opened at once. A
 * take that runs has it only if it had it before.
 *
 * @param {string} id
 * @param {Recorder} recorder
 * @param {Line} line
 */
async function takeWished(id, recorder, line) {
  if (recorder.state === "recording" || recorder.state === "paused") {
    return line.reclaim(id);
  }
  recorder.demand("armed");
  await recorder.choose(line.wishes);
  if (line.granted?.deviceId === id) {
    recorder.emit("wished", { name: line.granted.label });
  }
}
