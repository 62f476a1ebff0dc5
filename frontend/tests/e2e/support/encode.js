/**
 * Runs in a page: makes a live WebM of a staircase (wav.js) with the studio's own
 * writer and the browser's encoder. Serialised into the page, so each function
 * stands alone.
 */

/**
 * @typedef {object} Take
 * @property {string[]} chunks base64: the provisional header, then clusters
 * @property {string} tail base64: the rest with the Cues
 * @property {string} header base64: the final header
 * @property {number} seconds
 *
 * @typedef {object} Wish
 * @property {number} seconds
 * @property {number} [cutAt] seconds after which the writer dies in the middle of
 *   a cluster; another one goes on from what is whole
 */

/**
 * @param {Wish} wish
 * @returns {Promise<Take>}
 */
export async function encodeTake({ seconds, cutAt }) {
  const RATE = 48_000;
  const PACKET = 960;
  const SETTLING_PACKETS = 50;
  /** @param {string} name @returns {Promise<any>} */
  const load = (name) =>
    import(new URL(`assets/js/core/${name}`, document.baseURI).href);
  const { createWebmWriter } = await load("webm.js");
  const { scanWebm } = await load("webm-scan.js");
  const { preSkipOf } = await load("opus.js");

  const signal = new Float32Array(Math.round(seconds * RATE));
  for (let i = 0, phase = 0; i < signal.length; i++) {
    signal[i] = 0.4 * Math.sin(phase);
    const stair = Math.floor(i / (RATE / 10)) % 32;
    phase += (2 * Math.PI * (400 + 50 * stair)) / RATE;
  }

  /**
   * @param {number} from frame
   * @returns {Promise<{packets: Uint8Array[], codecPrivate: Uint8Array}>}
   */
  async function encode(from) {
    /** @type {Uint8Array[]} */
    const packets = [];
    let codecPrivate = new Uint8Array();
    const encoder = new AudioEncoder({
      output(chunk, metadata) {
        const packet = new Uint8Array(chunk.byteLength);
        chunk.copyTo(packet);
        packets.push(packet);
        const description = metadata?.decoderConfig?.description;
        if (description) {
          codecPrivate = new Uint8Array(/** @type {any} */ (description));
        }
      },
      error: (error) => console.error(error),
    });
    encoder.configure({
      codec: "opus",
      sampleRate: RATE,
      numberOfChannels: 1,
      bitrate: 48_000,
    });
    for (let at = from; at < signal.length + 4 * PACKET; at += PACKET) {
      const data = new Float32Array(PACKET);
      data.set(signal.subarray(at, at + PACKET));
      const audio = new AudioData({
        format: "f32-planar",
        sampleRate: RATE,
        numberOfFrames: PACKET,
        numberOfChannels: 1,
        timestamp: Math.round((at / RATE) * 1e6),
        data,
      });
      encoder.encode(audio);
      audio.close();
    }
    await encoder.flush();
    encoder.close();
    return { packets, codecPrivate };
  }

  /** @param {Uint8Array[]} parts @returns {Uint8Array} */
  const join = (parts) =>
    new Uint8Array(parts.flatMap((part) => Array.from(part)));
  /** @param {Uint8Array} bytes */
  const base64 = (bytes) =>
    btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));

  const first = await encode(0);
  const track = { codecPrivate: first.codecPrivate, channels: 1 };
  const total = Math.ceil(
    (signal.length + preSkipOf(first.codecPrivate)) / PACKET,
  );
  let writer = createWebmWriter(track);
  const chunks = [writer.header()];
  const cutPacket = cutAt === undefined ? total : (cutAt * RATE) / PACKET;
  for (const packet of first.packets.slice(0, Math.min(cutPacket, total))) {
    chunks.push(writer.add(packet) ?? new Uint8Array());
  }
  if (cutAt !== undefined) {
    const file = join([...chunks, new Uint8Array(700).fill(0x1f)]);
    const state = await scanWebm({
      size: file.length,
      read: (/** @type {number} */ from, /** @type {number} */ length) =>
        file.slice(from, from + length),
    });
    writer = createWebmWriter(state.track, state);
    const restart = state.packets - SETTLING_PACKETS;
    const second = await encode(restart * PACKET);
    const rest = second.packets.slice(SETTLING_PACKETS, total - restart);
    for (const packet of rest) {
      chunks.push(writer.add(packet) ?? new Uint8Array());
    }
  }
  const { tail, header } = writer.finish(signal.length);
  return {
    chunks: chunks.filter((chunk) => chunk.length > 0).map(base64),
    tail: base64(tail),
    header: base64(header),
    seconds,
  };
}
