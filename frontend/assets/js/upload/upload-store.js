/**
 * What uploads read from the device's database and remember in it.
 *
 * @module
 */
import { StudioError } from "../core/errors.js";
import { HEADER_BYTES } from "../core/webm.js";
import { describeRow } from "./progress.js";

/** @typedef {import("./transitions.js").UploaderState} UploaderState */
/** @typedef {import("../core/types.js").RecordingRow} RecordingRow */
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
 * @property {(id: string, patch: Partial<Row>) => Promise<Row | undefined>} update
 * @property {(id: string) => Promise<void>} remove
 */

/**
 * The tables it needs.
 *
 * @typedef {object} Tables
 * @property {Table<RecordingRow>} recordings
 * @property {Table<UploadRow>} uploads
 * @property {{add: (row: OutboxRow) => Promise<number>, list: () => Promise<OutboxRow[]>}} outbox
 */

/** @param {Tables} tables */
export function createUploadStore({ recordings, uploads, outbox }) {
  /**
   * A name on the server that is still to be deleted there is not used again.
   *
   * @param {string} id
   */
  async function makeRow(id) {
    const isToGo = (await outbox.list()).some(
      ({ kind, fileId }) => kind === "delete" && fileId === id,
    );
    return freshRow(id, isToGo ? crypto.randomUUID() : id);
  }

  return {
    /**
     * @param {string} id
     * @returns {Promise<RecordingRow>}
     */
    async recording(id) {
      const row = await recordings.get(id);
      if (!row) {
        throw new StudioError("TAKE_MISSING");
      }
      return row;
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
     * verified is sent after it.
     *
     * @param {string} id
     * @param {UploadedCopy} uploaded
     * @param {string} toldName
     */
    async publish(id, uploaded, toldName) {
      const row = await recordings.update(id, { uploaded });
      const { fileId, at } = uploaded;
      if (row && row.name !== toldName) {
        await outbox.add({ kind: "rename", fileId, name: row.name, at });
      }
    },

    /**
     * Forgets the upload of a take that was thrown away, here and, when it can
     * be reached, on the server.
     *
     * @param {string} id
     */
    async abandon(id) {
      const row = await uploads.get(id);
      if (row) {
        const { fileId } = row;
        await outbox.add({ kind: "delete", fileId, at: Date.now() });
        await uploads.remove(id);
      }
    },

    /** @param {string} id */
    forget: (id) => uploads.remove(id),
  };
}

/** @param {RecordingRow} row */
function isUnsent({ state, wanted, uploaded }) {
  return state === "finished" && wanted === "server" && !uploaded;
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
