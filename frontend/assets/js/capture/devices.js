/**
 * The microphone: what is asked of the browser, and what it gave.
 *
 * @module
 */

import { PRESETS } from "../core/presets.js";
import { StudioError, codeOf } from "../core/errors.js";
import { wishedAmong } from "../core/microphones.js";

/** @typedef {import("../core/types.js").Granted} Granted */

/**
 * What a person wants of the microphone.
 *
 * @typedef {object} Wishes
 * @property {import("../core/presets.js").Preset} preset
 * @property {string | null} [deviceId]  null: the browser's default one
 * @property {string | null} [label]  its name, if the browser has another id for it
 * @property {number | null} [channels]  null: as the preset has it
 * @property {number | null} [input]  of several, the first being 1: that one alone
 */

/**
 * @typedef {object} Microphone
 * @property {MediaStream} stream
 * @property {MediaStreamTrack} track
 * @property {Granted} granted
 */

const STEREO = 2;

/** @type {Readonly<Record<string, string>>} */
const CODES = Object.freeze({
  NotAllowedError: "MICROPHONE_DENIED",
  SecurityError: "MICROPHONE_DENIED",
  NotFoundError: "MICROPHONE_MISSING",
  OverconstrainedError: "MICROPHONE_MISSING",
  NotReadableError: "MICROPHONE_BUSY",
  AbortError: "MICROPHONE_BUSY",
});

/**
 * What to ask of the browser. One that works on the sound mixes all inputs before:
 * if one is to be heard alone, or two apart, they have to be left as they are.
 *
 * @param {Wishes} wishes
 */
function constraintsFor({ preset, channels, input }) {
  const wanted = input ? Math.max(STEREO, input) : channels;
  const isApart = (wanted ?? 1) >= STEREO;
  return {
    ...PRESETS[isApart ? "unprocessed" : preset],
    ...(wanted ? { channelCount: wanted } : {}),
  };
}

/**
 * Opens the microphone; the browser may ask the person first. If the one that is
 * wished for is not there, the default one takes its place. The caller ends its
 * tracks.
 *
 * @param {Wishes} wishes
 * @returns {Promise<Microphone>}
 */
export async function openMicrophone(wishes) {
  const asked = constraintsFor(wishes);
  const stream = (await getWished(asked, wishes)) ?? (await getStream(asked));
  const [track] = stream.getAudioTracks();
  return { stream, track, granted: grantedBy(track, wishes) };
}

/**
 * The one that is wished for, by its id or else its name; null: it is not there.
 *
 * @param {MediaTrackConstraints} asked
 * @param {Wishes} wishes
 */
async function getWished(asked, { deviceId, label }) {
  if (!deviceId) {
    return null;
  }
  const open = (/** @type {string} */ id) =>
    getStream({ ...asked, deviceId: { exact: id } }).catch(unlessMissing);
  const stream = await open(deviceId);
  const there = stream
    ? null
    : wishedAmong(await listMicrophones(), { deviceId, label });
  return there && there.id !== deviceId ? open(there.id) : stream;
}

/** @param {unknown} error */
function unlessMissing(error) {
  if (codeOf(error, "") !== "MICROPHONE_MISSING") {
    throw error;
  }
  return null;
}

/**
 * Whether the browser gives a microphone; undefined: it does not tell.
 *
 * @returns {Promise<PermissionState | undefined>}
 */
export async function microphonePermission() {
  const name = /** @type {PermissionName} */ ("microphone");
  const status = await navigator.permissions?.query({ name }).catch(() => null);
  return status?.state;
}

/**
 * The microphones there are; their names and ids come with the permission only.
 *
 * @returns {Promise<import("../core/microphones.js").Device[]>} without the browser's
 *     aliases
 */
export async function listMicrophones() {
  const all = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  return all
    .filter(({ kind, deviceId }) => kind === "audioinput" && !isAlias(deviceId))
    .map(({ deviceId, label }) => ({ id: deviceId, label }));
}

/** @param {string} deviceId */
function isAlias(deviceId) {
  return ["default", "communications"].includes(deviceId);
}

/** @param {MediaTrackConstraints} audio */
async function getStream(audio) {
  if (!navigator.mediaDevices) {
    throw new StudioError("UNSUPPORTED");
  }
  try {
    return await navigator.mediaDevices.getUserMedia({ audio });
  } catch (error) {
    const name = error instanceof Error ? error.name : "";
    const code = CODES[name] ?? "MICROPHONE_MISSING";
    throw new StudioError(code, { cause: error });
  }
}

/**
 * @param {MediaStreamTrack} track
 * @param {Wishes} wishes
 * @returns {Granted}
 */
function grantedBy(track, { input }) {
  const given = track.getSettings();
  const { channelCount = 1 } = given;
  const inputs = track.getCapabilities?.().channelCount?.max ?? channelCount;
  return {
    label: track.label,
    deviceId: given.deviceId,
    sampleRate: given.sampleRate,
    channelCount: given.channelCount,
    ...(inputs > STEREO ? { inputs } : {}),
    ...(input && input <= channelCount ? { input } : {}),
    echoCancellation: Boolean(given.echoCancellation),
    noiseSuppression: given.noiseSuppression,
    autoGainControl: given.autoGainControl,
  };
}
