/**
 * Cuts audio that comes in pieces of any size into planar pieces of one size.
 *
 * @param {number} channels
 * @param {number} frames  of each piece that comes out
 */
export function createGrid(channels, frames) {
  let piece = new Float32Array(channels * frames);
  let filled = 0;
  return {
    /**
     * @param {Float32Array[]} input  one array per channel
     * @returns {Float32Array<ArrayBuffer>[]} whole pieces, channel after channel
     */
    push(input) {
      const made = [];
      for (let taken = 0; taken < input[0].length;) {
        const count = Math.min(frames - filled, input[0].length - taken);
        input.forEach((samples, channel) => {
          const part = samples.subarray(taken, taken + count);
          piece.set(part, channel * frames + filled);
        });
        taken += count;
        filled += count;
        if (filled === frames) {
          made.push(piece);
          piece = new Float32Array(channels * frames);
          filled = 0;
        }
      }
      return made;
    },
  };
}
