import assert from "node:assert/strict";
import { test } from "node:test";
import { concat } from "../../assets/js/core/ebml.js";
import { StudioError } from "../../assets/js/core/errors.js";
import { HEADER_BYTES, createWebmWriter } from "../../assets/js/core/webm.js";
import { wavHeader } from "../../assets/js/core/wav.js";
import { Runner } from "../../assets/js/upload/runner.js";
import { uploadOne } from "../../assets/js/upload/upload-one.js";
import { createUploadStore } from "../../assets/js/upload/upload-store.js";

const SOUND = { rate: 8000, channels: 1 };
const SECOND = 24_000;
const COPY = { fileId: "a", at: 1, sha256: "", sizeBytes: 9000 };
const CODEC_PRIVATE = Uint8Array.from(
  Buffer.from("4f707573486561640101380180bb0000000000", "hex"),
);

/** @param {number} seconds of a lossless take */
function wav(seconds) {
  const frames = seconds * SOUND.rate;
  return concat([
    wavHeader(SOUND, frames),
    new Uint8Array(seconds * SECOND).fill(7),
  ]);
}

/** A take of four clusters, and where each ends. */
function webm() {
  const writer = createWebmWriter({ codecPrivate: CODEC_PRIVATE, channels: 1 });
  const clusters = [];
  for (let i = 0; i < 151; i += 1) {
    const cluster = writer.add(new Uint8Array(40).fill(i));
    clusters.push(...(cluster ? [cluster] : []));
  }
  const { tail, header } = writer.finish(151 * 960 - 312);
  let end = HEADER_BYTES;
  const ends = clusters.map(({ length }) => (end += length));
  const file = concat([header, ...clusters, tail]);
  return { file, ends: [...ends, writer.position] };
}

/** @template Row @param {Map<string, Row>} rows @returns {any} */
const table = (rows) => ({
  get: async (/** @type {string} */ id) => rows.get(id),
  list: async () => [...rows.values()],
  put: async (/** @type {any} */ row) => void rows.set(row.id, row),
  update: async (/** @type {string} */ id, /** @type {any} */ patch) => {
    const row = rows.get(id);
    if (row) {
      const change = typeof patch === "function" ? patch(row) : patch;
      rows.set(id, { ...row, ...change });
    }
    return rows.get(id);
  },
  remove: async (/** @type {string} */ id) => void rows.delete(id),
});

/**
 * The second part of a recording, the first of which is on the server.
 *
 * @param {object} options
 * @param {Uint8Array} options.file
 * @param {number} options.from where it begins
 * @param {string} [options.mimeType]
 */
function setUp({ file, from, mimeType = "audio/webm" }) {
  const first = { from: HEADER_BYTES, before: null, to: from, seconds: 0 };
  const second = { from, before: null, to: null, seconds: 1 };
  const row = {
    id: "a",
    name: "Lecture",
    state: "finished",
    wanted: "server",
    timestamp: 1,
    durationMs: 9000,
    mimeType,
    sha256: "",
    uploaded: null,
    parts: [
      { ...first, uploaded: COPY },
      { ...second, uploaded: null },
    ],
  };
  const recordings = new Map([["a", row]]);
  const uploads = new Map();
  /** @type {any[]} */
  const reports = [];
  /** @type {Map<string, any>} */
  const takes = new Map();
  /** @type {string[]} */
  const faults = [];
  /** Told of what the server was sent. @type {(bytes: number) => void} */
  let arrived = () => undefined;
  /** @type {any[]} */
  const outbox = [];
  const end = new AbortController();
  /** @type {any} */
  const parts = {
    bytes: {
      file: async () => ({ size: file.length }),
      read: async (
        /** @type {string} */ _id,
        /** @type {number} */ start,
        /** @type {number} */ to,
      ) => {
        const code = faults.shift();
        if (code) {
          throw new StudioError(code);
        }
        return file.slice(start, to).buffer;
      },
    },
    line: {
      limit: () => 0,
      longestBytes: () => Infinity,
      carry: (/** @type {any} */ _load, /** @type {() => any} */ send) =>
        send(),
    },
    server: {
      upload: async () => null,
      config: async () => ({ chunk_size: 1e6, max_chunk_size: 1e6 }),
      complete: async () => ({ completingMs: 1e6 }),
    },
    transport: {
      send: async (/** @type {any} */ { chunk }) => arrived(chunk.to),
    },
    wishes: { chunkSize: async () => null },
    newFileId: () => "b",
    random: () => 0,
    now: () => 0,
  };
  const link = {
    take: (/** @type {string} */ id) => takes.get(id),
    drop: () => undefined,
    forget: () => undefined,
  };
  const store = createUploadStore({
    recordings: table(/** @type {Map<string, any>} */ (recordings)),
    takes: table(new Map()),
    uploads: table(uploads),
    outbox: {
      add: async (/** @type {any} */ change) => outbox.push(change),
      list: async () => /** @type {any[]} */ (outbox),
    },
  });
  const report = (/** @type {any} */ progress) => reports.push(progress);
  const surroundings = { parts, store, link, report, tickMs: 1 };
  /** @type {any} */
  let driver = null;
  const run = () =>
    uploadOne(/** @type {any} */ (surroundings), {
      id: "a",
      isWished: false,
      signal: end.signal,
      onDriver: (one) => (driver = one),
    });
  return {
    run,
    end,
    parts,
    surroundings,
    row,
    reports,
    recordings,
    uploads,
    outbox,
    takes,
    faults,
    driver: () => driver,
    /** @param {number} bytes @returns {Promise<void>} */
    sent: (bytes) =>
      new Promise((resolve) => {
        arrived = (to) => (to >= bytes ? resolve() : undefined);
      }),
    /** @param {(progress: any) => boolean} is @returns {Promise<void>} */
    reported: async (is) => {
      while (!reports.some(is)) {
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    },
  };
}

/** @param {number} seconds @param {boolean} isFinished */
function takeOf(seconds, isFinished) {
  const availableBytes = HEADER_BYTES + seconds * SECOND;
  const borders = [{ to: availableBytes, seconds }];
  const headerBytes = HEADER_BYTES;
  return {
    source: { availableBytes, isFinished, headerBytes, borders },
    sha256: isFinished ? "ab" : null,
  };
}

/** The second part of a lossless take that runs, three seconds of it here. */
function setUpRunning() {
  const all = setUp({
    file: wav(9),
    from: HEADER_BYTES + SECOND,
    mimeType: "audio/wav",
  });
  all.takes.set("a", takeOf(3, false));
  return all;
}

test("what a take's last part plays is known as it is sent", async () => {
  const { run, end, takes, driver, sent, reports, reported } = setUpRunning();
  const begun = sent(HEADER_BYTES + 2 * SECOND);
  const over = run();
  await begun;
  const { source, sha256 } = takeOf(9, true);
  takes.set("a", takeOf(9, true));
  driver().dispatch({ type: "finished", source, sha256 });
  await reported(({ state }) => state === "uploading" || state === "verifying");
  await reported(({ state }) => state === "verifying");
  const { serverSeconds } = reports.find(({ state }) => state === "verifying");
  end.abort();
  await over;
  assert.equal(serverSeconds, 9);
});

test("what cannot be read of a part is neither sent nor left out", async () => {
  const { file, ends } = webm();
  for (const hole of [ends[0], ends[1]]) {
    const torn = file.slice();
    torn.fill(0, hole, hole + 9);
    const { run, row, recordings, uploads } = setUp({
      file: torn,
      from: ends[0],
    });
    await run();
    const { state, error } = uploads.get("a");
    assert.deepEqual([state, error], ["failed", "TAKE_TORN"]);
    assert.deepEqual(recordings.get("a"), row);
  }
});

test("a part that has nothing but the index is left out, and all is there", async () => {
  const { file, ends } = webm();
  const { run, recordings, reports } = setUp({ file, from: ends[3] });
  await run();
  assert.equal(recordings.get("a")?.parts.length, 1);
  assert.deepEqual(
    reports.map(({ state, ackBytes, totalBytes, serverSeconds, parts }) => [
      state,
      ackBytes,
      totalBytes,
      serverSeconds,
      parts,
    ]),
    [["done", 9000, file.length, 1, 1]],
  );
});

test("a part that cannot be read just now is tried again", async () => {
  const { file, ends } = webm();
  for (const code of ["TAKE_UNREADABLE", "DATABASE_FAILED"]) {
    const { run, faults, uploads, reports } = setUp({ file, from: ends[3] });
    faults.push(code, code);
    await run();
    assert.deepEqual(
      reports.map(({ state }) => state),
      ["done"],
      code,
    );
    assert.equal(uploads.size, 0);
  }
});

test("who gives up a part that cannot be read does not wait for it", async () => {
  const { file, ends } = webm();
  const { run, end, parts, surroundings } = setUp({ file, from: ends[3] });
  surroundings.tickMs = 2 ** 30;
  parts.bytes.read = async () => {
    setTimeout(() => end.abort());
    throw new StudioError("TAKE_UNREADABLE");
  };
  await run();
  assert.ok(end.signal.aborted);
});

test("the end of a take that cannot be read just now is read later", async () => {
  const { run, end, takes, driver, sent, faults, reported, uploads } =
    setUpRunning();
  const begun = sent(HEADER_BYTES + 2 * SECOND);
  const over = run();
  await begun;
  takes.set("a", takeOf(9, true));
  faults.push("TAKE_UNREADABLE", "DATABASE_FAILED");
  driver().dispatch({ type: "finished", ...takeOf(9, true) });
  await reported(({ state }) => state === "verifying" || state === "failed");
  end.abort();
  await over;
  assert.equal(faults.length, 0);
  assert.notEqual(uploads.get("a").state, "failed");
});

/**
 * Locks that nobody else wants.
 *
 * @param {import("node:test").TestContext} t
 */
function lendLocks(t) {
  const request = (
    /** @type {string} */ _name,
    /** @type {unknown} */ _options,
    /** @type {() => unknown} */ work,
  ) => work();
  const before = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  const value = { locks: { request } };
  Object.defineProperty(globalThis, "navigator", { value, configurable: true });
  t.after(() =>
    Object.defineProperty(globalThis, "navigator", before ?? { value: null }),
  );
}

/**
 * A run that is held where one of its parts is over and the next has not begun.
 *
 * @param {import("node:test").TestContext} t
 */
async function setUpBorder(t) {
  lendLocks(t);
  const from = HEADER_BYTES + SECOND;
  const all = setUp({ file: wav(9), from, mimeType: "audio/wav" });
  const { parts, surroundings } = all;
  const sizes = { chunk_size: 1e6, max_chunk_size: 1e6 };
  parts.server.config = async () => ({
    ...sizes,
    max_recording_size: HEADER_BYTES + 2 * SECOND,
  });
  const { recording } = surroundings.store;
  let goOn = () => undefined;
  const runner = new Runner(/** @type {any} */ (surroundings), (error) =>
    assert.fail(String(error)),
  );
  t.after(() => runner.stop("a"));
  await new Promise((resolve) => {
    surroundings.store.recording = async (id) => {
      await new Promise((heed) => {
        goOn = /** @type {any} */ (heed);
        resolve(null);
      });
      return recording(id);
    };
    runner.start("a");
  });
  return { ...all, runner, goOn };
}

test("an upload can be paused between two of its parts", async (t) => {
  const { runner, goOn, uploads, reports } = await setUpBorder(t);
  const paused = runner.pause("a");
  goOn();
  await paused;
  assert.equal(uploads.get("a").state, "paused");
  assert.equal(reports.at(-1).state, "paused");
});

test("what is on the server by then cannot be paused", async (t) => {
  const { runner, goOn, uploads, recordings } = await setUpBorder(t);
  recordings.set("a", /** @type {any} */ ({ id: "a", uploaded: COPY }));
  const paused = runner.pause("a");
  goOn();
  await paused;
  assert.notEqual(uploads.get("a")?.state, "paused");
});

/** A lossless take of which the server takes two seconds in one. */
function setUpCut() {
  const from = HEADER_BYTES + SECOND;
  const all = setUp({ file: wav(9), from, mimeType: "audio/wav" });
  const max_recording_size = HEADER_BYTES + 2 * SECOND;
  const sizes = { chunk_size: 1e6, max_chunk_size: 1e6 };
  all.parts.server.config = async () => ({ ...sizes, max_recording_size });
  return all;
}

/**
 * Calls `then` when the recording is read to cut a part of it.
 *
 * @param {ReturnType<typeof setUp>} all
 * @param {() => void} then
 */
function whileItIsCut({ surroundings }, then) {
  const { recording } = surroundings.store;
  surroundings.store.recording = async (/** @type {string} */ id) => {
    const row = await recording(id);
    then();
    return row;
  };
}

test("a part is cut where the server takes no more", async () => {
  const all = setUpCut();
  const { split } = all.surroundings.store;
  all.surroundings.store.split = async (id, parts) => {
    const row = await split(id, parts);
    all.end.abort();
    return row;
  };
  await all.run();
  assert.equal(all.recordings.get("a")?.parts.length, 3);
});

test("what is given up while a part is being cut has no more parts", async () => {
  const all = setUpCut();
  const { run, end, row, recordings } = all;
  whileItIsCut(all, () => end.abort());
  await run();
  assert.deepEqual(recordings.get("a"), row);
});

test("what another page has just cancelled has its parts back from nobody", async () => {
  const all = setUpCut();
  const { run, row, recordings, end } = all;
  const later = { ...row, wanted: "later", parts: undefined };
  whileItIsCut(all, () => recordings.set("a", /** @type {any} */ (later)));
  await run();
  assert.equal(end.signal.aborted, false, "it has not been heard here yet");
  assert.deepEqual(recordings.get("a"), later);
});

test("a part that is given up as its end is found is neither left out nor followed", async () => {
  const { file, ends } = webm();
  const { run, end, parts, row, recordings, reports } = setUp({
    file,
    from: ends[3],
  });
  const { read } = parts.bytes;
  parts.bytes.read = async (/** @type {any[]} */ ...where) => {
    end.abort();
    return read(...where);
  };
  await run();
  assert.deepEqual(recordings.get("a"), row);
  assert.deepEqual(reports, []);
});

test("whatever is thrown away while it is sent goes from the server, even if the page ends", async (t) => {
  const { runner, goOn, uploads, outbox, surroundings } = await setUpBorder(t);
  const { fileId } = uploads.get("a");
  const { add } = /** @type {{add: any}} */ ({ add: outbox.push.bind(outbox) });
  /** @type {unknown[]} */
  const left = [];
  outbox.push = (change) => {
    left.push(uploads.get("a")?.fileId);
    return add(change);
  };
  const { forget } = surroundings.store;
  surroundings.store.forget = async (id) => {
    left.push(`${id} forgotten`);
    return forget(id);
  };
  const discarded = runner.discard("a");
  goOn();
  await discarded;
  assert.deepEqual(left, [fileId], "on record first, and once");
  assert.deepEqual(
    outbox.map((change) => [change.kind, change.fileId]),
    [["delete", fileId]],
  );
  assert.equal(uploads.has("a"), false);
});

test("whatever is thrown away while it is on its way goes from the server", async (t) => {
  lendLocks(t);
  const from = HEADER_BYTES + SECOND;
  const all = setUp({ file: wav(9), from, mimeType: "audio/wav" });
  const { parts, surroundings, recordings, row, uploads, outbox } = all;
  parts.store = surroundings.store;
  recordings.set(
    "a",
    /** @type {any} */ ({ ...row, sha256: "ab", parts: undefined }),
  );
  const runner = new Runner(/** @type {any} */ (surroundings), (error) =>
    assert.fail(String(error)),
  );
  await new Promise((resolve) => {
    parts.transport.send = () => {
      resolve(null);
      return new Promise(() => undefined);
    };
    runner.start("a");
  });
  await runner.discard("a");
  assert.deepEqual(
    outbox.map(({ fileId }) => fileId),
    ["a"],
  );
  assert.equal(uploads.has("a"), false);
});
