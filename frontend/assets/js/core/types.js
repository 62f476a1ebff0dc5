/**
 * Types that cross folders: rows of the device's database and what the server
 * says. Frames are integers at the take's own rate, `…At` and `timestamp` are
 * Unix milliseconds, `…Bytes` are bytes.
 *
 * @module
 */

/**
 * A recording on this device; its bytes lie at takes/<id>/audio.webm.
 *
 * @typedef {object} RecordingRow
 * @property {string} id
 * @property {string} name
 * @property {number} timestamp start of the recording
 * @property {number} durationMs
 * @property {number} sizeBytes
 * @property {string} mimeType
 * @property {string | null} sha256 hex, once finished
 * @property {Uint8Array | null} peaks 1000 pairs (min, max) of int8
 * @property {"device"} place where the bytes are
 * @property {"recording" | "interrupted" | "finished"} state
 * @property {UploadedCopy | null} uploaded the verified copy on the server
 * @property {"server" | "device"} wanted where it shall go
 * @property {number} gaps how often audio is missing in it
 * @property {Record<string, unknown> | null} granted settings of the microphone
 */

/**
 * @typedef {object} UploadedCopy
 * @property {string} fileId
 * @property {number} at
 * @property {string} sha256 hex
 * @property {number} sizeBytes
 */

/**
 * What is needed to go on with a take after a crash.
 *
 * @typedef {object} TakeRow
 * @property {string} id
 * @property {number} startedAt
 * @property {number} rate
 * @property {number} channels
 * @property {boolean} isRecording
 * @property {string} owner the page life that records it
 * @property {number} framesFlushed
 * @property {number} bytesFlushed
 * @property {TakeSegment[]} segments
 * @property {TakeMarker[]} markers
 */

/** @typedef {{rate: number, channels: number, frames: number, at: number}} TakeSegment */
/** @typedef {{frame: number, kind: string, text?: string}} TakeMarker */

/**
 * How far the upload of a recording has come.
 *
 * @typedef {object} UploadRow
 * @property {string} id the recording's
 * @property {string} fileId its name on the server; another one after a conflict
 * @property {UploadState} state
 * @property {boolean} isLive whether it began while the take was running
 * @property {number} sentBytes
 * @property {number} ackBytes
 * @property {number} nextIndex index of the next chunk
 * @property {UploadChunk[]} chunks
 * @property {number} attempts failures since the last progress
 * @property {string | null} error code of the last failure
 */

/** @typedef {"queued" | "uploading" | "paused" | "waiting" | "verifying" | "done" | "failed"} UploadState */
/** @typedef {{index: number, from: number, to: number}} UploadChunk */

/**
 * A change the server has yet to hear of.
 *
 * @typedef {object} OutboxRow
 * @property {number} [key] set by the database
 * @property {"delete" | "rename"} kind
 * @property {string} fileId
 * @property {string} [name]
 * @property {number} at
 */

/** @typedef {{name: string, value: unknown}} PreferenceRow */

/**
 * A recording as the server tells it.
 *
 * @typedef {object} ServerRecording
 * @property {string} id
 * @property {string} filename
 * @property {string} name
 * @property {number} timestamp
 * @property {number} size
 * @property {number | null} duration seconds
 * @property {string} mime_type
 * @property {string | null} codec
 * @property {number | null} channels
 * @property {number | null} sample_rate
 * @property {string | null} sha256
 * @property {number} stored
 * @property {Record<string, unknown>} metadata
 */

export {};
