/**
 * What the library needs of other parts.
 *
 * @module
 */

/** @typedef {import("../core/types.js").RecordingRow} RecordingRow */
/** @typedef {import("../core/types.js").ServerRecording} ServerRecording */
/** @typedef {import("../core/types.js").UploadProgress} UploadProgress */

/**
 * The part of the server's client that the library needs.
 *
 * @typedef {object} LibraryServer
 * @property {(page: {cursor: string | null, signal: AbortSignal}) => Promise<import("./server-list.js").Page>} recordings
 * @property {(fileId: string) => Promise<ServerRecording>} recording
 * @property {Parameters<typeof import("./copies.js").createCopies>[0]["read"]} audio
 * @property {(fileId: string) => string} audioUrl
 * @property {(fileId: string) => string} uploadAudioUrl
 * @property {(fileId: string) => string} downloadUrl
 */

/**
 * @typedef {object} LibraryUploads
 * @property {(id: string) => UploadProgress | null} progress
 * @property {(id: string) => void} stop
 */

/**
 * The rows that copies need.
 *
 * @typedef {object} CopyRows
 * @property {(id: string) => Promise<RecordingRow | undefined>} get
 * @property {() => Promise<RecordingRow[]>} list
 * @property {(row: RecordingRow) => Promise<void>} put
 */

export {};
