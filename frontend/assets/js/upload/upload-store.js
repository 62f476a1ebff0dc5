/**
 * What uploads read from the device's database and remember in it.
 *
 * @module
 */
import { StudioError } from "../core/errors.js";
import { isUploaded, partName } from "../core/parts.js";
import { HEADER_BYTES } from "../core/webm.js";
import { describeRow } from "./progress.js";

/** @typedef {import("./transitions.js").UploaderState} UploaderState */
/** @typedef {import("../core/types.js").RecordingRow} RecordingRow */
/** @typedef {import("../core/types.js").TakeRow} TakeRow */
/** @typedef {import("../core/types.js").UploadRow} UploadRow */
/** @typedef {import("../core/types.js").UploadedCopy} UploadedCopy */
/** @typedef {import("../core/types.js").OutboxRow} OutboxRow */
/** @typedef {ReturnType<typeof createUploadStore>} UploadStore */

/**
 * @template Row
 * @typedef {object} Table
 * @property {(id: string) => Promise<Row | undefined>} get
 * @property {() => Promise<Row[]>} list
 * @property {(row: Row) => Promise<void>} put
 * @property {(id: string, patch: Partial<Row> | ((row: Row) => Partial<Row>)) => Promise<Row | undefined>} update
 * @property {(id: string) => Promise<void>} remove
 */

/**
 * The tables it needs.
 *
 * @typedef {object} Tables
 * @property {Table<RecordingRow>} recordings
 * @property {Pick<Table<TakeRow>, "get">} takes
 * @property {Table<UploadRow>} uploads
 * @property {{add: (row: OutboxRow) => Promise<number>, list: () => Promise<OutboxRow[]>}} outbox
 */

/** @param {Tables} tables */
export function createUploadStore({ recordings, takes, uploads, outbox }) {
  /**
   * A name on the server that is still to be deleted there is not used again.
   *
   * @param {string} id
   */
  async function makeRow(id) {
    return freshRow(id, (await isToGo(id)) ? crypto.randomUUID() : id);
  }

  /** @param {string} name of an upload on the server */
  async function isToGo(name) {
    const changes = await outbox.list();
    return changes.some(
      ({ kind, fileId }) => kind === "delete" && fileId === name,
    );
  }

  /**
   * The server shall have no more of an upload, once it can be reached.
   *
   * @param {string} id
   */
  async function takeBack(id) {
    const row = await uploads.get(id);
    if (row && !(await isToGo(row.fileId))) {
      const { fileId } = row;
      await outbox.add({ kind: "delete", fileId, at: Date.now() });
    }
  }

  return {
    /**
     * With its moments so far, which only its take has until it is finished. The
     * take is read first: it goes once the recording has them.
     *
     * @param {string} id
     * @returns {Promise<RecordingRow>}
     */
    async recording(id) {
      const take = await takes.get(id);
      const row = await recordings.get(id);
      if (!row) {
        throw new StudioError("TAKE_MISSING");
      }
      return take && row.state !== "finished" ? withMoments(row, take) : row;
    },

    /** @param {string} id */
    find: (id) => recordings.get(id),

    /** Finished recordings that shall go to the server, the oldest first. */
    async unsent() {
      const rows = (await recordings.list()).filter(isUnsent);
      return rows.sort((a, b) => a.timestamp - b.timestamp);
    },

    /** @param {string} id */
    async isUnsent(id) {
      const row = await recordings.get(id);
      return row !== undefined && isUnsent(row);
    },

    /**
     * @param {string} id
     * @param {string} sha256
     */
    setDigest: (id, sha256) => recordings.update(id, { sha256 }),

    /**
     * The row of an upload, made where there is none.
     *
     * @param {string} id
     * @returns {Promise<UploadRow>}
     */
    async begin(id) {
      const row = (await uploads.get(id)) ?? (await makeRow(id));
      await uploads.put(row);
      return row;
    },

    /**
     * What a person wants of an upload that nobody carries out at present.
     *
     * @param {string} id
     * @param {"queued" | "paused"} state
     * @returns {Promise<UploadRow>}
     */
    async note(id, state) {
      const row = (await uploads.get(id)) ?? (await makeRow(id));
      const noted = { ...row, state, error: null };
      await uploads.put(noted);
      return noted;
    },

    /**
     * @param {string} id
     * @param {UploaderState} state
     */
    save: (id, state) => uploads.put(describeRow(id, state)),

    /**
     * @param {string} id
     * @param {string} fileId
     */
    async rename(id, fileId) {
      await uploads.update(id, { fileId });
    },

    /**
     * Notes that the server's copy is verified. A name given while it was being
     * verified is sent after it. If the upload was given up meanwhile the copy goes
     * again, and is not noted.
     *
     * @param {string} id
     * @param {UploadedCopy} uploaded
     * @param {string} toldName
     */
    async publish(id, uploaded, toldName) {
      const { fileId, at } = uploaded;
      const isOver = await isToGo(fileId);
      const row = await recordings.update(id, ({ wanted }) =>
        wanted === "server" && !isOver ? { uploaded } : {},
      );
      if (row && row.uploaded?.fileId !== fileId) {
        await (!isOver && outbox.add({ kind: "delete", fileId, at }));
      } else if (row && row.name !== toldName && !row.isFound) {
        await outbox.add({ kind: "rename", fileId, name: row.name, at });
      }
    },

    /**
     * Notes that the server's copy of a part is verified.
     *
     * @param {string} id
     * @param {number} place
     * @param {{copy: UploadedCopy, name: string}} published the name it was told
     */
    async publishPart(id, place, { copy, name }) {
      // Who gives the upload up forgets the parts, also while this one is verified.
      const row = await recordings.update(id, ({ parts }) =>
        parts
          ? {
              parts: parts.map((part, i) =>
                i === place ? { ...part, uploaded: copy } : part,
              ),
            }
          : {},
      );
      const { fileId, at } = copy;
      if (row && partName(row.name, place) !== name) {
        const now = partName(row.name, place);
        await outbox.add({ kind: "rename", fileId, name: now, at });
      }
    },

    /**
     * Another part of the recording is sent from now on, under a name of its own.
     *
     * @param {string} id
     */
    async beginPart(id) {
      await uploads.put(freshRow(id, crypto.randomUUID()));
    },

    /**
     * What is not wanted on the server any more has no parts there: the page that
     * says so forgets them before this one hears of it.
     *
     * @param {string} id
     * @param {import("../core/types.js").RecordingPart[]} parts
     */
    split: (id, parts) =>
      recordings.update(id, ({ wanted }) =>
        wanted === "server" ? { parts } : {},
      ),

    /**
     * @param {string} id
     * @param {string} code why it cannot be sent
     * @returns {Promise<UploadRow | undefined>}
     */
    fail: (id, code) => uploads.update(id, { state: "failed", error: code }),

    takeBack,

    /**
     * Forgets the upload of a take that was thrown away, here and, when it can
     * be reached, on the server.
     *
     * @param {string} id
     */
    async abandon(id) {
      await takeBack(id);
      await uploads.remove(id);
    },

    /** @param {string} id */
    forget: (id) => uploads.remove(id),
  };
}

/**
 * @param {RecordingRow} row
 * @param {TakeRow} take
 * @returns {RecordingRow}
 */
function withMoments(row, { markers, segments }) {
  return { ...row, markers, segments };
}

/** @param {RecordingRow} row */
function isUnsent({ state, wanted, ...copies }) {
  return state === "finished" && wanted === "server" && !isUploaded(copies);
}

/**
 * @param {string} id
 * @param {string} fileId
 * @returns {UploadRow}
 */
function freshRow(id, fileId) {
  return {
    id,
    fileId,
    state: "queued",
    headerBytes: HEADER_BYTES,
    ackBytes: 0,
    totalBytes: null,
    attempts: 0,
    error: null,
  };
}
