// Makes recorder.webm, a take as the frontend's own writer finishes it, and
// recorder-live.webm, the same take as far as it was sent when its page died:
// the provisional header and all clusters, no Cues. Packets are by ffmpeg.
//
//     node make-recorder.mjs
//
// The files are committed; run it when the writer's layout changes.

import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createWebmWriter } from "../../../frontend/assets/js/core/webm.js";
import { packetsFor, preSkipOf } from "../../../frontend/assets/js/core/opus.js";

const FRAMES = 11.3 * 48000;

/** The packets of a single stream of Ogg (RFC 3533, section 6). */
function* packetsOf(/** @type {Buffer} */ ogg) {
  let packet = [];
  for (let at = 0; at < ogg.length; ) {
    const lacing = ogg.subarray(at + 27, at + 27 + ogg[at + 26]);
    let from = at + 27 + lacing.length;
    for (const length of lacing) {
      packet.push(ogg.subarray(from, from + length));
      from += length;
      if (length < 255) {
        yield new Uint8Array(Buffer.concat(packet));
        packet = [];
      }
    }
    at = from;
  }
}

const ogg = execFileSync(
  "ffmpeg",
  `-hide_banner -loglevel error -f lavfi -i sine=frequency=440:sample_rate=48000:duration=12
   -fflags +bitexact -flags:a +bitexact -c:a libopus -b:a 6k -application lowdelay -f ogg pipe:1`.split(
    /\s+/,
  ),
);
const [codecPrivate, , ...all] = packetsOf(ogg);
const packets = all.slice(0, packetsFor(FRAMES, preSkipOf(codecPrivate)));

const writer = createWebmWriter({ channels: 1, codecPrivate });
const clusters = packets.map((packet) => writer.add(packet)).filter(Boolean);
const sent = Buffer.concat([writer.header(), ...clusters]);
const { tail, header } = writer.finish(FRAMES);
const finished = Buffer.concat([sent, tail]);
finished.set(header);
const cuesAt = finished.lastIndexOf(Buffer.from([0x1c, 0x53, 0xbb, 0x6b]));
const live = Buffer.concat([sent, tail]).subarray(0, cuesAt);

writeFileSync(new URL("recorder.webm", import.meta.url), finished);
writeFileSync(new URL("recorder-live.webm", import.meta.url), live);
