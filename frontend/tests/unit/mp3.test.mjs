import assert from "node:assert/strict";
import test from "node:test";
import { fileName } from "../../assets/js/core/audio-formats.js";
import { ENCODER_DELAY, id3Tags, infoFrame } from "../../assets/js/core/mp3.js";

/** 48 kHz, layer III of MPEG 1. */
const STEREO = Uint8Array.of(0xff, 0xfb, 0xb4, 0x40);
const MONO = Uint8Array.of(0xff, 0xfb, 0x74, 0xc0);

test("the Info frame tells how much is to be heard", () => {
  for (const [first, from] of /** @type {const} */ ([
    [STEREO, 36],
    [MONO, 21],
  ])) {
    const heard = 48_000;
    const count = { frames: 43, bytes: 9000, heard };
    const frame = infoFrame(first, count);
    const view = new DataView(frame.buffer);
    const text = new TextDecoder("latin1").decode(frame);
    assert.equal(text.slice(from, from + 4), "Info");
    assert.equal(view.getUint32(from + 8), 43);
    assert.equal(view.getUint32(from + 12), 9000 + frame.length);
    const lame = from + 120;
    assert.equal(text.slice(lame, lame + 4), "LAME");
    const delays = view.getUint32(lame + 20) & 0xffffff;
    assert.equal(delays >> 12, ENCODER_DELAY);
    assert.equal(delays & 4095, 43 * 1152 - heard - ENCODER_DELAY);
    const later = infoFrame(first, { frames: 0, bytes: 0, heard: 0 });
    assert.equal(later.length, frame.length);
  }
});

test("the Info frame is as long as its own header says", () => {
  const kbits = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128];
  for (const first of [STEREO, MONO]) {
    const frame = infoFrame(first, { frames: 1, bytes: 1, heard: 1 });
    assert.equal(frame[2] & 0x0c, first[2] & 0x0c);
    assert.equal(frame.length, 3 * kbits[frame[2] >> 4]);
  }
});

test("tags say their own length, and the name in UTF-8", () => {
  const date = new Date("2026-05-03T09:15:00Z");
  const bytes = id3Tags({ title: "Größe".repeat(40), date });
  const size = (bytes[8] << 7) | bytes[9];
  assert.equal(bytes.length, 10 + size);
  const text = new TextDecoder().decode(bytes);
  assert.match(text, /^ID3/);
  assert.match(text, /GrößeGröße/);
  assert.match(text, /TDRC.*2026-05-03T09:15:00/s);
});

test("a file has the ending of its kind, once", () => {
  const mimeType = "audio/mpeg";
  assert.equal(fileName({ name: "Lecture 9", mimeType }), "Lecture 9.mp3");
  assert.equal(fileName({ name: "Song.MP3", mimeType }), "Song.MP3");
  const other = { name: "Take", mimeType: "application/octet-stream" };
  assert.equal(fileName(other), "Take");
});
