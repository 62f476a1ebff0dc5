/**
 * The recorder's verbs; a take that is to reach the server is followed there.
 *
 * @param {import("../capture/recorder.js").Recorder} recorder
 * @param {object} studio
 * @param {{follow: (id: string) => void}} studio.uploads
 * @param {{go: (view: string) => void}} studio.router
 */
export function recorderVerbs(recorder, { uploads, router }) {
  /** @param {Parameters<typeof recorder.start>[0]} options */
  async function start(options) {
    await recorder.start(options);
    if (options.wanted === "server" && recorder.take) {
      uploads.follow(recorder.take.id);
    }
  }

  return {
    arm: () => recorder.arm(),
    /** @param {import("./ports.js").SoundWishes} wishes */
    choose: (wishes) => recorder.choose(wishes),
    pause: () => recorder.pause(),
    resume: () => recorder.resume(),
    stop: () => recorder.stop(),
    /** @param {{frame?: number, text?: string}} moment */
    mark: (moment) => recorder.addMarker(moment),
    start,
    /** @param {import("./ports.js").Interrupted} row  which goes on */
    async goOn({ id, name, wanted }) {
      router.go("record");
      if (recorder.state === "off") {
        await recorder.arm();
      }
      await start({ name, wanted: wanted ?? "server", interrupted: id });
    },
  };
}
