/** PCM as it is stored: integers of 24 bits, little endian, interleaved. */

export const SAMPLE_BYTES = 3;
export const FULL_SCALE = 1 << 23;

/**
 * @param {Uint8Array} bytes  where they go
 * @param {number} from  byte of the first
 * @param {Float32Array[]} channels  all of one length
 */
export function putSamples(bytes, from, channels) {
  const stride = channels.length * SAMPLE_BYTES;
  channels.forEach((samples, channel) => {
    let at = from + channel * SAMPLE_BYTES;
    for (let i = 0; i < samples.length; i++) {
      const scaled = Math.round(samples[i] * FULL_SCALE);
      const value = Math.max(-FULL_SCALE, Math.min(FULL_SCALE - 1, scaled));
      bytes[at] = value;
      bytes[at + 1] = value >> 8;
      bytes[at + 2] = value >> 16;
      at += stride;
    }
  });
}
