/**
 * The line to the server, shared by all uploads of a page: a running take goes
 * first, finished recordings as many at a time as carries most (lanes.js), and
 * all together no faster than a person allows.
 *
 * The limit holds for all pages: whoever sends takes turns at a Web Lock, which
 * together last as long as the bytes may take. A page that dies frees it.
 *
 * @module
 */
import { carry, FIRST_LANES, interrupt } from "./lanes.js";

/** @typedef {ReturnType<typeof createLine>} Line */

/**
 * @typedef {object} Load
 * @property {number} bytes
 * @property {boolean} isLive of a take that runs, or was sent as one
 * @property {AbortSignal} signal gives it up, also if what sends it never ends
 */

/** Seconds of the limit that a turn lasts, and a request carries where it can. */
const TURN_SECONDS = 2;
const LEAST_CHUNK_BYTES = 65_536;
const TURN = "upload-turn";

/**
 * @param {object} options
 * @param {() => number} options.now milliseconds, never going back
 * @param {Pick<LockManager, "request">} options.locks
 */
export function createLine({ now, locks }) {
  let lanes = FIRST_LANES;
  let busy = 0;
  let live = 0;
  let livePaid = Promise.resolve();
  /** @type {(() => void)[]} */
  let waiting = [];
  const limit = createLimit(locks);

  const most = () => (limit.rate() > 0 ? 1 : lanes.count);

  /** Lets in who waits, as far as there is room. */
  function admit() {
    while (waiting.length > 0 && live === 0 && busy < most()) {
      busy += 1;
      waiting.shift()?.();
    }
  }

  /** @param {AbortSignal} signal */
  function enter(signal) {
    return new Promise((resolve, reject) => {
      const come = () => {
        signal.removeEventListener("abort", leave);
        resolve(undefined);
      };
      const leave = () => {
        waiting = waiting.filter((other) => other !== come);
        reject(signal.reason);
      };
      if (signal.aborted) {
        return leave();
      }
      signal.addEventListener("abort", leave, { once: true });
      waiting.push(come);
      admit();
    });
  }

  /** @param {number} bytes that have arrived; 0: the request failed */
  function leave(bytes) {
    const isFull = busy === lanes.count && limit.rate() === 0 && live === 0;
    lanes = isFull && bytes > 0 ? carry(lanes, bytes, now()) : interrupt(lanes);
    busy -= 1;
    admit();
  }

  /**
   * @param {Load} load
   * @param {() => Promise<void>} send
   */
  async function carryFinished({ bytes, signal }, send) {
    await enter(signal);
    let arrived = 0;
    let paid = Promise.resolve();
    try {
      ({ paid } = await limit.turn(bytes, signal));
      await unless(signal, send());
      arrived = bytes;
    } finally {
      void paid.catch(ignore).then(() => leave(arrived));
    }
  }

  /**
   * @param {Load} load
   * @param {() => Promise<void>} send
   */
  async function carryLive({ bytes, signal }, send) {
    live += 1;
    try {
      await unless(signal, livePaid);
      const { paid } = await limit.turn(bytes, signal);
      livePaid = paid.catch(ignore);
      await unless(signal, send());
    } finally {
      live -= 1;
      admit();
    }
  }

  return {
    /**
     * Sends when it is its turn; rejects with what `send` does, or the signal's
     * reason.
     *
     * @param {Load} load
     * @param {() => Promise<void>} send
     */
    carry: (load, send) =>
      load.isLive ? carryLive(load, send) : carryFinished(load, send),

    /** Bytes a second of all uploads; 0: no limit. */
    limit: limit.rate,

    /** @param {number} rate see `limit` */
    setLimit(rate) {
      limit.set(rate);
      admit();
    },

    /** @returns {number} bytes that a request carries at most, by the limit */
    longestBytes() {
      const rate = limit.rate();
      return rate > 0
        ? Math.max(LEAST_CHUNK_BYTES, rate * TURN_SECONDS)
        : Infinity;
    },
  };
}

/** Without its turn a request has gone all the same. */
function ignore() {}

/**
 * @param {AbortSignal} signal
 * @param {Promise<void>} work
 * @returns {Promise<void>} rejects with the signal's reason, if that comes first
 */
function unless(signal, work) {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(signal.reason);
    signal.addEventListener("abort", giveUp, { once: true });
    void work.then(resolve, reject).finally(() => {
      signal.removeEventListener("abort", giveUp);
    });
    if (signal.aborted) {
      giveUp();
    }
  });
}

/** @param {Pick<LockManager, "request">} locks */
function createLimit(locks) {
  let bytesPerSecond = 0;
  let changed = new AbortController();

  /** @param {number} bytes @returns {Promise<void>} when they may have gone */
  function last(bytes) {
    const ms = (bytes * 1000) / bytesPerSecond;
    const { signal } = changed;
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      signal.addEventListener("abort", end, { once: true });
    });
  }

  /**
   * Takes turns of a few seconds, so that others get theirs in between. What has
   * begun is paid for, whatever becomes of it.
   *
   * @param {number} bytes
   * @param {() => void} begin
   * @param {AbortSignal} signal
   */
  async function pay(bytes, begin, signal) {
    /** @type {LockOptions} */
    let options = { signal };
    for (let left = bytes; left > 0 && bytesPerSecond > 0;) {
      await locks.request(TURN, options, async () => {
        begin();
        const part = Math.min(left, bytesPerSecond * TURN_SECONDS);
        left -= part;
        await last(part);
      });
      options = {};
    }
    begin();
  }

  return {
    rate: () => bytesPerSecond,

    /** @param {number} rate bytes a second; whoever waits for the old one goes on */
    set(rate) {
      if (rate !== bytesPerSecond) {
        bytesPerSecond = rate;
        changed.abort();
        changed = new AbortController();
      }
    },

    /**
     * Resolves when so many bytes may be sent; `paid` does when they may all have
     * gone.
     *
     * @param {number} bytes
     * @param {AbortSignal} signal
     * @returns {Promise<{paid: Promise<void>}>}
     */
    turn: (bytes, signal) =>
      new Promise((resolve, reject) => {
        const begin = () => resolve({ paid });
        const paid = Promise.resolve().then(() => pay(bytes, begin, signal));
        paid.catch(reject);
      }),
  };
}
