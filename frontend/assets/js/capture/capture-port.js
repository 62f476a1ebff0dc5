/**
 * The page's end of the capture worklet.
 *
 * @module
 */

/** @typedef {{peakDb: number, rmsDb: number, clipped: boolean}} Level */

/** How long the audio thread may take to answer before it counts as dead. */
const ANSWER_MS = 1000;

/** The least level told: 24 bits reach down to -138 dB, so this is digital zero. */
export const FLOOR_DB = -144;

/**
 * @param {MessagePort} port  of the worklet node
 * @param {(level: Level) => void} onLevel
 */
export function connectCapture(port, onLevel) {
  /** @type {Map<string, (frames: number) => void>} */
  const awaited = new Map();

  port.onmessage = ({ data }) => {
    if (data.type === "level") {
      const { peak, rms, clipped } = data;
      return onLevel({ peakDb: decibels(peak), rmsDb: decibels(rms), clipped });
    }
    awaited.get(data.type)?.(data.frames);
  };

  /**
   * @param {"pause" | "resume" | "stop"} type
   * @param {string} answer
   * @returns {Promise<number | null>} the take's frames then; null: no answer
   */
  function command(type, answer) {
    return new Promise((resolve) => {
      awaited.set(answer, resolve);
      setTimeout(() => resolve(null), ANSWER_MS);
      port.postMessage({ type });
    });
  }

  return {
    /** @returns {MessagePort} where the blocks of a new take come */
    start() {
      const { port1, port2 } = new MessageChannel();
      port.postMessage({ type: "start", port: port1 }, [port1]);
      return port2;
    },
    pause: () => command("pause", "paused"),
    resume: () => command("resume", "resumed"),

    /** The last block is on its way when this resolves. */
    stop: () => command("stop", "stopped"),
  };
}

/** @param {number} amplitude  1 is full scale */
function decibels(amplitude) {
  return Math.max(FLOOR_DB, 20 * Math.log10(amplitude));
}
