/** A microphone that is many times faster than time, and a spool that is watched. */

/**
 * What the page knows of its take.
 *
 * @typedef {object} Bench
 * @property {number} seconds  that the spool has
 * @property {number} gaps
 * @property {string[]} faults
 */

/** What the page's title begins with, where it tells of its take. */
export const TOLD = "bench ";

/**
 * Runs in the page before its own scripts. A take's port goes to a worker that
 * fills it with sound, never more than `ahead` seconds ahead of the encoder; the
 * worklet goes on without it. If that is 0 the take is heard as ever. What the spool tells stands in the page's title each
 * second, where it can be read without a debugger.
 *
 * @param {number} ahead
 */
export function hurry(ahead) {
  /** @type {any} */
  const scope = globalThis;
  /** @type {Bench} */
  const bench = { seconds: 0, gaps: 0, faults: [] };
  setInterval(() => {
    const text = JSON.stringify(bench);
    document.title = `bench ${encodeURIComponent(text)}`;
  }, 1000);

  if (ahead > 0) {
    feedInstead();
  }

  scope.Worker = class extends Worker {
    /** @param {string | URL} url @param {WorkerOptions} options */
    constructor(url, options) {
      const isSpool = options?.name === "spool";
      const own = () => scriptOf(`import "${url}"; (${countPackets})()`);
      super(isSpool && ahead > 0 ? own() : url, options);
      if (isSpool) {
        this.addEventListener("message", ({ data }) => note(data));
      }
    }
  };

  function feedInstead() {
    const context = new AudioContext();
    const { sampleRate } = context;
    void context.close();
    const code = `(${feed})(${ahead}, ${sampleRate})`;
    const feeder = new Worker(scriptOf(code), { name: "feeder" });
    const post = MessagePort.prototype.postMessage;
    MessagePort.prototype.postMessage = function (
      /** @type {any} */ message,
      /** @type {any} */ transfer,
    ) {
      if (message?.type === "start" && message.port) {
        const { port, ...rest } = message;
        feeder.postMessage({ port }, [port]);
        return post.call(this, rest);
      }
      if (message?.type === "stop") {
        feeder.postMessage({ port: null });
      }
      return post.call(this, message, transfer);
    };
  }

  /** @param {{event?: string, detail: any}} message */
  function note({ event, detail }) {
    if (event === "progress") {
      bench.seconds = detail.frames / detail.rate;
      bench.gaps = detail.gaps;
    } else if (event === "fault") {
      bench.faults.push(detail.code);
    }
  }

  /** @param {string} text */
  function scriptOf(text) {
    const type = "text/javascript";
    return URL.createObjectURL(new Blob([text], { type }));
  }

  /** Runs in the spool worker: tells the feeder each second that is encoded. */
  function countPackets() {
    const channel = new BroadcastChannel("bench");
    const { encode } = AudioEncoder.prototype;
    let fed = 0;
    let told = 0;
    AudioEncoder.prototype.encode = function (data) {
      fed++;
      encode.call(this, data);
      this.ondequeue ??= () => {
        const seconds = Math.floor((fed - this.encodeQueueSize) / 50);
        if (seconds > told) {
          told = seconds;
          channel.postMessage(seconds);
        }
      };
    };
  }

  /**
   * Runs in a worker of its own: sends noise.
   *
   * @param {number} most  seconds ahead
   * @param {number} rate
   */
  function feed(most, rate) {
    const length = rate / 10;
    const noise = Float32Array.from(
      { length: 100 * length },
      () => Math.random() - 0.5,
    );
    /** @type {MessagePort | null} */
    let spool = null;
    let first = 0;
    let encoded = 0;

    function sendBlock() {
      const from = Math.floor(Math.random() * (noise.length - length));
      const samples = noise.slice(from, from + length);
      const block = { type: "block", first, channels: [samples] };
      spool?.postMessage(block, [samples.buffer]);
      first += length;
    }

    function send() {
      while (spool && first < (encoded + most) * rate) {
        sendBlock();
      }
    }

    new BroadcastChannel("bench").onmessage = ({ data }) => {
      encoded = data;
      send();
    };
    onmessage = ({ data }) => {
      if (data.port === null) {
        spool?.postMessage({ type: "end", frames: first });
      }
      spool = data.port;
      send();
    };
  }
}
