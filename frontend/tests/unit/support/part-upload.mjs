/** Uploads of the parts of a recording, whose server is a function. */
import { concat } from "../../../assets/js/core/ebml.js";
import { StudioError } from "../../../assets/js/core/errors.js";
import { wavHeader } from "../../../assets/js/core/wav.js";
import {
  HEADER_BYTES,
  createWebmWriter,
} from "../../../assets/js/core/webm.js";
import { uploadOne } from "../../../assets/js/upload/upload-one.js";
import { createUploadStore } from "../../../assets/js/upload/upload-store.js";

const SOUND = { rate: 8000, channels: 1 };
export const SECOND = 24_000;
export const COPY = { fileId: "a", at: 1, sha256: "", sizeBytes: 9000 };
const CODEC_PRIVATE = Uint8Array.from(
  Buffer.from("4f707573486561640101380180bb0000000000", "hex"),
);

/** @param {number} seconds of a lossless take */
export function wav(seconds) {
  const frames = seconds * SOUND.rate;
  return concat([
    wavHeader(SOUND, frames),
    new Uint8Array(seconds * SECOND).fill(7),
  ]);
}

/** A take of four clusters, and where each ends. */
export function webm() {
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

const SIZES = { chunk_size: 1e6, max_chunk_size: 1e6 };

const ROW = {
  id: "a",
  name: "Lecture",
  state: "finished",
  wanted: "server",
  timestamp: 1,
  durationMs: 9000,
  sha256: "",
  uploaded: null,
};

/** Two parts, the first of which is on the server. @param {number} from of the second */
function partsFrom(from) {
  const first = { from: HEADER_BYTES, before: null, to: from, seconds: 0 };
  const second = { from, before: null, to: null, seconds: 1 };
  return [
    { ...first, uploaded: COPY },
    { ...second, uploaded: null },
  ];
}

/**
 * Bytes of a file that cannot be read as often as there are faults.
 *
 * @param {Uint8Array} file
 */
function faultyBytes(file) {
  /** @type {string[]} */
  const faults = [];
  /** @param {string} _ @param {number} start @param {number} to */
  async function read(_, start, to) {
    const code = faults.shift();
    if (code) {
      throw new StudioError(code);
    }
    return file.slice(start, to).buffer;
  }
  return { faults, bytes: { file: async () => ({ size: file.length }), read } };
}

/** What an upload has of its page beside the file, with a server that takes all. */
function createParts() {
  /** Told of what the server was sent. @type {(bytes: number) => void} */
  let arrived = () => undefined;
  const parts = {
    line: {
      limit: () => 0,
      longestBytes: () => Infinity,
      carry: (/** @type {any} */ _load, /** @type {() => any} */ send) =>
        send(),
    },
    server: {
      upload: async () => null,
      config: async () => SIZES,
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
  /** @param {number} bytes @returns {Promise<void>} */
  const sent = (bytes) =>
    new Promise((resolve) => {
      arrived = (to) => (to >= bytes ? resolve() : undefined);
    });
  return { parts, sent };
}

/** @param {any} row of the one recording */
function createTables(row) {
  const recordings = new Map([["a", row]]);
  const uploads = new Map();
  /** @type {any[]} */
  const outbox = [];
  const store = createUploadStore({
    recordings: table(/** @type {Map<string, any>} */ (recordings)),
    takes: table(new Map()),
    uploads: table(uploads),
    outbox: {
      add: async (/** @type {any} */ change) => outbox.push(change),
      list: async () => /** @type {any[]} */ (outbox),
    },
  });
  return { store, recordings, uploads, outbox };
}

/** What is told of an upload. */
function createReports() {
  /** @type {any[]} */
  const reports = [];
  /** @param {(progress: any) => boolean} is @returns {Promise<void>} */
  async function reported(is) {
    while (!reports.some(is)) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }
  return { reports, reported };
}

/**
 * The second part of a recording, the first of which is on the server.
 *
 * @param {object} options
 * @param {Uint8Array} options.file
 * @param {number} options.from where it begins
 * @param {string} [options.mimeType]
 */
export function setUp({ file, from, mimeType = "audio/webm" }) {
  const row = { ...ROW, mimeType, parts: partsFrom(from) };
  const { store, ...tables } = createTables(row);
  const { reports, reported } = createReports();
  /** @type {Map<string, any>} */
  const takes = new Map();
  const { bytes, faults } = faultyBytes(file);
  const { parts: others, sent } = createParts();
  /** @type {any} */
  const parts = { bytes, ...others };
  const link = {
    take: (/** @type {string} */ id) => takes.get(id),
    drop: () => undefined,
    forget: () => undefined,
  };
  const report = (/** @type {any} */ progress) => reports.push(progress);
  const surroundings = { parts, store, link, report, tickMs: 1 };
  const end = new AbortController();
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
    ...{ run, end, parts, surroundings, row, takes, faults, sent },
    ...{ ...tables, reports, reported, driver: () => driver },
  };
}

/** The second part of a lossless take of nine seconds. */
export const setUpWav = () =>
  setUp({
    file: wav(9),
    from: HEADER_BYTES + SECOND,
    mimeType: "audio/wav",
  });

/** The same, of which the server takes two seconds in one. */
export function setUpCut() {
  const all = setUpWav();
  const max_recording_size = HEADER_BYTES + 2 * SECOND;
  all.parts.server.config = async () => ({ ...SIZES, max_recording_size });
  return all;
}
