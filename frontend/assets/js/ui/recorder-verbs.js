/**
 * The recorder's verbs; a take that is to reach the server is followed there.
 *
 * @param {import("../capture/recorder.js").Recorder} recorder
 * @param {{uploads: {follow: (id: string) => void}, preferences: import("./ports.js").Preferences}} studio
 */
export function recorderVerbs(recorder, { uploads, preferences }) {
  return {
    arm: () => recorder.arm(),
    /** @param {import("./ports.js").SoundWishes} wishes */
    async choose(wishes) {
      await preferences.set("sound", wishes);
      await recorder.choose(wishes);
    },
    pause: () => recorder.pause(),
    resume: () => recorder.resume(),
    stop: () => recorder.stop(),
    /** @param {{frame?: number, text?: string}} moment */
    mark: (moment) => recorder.addMarker(moment),
    /** @param {{name: string, wanted: import("./ports.js").Destination}} options */
    async start(options) {
      await recorder.start(options);
      if (options.wanted === "server" && recorder.take) {
        uploads.follow(recorder.take.id);
      }
    },
  };
}
