/**
 * The media worker: reads and makes other formats. One job each, then it ends.
 *
 *     page -> worker   {job: "convert", from, to, format, tags}
 *                      {job: "import", file, to}
 *                      {job: "formats"}
 *                      {cancel: true}
 *     worker -> page   {progress}  0 to 1, a few times a second
 *                      {result} or {code, cause}
 *
 * @module
 */
import { registerFlacEncoder } from "../../vendor/mediabunny-flac-encoder-1.58.1/index.js";
import { registerMp3Encoder } from "../../vendor/mediabunny-mp3-encoder-1.61.0/index.js";
import { MIME_TYPES } from "../core/audio-formats.js";
import { openDatabase } from "../library/database.js";
import { AUDIO_NAME, createSpoolFiles } from "../spool/files.js";
import { convert } from "./convert.js";
import { canMakeM4a } from "./encode.js";
import { farFile } from "./far-file.js";
import { faultOf } from "./fault.js";
import { takeIn } from "./intake.js";

/** @typedef {import("./client.js").Job} Job */

/** @type {DedicatedWorkerGlobalScope} */
const scope = /** @type {any} */ (self);
const end = new AbortController();
const PROGRESS_MS = 200;
let toldAt = 0;

/** @param {number} progress */
function onProgress(progress) {
  if (performance.now() - toldAt > PROGRESS_MS) {
    toldAt = performance.now();
    scope.postMessage({ progress });
  }
}

/** @param {Extract<Job, {job: "convert"}>} job */
async function makeFile({ from, to, format, tags }) {
  const { signal } = end;
  const database = await openDatabase();
  const source =
    "url" in from
      ? farFile(from.url, from.sizeBytes, signal)
      : await database.files.stored(from.id);
  registerFlacEncoder();
  registerMp3Encoder();
  const file = await createSpoolFiles(database).open(to, AUDIO_NAME);
  try {
    const job = { from: source, to: file, format, tags, onProgress, signal };
    await convert(job);
    return { sizeBytes: file.size, mimeType: MIME_TYPES[format] };
  } finally {
    file.close();
  }
}

/** @param {Extract<Job, {job: "import"}>} job */
async function importFile({ file, to }) {
  const database = await openDatabase();
  const taken = await createSpoolFiles(database).open(to, AUDIO_NAME);
  try {
    const { size } = file;
    /** @param {number} from @param {number} until */
    const read = (from, until) => file.slice(from, until).arrayBuffer();
    const watch = { onProgress, signal: end.signal };
    return await takeIn({ size, read }, taken, watch);
  } finally {
    taken.close();
  }
}

/** @param {Job} job */
async function work(job) {
  switch (job.job) {
    case "convert":
      return makeFile(job);
    case "import":
      return importFile(job);
    case "formats":
      return { hasM4a: await canMakeM4a() };
  }
}

/** @param {Job} job */
async function answer(job) {
  try {
    scope.postMessage({ result: await work(job) });
  } catch (error) {
    const cause = error instanceof Error ? error.stack : String(error);
    scope.postMessage({ code: faultOf(job, error), cause });
  }
}

scope.onmessage = ({ data }) => (data.cancel ? end.abort() : void answer(data));
