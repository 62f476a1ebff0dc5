/**
 * The page's end of the capture worklet.
 *
 * @module
 */

/** @typedef {{peakDb: number, rmsDb: number, storedDb: number, clipped: boolean}} Level
 *   after gain and equaliser; storedDb: the peak of what a take gets */

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
      const { peak, rms, stored, clipped } = data;
      return onLevel({
        peakDb: decibels(peak),
        rmsDb: decibels(rms),
        storedDb: decibels(stored),
        clipped,
      });
    }
    awaited.get(data.type)?.(data.frames);
  };

  /**
   * @param {{type: "pause" | "resume" | "stop"} | {type: "start", port: MessagePort, frame?: number, isPaused?: boolean}} message
   * @param {string} answer
   * @param {Transferable[]} [transfer]
   * @returns {Promise<number | null>} the take's frames then; null: no answer
   */
  function command(message, answer, transfer = []) {
    return new Promise((resolve) => {
      awaited.set(answer, resolve);
      setTimeout(() => resolve(null), ANSWER_MS);
      port.postMessage(message, transfer);
    });
  }

  return {
    /**
     * Where the blocks of a take come, and the frames of its pre-roll.
     *
     * @param {{frame?: number, isPaused?: boolean}} [place]  of a take that goes on
     */
    start(place = {}) {
      const { port1, port2 } = new MessageChannel();
      const type = /** @type {const} */ ("start");
      const message = { type, port: port1, ...place };
      return { port: port2, before: command(message, "started", [port1]) };
    },

    /** @param {number} frames  before the start that belong to a take */
    keepBefore: (frames) => port.postMessage({ type: "pre-roll", frames }),

    /** @param {boolean} isOn  whether a take gets what gain and equaliser make */
    print: (isOn) => port.postMessage({ type: "print", isOn }),

    /** @param {number} frames  that were not heard before now */
    lose: (frames) => port.postMessage({ type: "lost", frames }),
    pause: () => command({ type: "pause" }, "paused"),
    resume: () => command({ type: "resume" }, "resumed"),

    /** The last block is on its way when this resolves. */
    stop: () => command({ type: "stop" }, "stopped"),
  };
}

/** @param {number} amplitude  1 is full scale */
function decibels(amplitude) {
  return Math.max(FLOOR_DB, 20 * Math.log10(amplitude));
}
