/** Runs in a page: plays audio and listens to what sounds. */

/**
 * @typedef {object} Heard
 * @property {number} duration what the player says
 * @property {{asked: number, at: number, hz: number}[]} seeks where it was told
 *   to go, where it was when we listened, and the tone it played there
 * @property {number} endedAt position when it ended by itself
 * @property {number} decodedSeconds length of the whole file decoded
 */

/**
 * Seeks to each position, listens to a moment there, and plays the last second
 * to its end.
 *
 * @param {{url: string, positions: number[]}} task
 * @returns {Promise<Heard>}
 */
export async function listenTo({ url, positions }) {
  const context = new AudioContext();
  await context.resume();
  const analyser = new AnalyserNode(context, {
    fftSize: 4096,
    smoothingTimeConstant: 0,
  });
  const audio = new Audio();
  /** @param {string} name */
  const once = (name) =>
    new Promise((resolve, reject) => {
      audio.addEventListener(name, resolve, { once: true });
      audio.addEventListener("error", () => reject(audio.error), {
        once: true,
      });
    });
  context.createMediaElementSource(audio).connect(analyser);
  analyser.connect(context.destination);
  const loaded = once("loadedmetadata");
  audio.src = url;
  await loaded;
  // Chromium corrects it to whole packets once it has played to the end.
  const { duration } = audio;

  /** @returns {number} the loudest tone in Hz */
  function loudest() {
    const bins = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(bins);
    const peak = bins.indexOf(Math.max(...bins));
    return (peak * context.sampleRate) / analyser.fftSize;
  }

  const seeks = [];
  for (const asked of positions) {
    const seeked = once("seeked");
    audio.currentTime = asked;
    await seeked;
    await audio.play();
    while (audio.currentTime < asked + 0.4) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    seeks.push({ asked, at: audio.currentTime, hz: loudest() });
    audio.pause();
  }
  const ended = once("ended");
  audio.currentTime = duration - 1;
  await audio.play();
  await ended;
  const bytes = await (await fetch(url)).arrayBuffer();
  const decoded = await context.decodeAudioData(bytes);
  return {
    duration,
    seeks,
    endedAt: audio.currentTime,
    decodedSeconds: decoded.length / decoded.sampleRate,
  };
}
