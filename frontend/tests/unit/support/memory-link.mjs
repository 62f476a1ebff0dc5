import { setImmediate } from "node:timers";
import { installGlobals } from "./globals.mjs";

/**
 * A database in memory with one store, as far as library/pages.js needs one: a
 * transaction commits when it has nothing to do any more, as a whole or not at
 * all, and is then over for good. Keys are arrays. What was connected before a
 * crash changes nothing any more.
 */
export function memoryDatabase() {
  const disk = {
    /** @type {Map<string, {key: any[], value: any}>} */
    rows: new Map(),
    /** @type {Error | null} why nothing can be put */
    failure: null,
    lives: 0,
    commits: { strict: 0, relaxed: 0 },
  };

  function connect() {
    const life = disk.lives;
    const connection = {
      /**
       * @param {string} _
       * @param {"readonly" | "readwrite"} [mode]
       * @param {{durability?: "strict" | "relaxed"}} [options]
       */
      transaction(_, mode = "readonly", { durability = "relaxed" } = {}) {
        const own = new Map(disk.rows);
        const { request, done } = createTransaction((hasPut) => {
          if (mode === "readonly" || life !== disk.lives) {
            return;
          }
          if (hasPut && disk.failure) {
            throw disk.failure;
          }
          disk.rows = own;
          disk.commits[durability]++;
        });
        return { store: createStore(own, request), done };
      },
    };
    const drop = () => undefined;
    return /** @type {any} */ ({ acquire: async () => connection, drop });
  }

  const crash = () => {
    disk.lives++;
  };
  return { disk, connect, crash };
}

/**
 * The same with several stores, whose rows have an `id`.
 *
 * @param {(hasPut: boolean) => void} onCommit before each; throws where the browser
 *   ends, or there is no room for what is put
 */
export function memoryStores(onCommit) {
  /** @type {Map<string, Map<string, {key: any[], value: any}>>} */
  let disk = new Map();
  /** @type {Promise<unknown>} one transaction at a time */
  let turn = Promise.resolve();
  const connection = {
    /** @param {string | string[]} names @param {"readonly" | "readwrite"} [mode] */
    transaction(names, mode = "readonly") {
      const all = [names].flat();
      const own = new Map(all.map((name) => [name, new Map()]));
      const begun = turn.then(() =>
        own.forEach((rows, name) =>
          disk.get(name)?.forEach((row, key) => rows.set(key, row)),
        ),
      );
      const commit = (/** @type {boolean} */ hasPut) => {
        if (mode === "readwrite") {
          onCommit(hasPut);
          disk = new Map([...disk, ...own]);
        }
      };
      const { request, done } = createTransaction(commit, begun);
      turn = done.catch(() => undefined);
      const objectStore = (/** @type {string} */ name) =>
        withIds(createStore(own.get(name) ?? new Map(), request));
      return { store: objectStore(all[0]), objectStore, done };
    },
  };
  const drop = () => undefined;
  /** @type {import("../../../assets/js/library/connection.js").Link} */
  const link = /** @type {any} */ ({ acquire: async () => connection, drop });
  return {
    link,
    /** @param {string} name @returns {any[]} rows of a store, as they are now */
    rows: (name) =>
      [...(disk.get(name)?.values() ?? [])].map(({ value }) => value),
  };
}

/** @param {ReturnType<typeof createStore>} store */
function withIds(store) {
  /** @param {string} id */
  const get = (id) => store.get([id]);
  return {
    get,
    getKey: async (/** @type {string} */ id) => (await get(id))?.id,
    getAll: () => store.getAll(new Range([], [[]])),
    delete: (/** @type {string} */ id) => store.delete([id]),
    put: (/** @type {{id: string}} */ row) => store.put(row, [row.id]),
  };
}

/** @typedef {<Result>(work: () => Result, isPut?: boolean) => Promise<Result>} Request */

/**
 * @param {(hasPut: boolean) => void} commit
 * @param {Promise<unknown>} [begun]
 */
function createTransaction(commit, begun = Promise.resolve()) {
  let open = 0;
  let isOver = false;
  let hasPut = false;
  /** @type {(result: void | Promise<never>) => void} */
  let end = () => undefined;
  const done = new Promise((resolve) => (end = resolve));
  done.catch(() => undefined);

  function settle() {
    if (open === 0 && !isOver) {
      isOver = true;
      try {
        end(commit(hasPut));
      } catch (error) {
        end(Promise.reject(error));
      }
    }
  }

  /** @type {Request} */
  async function request(work, isPut = false) {
    if (isOver) {
      throw new Error("TransactionInactiveError");
    }
    open++;
    hasPut ||= isPut;
    await begun;
    await new Promise((resolve) => setImmediate(resolve));
    const result = work();
    open--;
    setImmediate(settle);
    return result;
  }
  setImmediate(settle);
  return { request, done };
}

/**
 * @param {Map<string, {key: any[], value: any}>} rows
 * @param {Request} request
 */
function createStore(rows, request) {
  /** @param {Range} range */
  const within = (range) =>
    [...rows.values()]
      .filter(({ key }) => range.has(key))
      .sort((a, b) => compare(a.key, b.key));

  /** @param {any[] | null} key @param {Range} range */
  const cursorAt = (key, range) =>
    key && {
      key,
      /** @param {any[]} from */
      continue: (from) =>
        request(() => {
          const rest = within(new Range(from, range.to));
          return cursorAt(rest[0]?.key ?? null, range);
        }),
    };
  return {
    /** @param {any[]} key */
    get: (key) =>
      request(() => structuredClone(rows.get(JSON.stringify(key))?.value)),
    /** @param {unknown} value @param {any[]} key */
    put: (value, key) =>
      request(() => {
        rows.set(JSON.stringify(key), { key, value: structuredClone(value) });
      }, true),
    /** @param {any[] | Range} query */
    delete: (query) =>
      request(() => {
        const range = query instanceof Range ? query : new Range(query, query);
        within(range).forEach(({ key }) => rows.delete(JSON.stringify(key)));
      }),
    /** @param {Range} range */
    getAllKeys: (range) => request(() => within(range).map(({ key }) => key)),
    /** @param {Range} range */
    getAll: (range) =>
      request(() => within(range).map(({ value }) => structuredClone(value))),
    /** @param {Range} range @param {"next" | "prev"} [direction] */
    openKeyCursor: (range, direction = "next") =>
      request(() => {
        const row = within(range).at(direction === "next" ? 0 : -1);
        return cursorAt(row?.key ?? null, range);
      }),
  };
}

/** Keys from one to another, both included. */
class Range {
  /** @param {any[]} from @param {any[]} to */
  constructor(from, to) {
    this.from = from;
    this.to = to;
  }

  /** @param {any[]} key */
  has(key) {
    return compare(this.from, key) <= 0 && compare(key, this.to) <= 0;
  }
}

/**
 * Numbers come before strings, strings before arrays.
 *
 * @param {any} a
 * @param {any} b
 * @returns {number}
 */
function compare(a, b) {
  const order = (/** @type {any} */ one) =>
    ["number", "string", "object"].indexOf(typeof one);
  if (order(a) !== order(b)) {
    return order(a) - order(b);
  }
  if (!Array.isArray(a)) {
    return a < b ? -1 : Number(a > b);
  }
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const found = compare(a[i], b[i]);
    if (found !== 0) {
      return found;
    }
  }
  return a.length - b.length;
}

/**
 * Gives a test the ranges of keys that browsers have.
 *
 * @param {import("node:test").TestContext} t
 */
export function installRanges(t) {
  const bound = (/** @type {any} */ a, /** @type {any} */ b) => new Range(a, b);
  installGlobals(t, { IDBKeyRange: { bound } });
}
