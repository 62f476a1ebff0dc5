import { installGlobals } from "./globals.mjs";

/**
 * Puts an encoder in the place of WebCodecs' that makes a packet of three bytes
 * of 960 frames, in a moment or, while it hangs, never.
 *
 * @param {import("node:test").TestContext} t
 */
export function installEncoder(t) {
  const control = { hangs: false, encoded: 0 };

  class AudioEncoder {
    state = "unconfigured";
    encodeQueueSize = 0;
    /** @type {(() => void)[]} */
    #idle = [];
    #init;

    /** @param {{output: (chunk: object, metadata?: object) => void}} init */
    constructor(init) {
      this.#init = init;
    }

    configure() {
      this.state = "configured";
    }

    encode() {
      this.encodeQueueSize++;
      if (!control.hangs) {
        setImmediate(() => this.#putOut());
      }
    }

    #putOut() {
      if (this.state !== "configured") {
        return;
      }
      this.encodeQueueSize--;
      control.encoded++;
      const copyTo = (/** @type {Uint8Array} */ to) => to.set([0xf8, 1, 2]);
      this.#init.output({ byteLength: 3, copyTo });
      if (this.encodeQueueSize === 0) {
        this.#idle.splice(0).forEach((resolve) => resolve());
      }
    }

    flush() {
      return new Promise((resolve) => {
        if (this.encodeQueueSize === 0) {
          return resolve(undefined);
        }
        this.#idle.push(() => resolve(undefined));
      });
    }

    close() {
      this.state = "closed";
    }
  }

  class AudioData {
    close() {}
  }

  installGlobals(t, { AudioEncoder, AudioData });
  return control;
}
