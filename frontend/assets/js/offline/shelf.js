/**
 * The app's own files, kept by the service worker for the time without a
 * network: all of one version or none, each with the SHA-256 that the version's
 * list says. Nothing else is ever kept, neither answers of the API nor audio.
 *
 * @module
 */

/** @typedef {ReturnType<typeof createShelf>} Shelf */

/** Asks for the app from the server itself, which then may ask to sign in. */
const SIGN_IN = "?sign-in";

/** Requests at a time while a version is fetched. */
const PARALLEL = 6;

/**
 * @param {object} options
 * @param {Readonly<Record<string, string>>} options.files path below the scope
 *   -> SHA-256 (hex)
 * @param {string} options.version
 * @param {string} options.scope folder of the app
 * @param {CacheStorage} options.caches
 * @param {typeof globalThis.fetch} options.fetch
 */
export function createShelf({ files, version, scope, caches, fetch: load }) {
  const prefix = `waveforge ${scope} `;
  const name = prefix + version;

  /**
   * @param {Cache} cache
   * @param {string} path
   */
  async function isKept(cache, path) {
    const kept = await cache.match(new URL(path, scope));
    return kept !== undefined && (await digestOf(kept)) === files[path];
  }

  /**
   * @param {Cache} cache
   * @param {string} path
   */
  async function put(cache, path) {
    const url = new URL(path, scope);
    const response = await load(url, { cache: "no-cache" });
    const digest = await digestOf(response.clone());
    if (!response.ok || digest !== files[path]) {
      throw new Error(`${path} is not of this version`);
    }
    await cache.put(url, response);
  }

  return {
    /**
     * Fetches of the version what is not there already; rejects if a file is not
     * of it. Then nothing is kept, unless there was a cache of this version: the
     * worker that is active may live on it.
     */
    async fill() {
      const wasThere = await caches.has(name);
      const cache = await caches.open(name);
      const paths = Object.keys(files);
      const lanes = Array.from({ length: PARALLEL }, async () => {
        for (let path = paths.pop(); path; path = paths.pop()) {
          if (!(await isKept(cache, path))) {
            await put(cache, path);
          }
        }
      });
      try {
        await Promise.all(lanes);
      } catch (error) {
        paths.length = 0;
        await Promise.allSettled(lanes);
        if (!wasThere) {
          await caches.delete(name);
        }
        throw error;
      }
    },

    /** Removes other versions of this app. */
    async tidy() {
      const names = await caches.keys();
      const old = names.filter((one) => one.startsWith(prefix) && one !== name);
      await Promise.all(old.map((one) => caches.delete(one)));
    },

    /**
     * What is kept; but a page that is asked for with a query comes from the
     * server as long as that can be reached: whatever lets people in there may
     * come back that way, and wants to hear it.
     *
     * @param {Request} request
     * @returns {Promise<Response> | null} null: none of the app's own files
     */
    answer(request) {
      const path = pathOf(request, scope);
      if (path === null || !Object.hasOwn(files, path)) {
        return null;
      }
      // To open a cache would make one, where all was erased.
      const kept = () =>
        caches.match(new URL(path, scope), { cacheName: name });
      return isForServer(request)
        ? load(request).catch(async () => (await kept()) ?? Response.error())
        : kept().then((response) => response ?? load(request));
    },
  };
}

/**
 * @param {Request} request
 * @param {string} scope
 * @returns {string | null} below the scope; null if it lies elsewhere
 */
function pathOf({ method, mode, url }, scope) {
  const { origin, pathname, search } = new URL(url);
  const place = origin + pathname;
  if (method !== "GET" || !place.startsWith(scope)) {
    return null;
  }
  const path = place.slice(scope.length);
  if (mode === "navigate" && search === SIGN_IN) {
    return null;
  }
  if (mode === "navigate") {
    return path === "" || path === "index.html" ? "index.html" : null;
  }
  return search === "" ? path : null;
}

/** @param {Request} request  of the app's own */
function isForServer({ mode, url }) {
  return mode === "navigate" && new URL(url).search !== "";
}

/**
 * @param {Response} response
 * @returns {Promise<string>} hex
 */
async function digestOf(response) {
  const bytes = await response.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
