import assert from "node:assert/strict";
import test from "node:test";
import { concat } from "../../assets/js/core/ebml.js";
import { framesOfPacket, opusHead } from "../../assets/js/core/opus.js";
import { paddingAtEnd } from "../../assets/js/core/webm-end.js";
import { createWebmWriter } from "../../assets/js/core/webm.js";

/**
 * @param {number} packets
 * @param {number} frames
 * @returns {Uint8Array} what is behind the header
 */
function makeTail(packets, frames) {
  const track = { codecPrivate: opusHead(1, 312), channels: 1 };
  const writer = createWebmWriter(track);
  const parts = [];
  for (let i = 0; i < packets; i += 1) {
    // Bytes that look like a cluster, as those of a packet may.
    const packet = Uint8Array.of(0x1f, 0x43, 0xb6, 0x75, 0x84, i, 1, 2, 3);
    parts.push(writer.add(packet) ?? new Uint8Array(0));
  }
  return concat([...parts, writer.finish(frames).tail]);
}

test("the padding of the last packet is found behind its cluster", () => {
  const packets = 120;
  const spare = 417;
  const tail = makeTail(packets, packets * 960 - 312 - spare);
  assert.equal(Math.round((paddingAtEnd(tail) * 48) / 1e6), spare);
  assert.equal(paddingAtEnd(makeTail(packets, packets * 960 - 312)), 0);
  assert.equal(paddingAtEnd(new Uint8Array(100)), 0);
});

test("a packet of Opus says what it plays", () => {
  const cases = /** @type {const} */ ([
    [[0b00001_0_00], 960],
    [[0b01100_0_00], 480],
    [[0b11111_0_01], 1920],
    [[0b11101_0_11, 3], 720],
  ]);
  for (const [packet, frames] of cases) {
    assert.equal(framesOfPacket(Uint8Array.from(packet)), frames);
  }
});
