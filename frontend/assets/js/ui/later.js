/**
 * What is loaded once the first view works: the library, the player, the settings
 * and all else that a take does not need.
 *
 * @module
 */

/** @typedef {"loading" | "ready" | "failed" | "broken"} LaterState broken: it was loaded, and cannot be mounted */

/**
 * @template Parts
 * @typedef {ReturnType<typeof createLater<Parts>>} Later
 */

/**
 * Owns how far that is. Loading can be tried again as often as it fails; what was
 * loaded is mounted once.
 *
 * @template Parts
 * @param {object} options
 * @param {() => Promise<() => Promise<Parts>>} options.load gives what mounts it
 * @param {(error: unknown) => void} options.onFault it was loaded, and could not
 *   be mounted
 */
export function createLater({ load, onFault }) {
  const changes = new EventTarget();
  /** @type {LaterState} */
  let state = "loading";
  let isTrying = false;
  /** @type {Parts | null} */
  let parts = null;
  /** @type {((ready: Parts) => void)[]} */
  const waiting = [];

  /** @param {LaterState} next */
  function set(next) {
    state = next;
    changes.dispatchEvent(new Event("changed"));
  }

  /** @param {() => Promise<Parts>} mount */
  async function begin(mount) {
    try {
      parts = await mount();
    } catch (error) {
      onFault(error);
      set("broken");
      return;
    }
    set("ready");
    for (const act of waiting.splice(0)) {
      try {
        act(parts);
      } catch (error) {
        onFault(error); // and it keeps no other from being done
      }
    }
  }

  /** Tries to load it, unless that is done or on its way. */
  async function bring() {
    if (isTrying || parts) {
      return;
    }
    isTrying = true;
    set("loading");
    try {
      const mount = await load();
      await begin(mount);
    } catch {
      isTrying = false;
      set("failed");
    }
  }

  return {
    /** Dispatches `changed`. */
    changes,
    get state() {
      return state;
    },
    bring,
    /**
     * Calls `act` with what was mounted: at once where it is there, and else as
     * soon as it is.
     *
     * @param {(ready: Parts) => void} act
     */
    use(act) {
      if (parts) {
        act(parts);
      } else {
        waiting.push(act);
        void bring();
      }
    },
  };
}
