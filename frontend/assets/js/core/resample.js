/**
 * Changes the rate of audio that comes in pieces: a windowed-sinc filter with
 * one set of taps per phase (J. O. Smith, "Digital Audio Resampling"). Exact in
 * count: output frame k lies at input time k * from / to, and `n` input frames
 * give ceil(n * to / from). It can begin in the middle of a stream and then
 * gives the frames an unbroken one would have given there.
 */

const HALF_TAPS = 64;
const PASS = 0.955;
const KAISER_BETA = 9;

/**
 * @param {object} options
 * @param {number} options.from  rate of the input
 * @param {number} options.to  rate of the output
 * @param {number} options.channels
 * @param {number} [options.start]  the output frame to begin with
 */
export function createResampler({ from, to, channels, start = 0 }) {
  const divisor = gcd(from, to);
  const [up, down] = [to / divisor, from / divisor];
  const half = up === down ? 1 : Math.ceil(HALF_TAPS * Math.max(1, down / up));
  const taps = up === down ? identityTaps() : filterTaps(up, down, half);
  const firstInput = Math.max(0, Math.floor((start * down) / up) - half + 1);
  let next = start;
  let heldFrom = Math.min(0, firstInput - half);
  let held = Array.from(
    { length: channels },
    () => new Float32Array(firstInput - heldFrom),
  );
  let inputEnd = firstInput;

  /** @param {number} most  output frames before this one */
  function drain(most) {
    const count = Math.max(0, most - next);
    const made = held.map((samples) =>
      convolve({ samples, heldFrom, taps, half, up, down, next, count }),
    );
    next += count;
    const needed = Math.floor((next * down) / up) - half + 1;
    const spare = Math.max(0, Math.min(needed - heldFrom, held[0].length));
    held = held.map((samples) => samples.slice(spare));
    heldFrom += spare;
    return made;
  }

  return {
    /** The input frame that has to be pushed first. */
    firstInput,

    /**
     * @param {Float32Array[]} input  one array per channel
     * @returns {Float32Array[]} as much output as is certain by now
     */
    push(input) {
      held = held.map((samples, i) => joined(samples, input[i]));
      inputEnd += input[0].length;
      return drain(Math.ceil(((inputEnd - half) * up) / down));
    },

    /** The rest, as if silence followed. */
    flush() {
      const silence = new Float32Array(half + 1);
      held = held.map((samples) => joined(samples, silence));
      return drain(Math.ceil((inputEnd * up) / down));
    },
  };
}

/**
 * @param {object} work
 * @param {Float32Array} work.samples  input, from frame `heldFrom`
 * @param {number} work.heldFrom
 * @param {Float32Array[]} work.taps
 * @param {number} work.half
 * @param {number} work.up
 * @param {number} work.down
 * @param {number} work.next  output frame to begin with
 * @param {number} work.count
 */
function convolve({ samples, heldFrom, taps, half, up, down, next, count }) {
  const made = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const time = (next + i) * down;
    const phase = taps[time % up];
    const at = Math.floor(time / up) - half + 1 - heldFrom;
    let sum = 0;
    for (let tap = 0; tap < phase.length; tap++) {
      sum += phase[tap] * samples[at + tap];
    }
    made[i] = sum;
  }
  return made;
}

/** Taps that change nothing: the frame itself, not the one after. */
function identityTaps() {
  return [Float32Array.of(1, 0)];
}

/**
 * @param {number} up
 * @param {number} down
 * @param {number} half
 */
function filterTaps(up, down, half) {
  const cutoff = PASS * Math.min(1, up / down);
  return Array.from({ length: up }, (_, phase) => {
    const taps = Float64Array.from({ length: 2 * half }, (_, tap) => {
      const distance = tap - half + 1 - phase / up;
      return sinc(distance * cutoff) * kaiser(distance / half);
    });
    const sum = taps.reduce((total, tap) => total + tap, 0);
    return Float32Array.from(taps, (tap) => tap / sum);
  });
}

/** @param {number} x */
function sinc(x) {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** @param {number} x  -1 to 1 */
function kaiser(x) {
  const inside = 1 - x * x;
  return inside <= 0 ? 0 : bessel0(KAISER_BETA * Math.sqrt(inside));
}

/**
 * The modified Bessel function of order 0, by its series.
 *
 * @param {number} x
 */
function bessel0(x) {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

/**
 * @param {Float32Array} first
 * @param {Float32Array} second
 */
function joined(first, second) {
  const all = new Float32Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}

/**
 * @param {number} a
 * @param {number} b
 * @returns {number}
 */
function gcd(a, b) {
  return b === 0 ? a : gcd(b, a % b);
}
