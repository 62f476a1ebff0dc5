/**
 * A recording in another format.
 *
 * @module
 */
import { createEncoder } from "./encode.js";
import { openAudio, samplesOf } from "./read.js";

/**
 * Reads, encodes and writes a little at a time.
 *
 * @param {object} job
 * @param {import("./read.js").StoredFile} job.from
 * @param {import("./sink.js").OpenFile} job.to empty
 * @param {import("../core/audio-formats.js").AudioFormat} job.format
 * @param {import("./encode.js").Tags} job.tags
 * @param {(fraction: number) => void} job.onProgress
 * @param {AbortSignal} job.signal
 */
export async function convert({ from, to, format, tags, onProgress, signal }) {
  const sound = await openAudio(from);
  const encoder = await createEncoder(format, to, { sound, tags });
  for await (const sample of samplesOf(sound)) {
    signal.throwIfAborted();
    onProgress(Math.min(1, sample.timestamp / sound.seconds));
    await encoder.add(sample);
    sample.close();
  }
  await encoder.finish();
  await to.flush();
}
