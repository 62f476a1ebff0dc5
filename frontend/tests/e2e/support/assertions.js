/** What stories claim about a take that is on the server. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { waitFor } from "./processes.js";
import { decode, probe, sha256 } from "./audio.js";
import { readGiven } from "./given.js";
import {
  LOOK_RATE,
  faultSeconds,
  findDifferences,
  findGaps,
} from "./stairs.js";

/** More is no matter of load. */
const MOST_LOST_SECONDS = 1;

/**
 * @typedef {object} Kept
 * @property {string} file on the server's disk
 * @property {import("./server.js").StoredRecording} entry in metadata.json
 */

/**
 * Asserts that the server has exactly this take, everywhere it should stand:
 * file, metadata.json and list, with the device's bytes.
 *
 * @param {import("./server.js").Server} server
 * @param {{deviceDigest: (id: string) => Promise<string>}} studio
 * @param {string} name
 * @returns {Promise<Kept>}
 */
export async function assertKept(server, studio, name) {
  const [entry, ...others] = await waitFor(
    "the name to stand in metadata.json",
    async () => {
      const entries = await server.metadata();
      return entries[0]?.name === name && entries;
    },
  );
  assert.deepEqual(others, []);
  assert.deepEqual(await server.files(), [entry.filename]);
  const file = path.join(server.store, entry.filename);
  assert.equal(await sha256(file), entry.sha256);
  assert.equal(await studio.deviceDigest(entry.id), entry.sha256);

  const listed = await (await server.fetch("recordings")).json();
  assert.deepEqual(listed.recordings, [entry]);
  const audio = await server.fetch(`recording/${entry.id}/audio`);
  const bytes = Buffer.from(await audio.arrayBuffer());
  assert.ok(bytes.equals(await readFile(file)));
  return { file, entry };
}

/**
 * Asserts that a file is Opus in WebM of that length, and seeks.
 *
 * @param {string} file
 * @param {number} seconds
 * @param {number} [tolerance]
 */
export async function assertAudio(file, seconds, tolerance = 0.3) {
  const { format, codec, duration } = await probe(file);
  assert.deepEqual([format, codec], ["matroska,webm", "opus"]);
  const isNear = Math.abs(duration - seconds) <= tolerance;
  assert.ok(isNear, `${duration} s, not ${seconds} s`);
  const last = await decode(file, { from: duration - 1, rate: 48_000 });
  assert.ok(Math.abs(last.length / 48_000 - 1) < 0.05);
}

/**
 * Asserts that a staircase is in the file as the microphone gave it: a loaded
 * machine makes Chromium itself lose input, or give it twice, now and then.
 *
 * @param {import("./studio.js").Studio} studio that has the take's PCM
 * @param {string} id
 * @param {string} file
 * @param {number} [pausedAt] seconds at which the take rested
 */
export async function assertUnbroken(studio, id, file, pausedAt) {
  const wish = { id, rate: LOOK_RATE };
  const given = await studio.page.evaluate(readGiven, wish);
  const heard = Float32Array.from(given.pcm);
  assert.deepEqual(findDifferences(await decode(file), heard), []);
  const lost = findGaps(heard)
    .filter(({ at }) => pausedAt === undefined || Math.abs(at - pausedAt) > 0.5)
    .reduce((sum, fault) => sum + faultSeconds(fault), given.silentSeconds);
  assert.ok(lost < MOST_LOST_SECONDS, `${lost} s were not heard`);
}
