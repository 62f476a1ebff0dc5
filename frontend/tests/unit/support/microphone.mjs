import { installGlobals } from "./globals.mjs";

/**
 * Puts a microphone and an audio system in the place of the browser's.
 *
 * @param {import("node:test").TestContext} t
 */
export function installMicrophone(t) {
  /** @type {Track[]} */
  const tracks = [];
  /** @type {Port[]} */
  const ports = [];
  /** @type {AudioContext[]} */
  const contexts = [];
  const control = {
    isThere: true,
    /** Ids of others that are there, too. */
    others: /** @type {string[]} */ ([]),
    /** Ids of those that cannot be had. */
    broken: /** @type {string[]} */ ([]),
    asked: 0,
    /** Frames that the audio thread tells of at a pause or a stop. */
    frames: /** @type {number | null} null: it does not answer */ (0),
    /** Those of the pre-roll. */
    framesBefore: 0,
    get track() {
      return /** @type {Track} */ (tracks.at(-1));
    },
    /** @param {number} peak of the next level */
    hear(peak) {
      ports.at(-1)?.level(peak);
    },
    /** @param {string[]} others  that are there from now on */
    plug(...others) {
      control.others = others;
      mediaDevices.dispatchEvent(new Event("devicechange"));
    },
    /** The microphone that is open goes. */
    unplug() {
      control.isThere = false;
      control.track.readyState = "ended";
      control.track.dispatchEvent(new Event("ended"));
    },
    /** The audio system that is open says and answers nothing any more. */
    die() {
      const context = /** @type {AudioContext} */ (contexts.at(-1));
      ports.forEach((port) => (port.onmessage = null));
      context.state = "interrupted";
      context.dispatchEvent(new Event("statechange"));
    },
  };

  class Track extends EventTarget {
    label = "Desk";
    readyState = "live";

    /** @param {string} id */
    constructor(id) {
      super();
      this.getSettings = () => ({ deviceId: id, channelCount: 1 });
    }

    stop() {
      this.readyState = "ended";
    }
  }

  class Port {
    /** @type {((message: {data: object}) => void) | null} */
    onmessage = null;

    /** @param {object} data */
    #tell(data) {
      setImmediate(() => this.onmessage?.({ data }));
    }

    /** @param {number} peak */
    level(peak) {
      const clipped = peak >= 1;
      this.#tell({ type: "level", peak, rms: peak, stored: peak, clipped });
    }

    /** @param {{type: string}} command */
    postMessage({ type }) {
      const answers = {
        start: "started",
        pause: "paused",
        resume: "resumed",
        stop: "stopped",
      };
      const answer = Reflect.get(answers, type);
      const frames = type === "start" ? control.framesBefore : control.frames;
      if (answer) {
        this.#tell({ type: answer, frames });
      }
    }
  }

  class Node {
    gain = { setTargetAtTime() {} };
    frequencyBinCount = 8;
    /** @param {object} to */
    connect = (to) => to;
    disconnect() {}
  }

  class AudioWorkletNode extends Node {
    port = new Port();

    constructor() {
      super();
      ports.push(this.port);
      this.port.level(0.1);
    }
  }

  class AudioContext extends EventTarget {
    sampleRate = 48_000;
    state = "running";
    currentTime = 0;
    audioWorklet = { addModule: async () => undefined };
    createMediaStreamSource = () => new Node();
    resume = async () => undefined;

    constructor() {
      super();
      contexts.push(this);
    }

    async close() {
      this.state = "closed";
    }
  }

  const plugged = () => [
    ...(control.isThere ? ["desk"] : []),
    ...control.others,
  ];

  /** @param {{audio: {deviceId?: {exact: string}}}} constraints */
  async function getUserMedia({ audio: { deviceId } }) {
    control.asked += 1;
    const id = plugged().find((each) =>
      deviceId
        ? each === deviceId.exact && !control.broken.includes(each)
        : true,
    );
    if (!id) {
      throw Object.assign(new Error("none"), { name: "NotFoundError" });
    }
    const track = new Track(id);
    tracks.push(track);
    return { getAudioTracks: () => [track] };
  }

  const enumerateDevices = async () =>
    plugged().map((deviceId) => ({ kind: "audioinput", deviceId, label: "" }));
  const mediaDevices = Object.assign(new EventTarget(), {
    getUserMedia,
    enumerateDevices,
  });
  const page = Object.assign(new EventTarget(), { visibilityState: "hidden" });
  const globals = {
    AudioContext,
    AudioWorkletNode,
    GainNode: Node,
    BiquadFilterNode: Node,
    AnalyserNode: Node,
    document: page,
    navigator: { mediaDevices },
  };
  installGlobals(t, globals);
  return control;
}
