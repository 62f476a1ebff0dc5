/**
 * What the interface needs of the rest of the studio, as types only: main.js
 * hands over things that are at least this.
 *
 * @module
 */

/** @typedef {import("../core/types.js").RecordingRow} RecordingRow */
/** @typedef {import("../core/types.js").UploadState} UploadState */
/** @typedef {import("../core/types.js").TakeMarker} TakeMarker */
/** @typedef {import("../core/types.js").Tone} Tone */

/**
 * A recording wherever it lies.
 *
 * @typedef {object} LibraryRow
 * @property {string} id
 * @property {string} name
 * @property {number} timestamp Unix ms of its start
 * @property {number | null} durationMs
 * @property {number} sizeBytes
 * @property {string} mimeType
 * @property {boolean} onDevice
 * @property {boolean} onServer
 * @property {"finished" | "interrupted" | "recording"} state
 * @property {{state: UploadState, fraction: number, code?: string | null, retryAt?: number | null} | null} upload
 * @property {Destination | null} [wanted] where it shall go, if it is here
 * @property {Uint8Array | null} [peaks] 1000 pairs (min, max) of int8
 * @property {import("../core/markers.js").Moment[]} [moments] in the order of time
 * @property {readonly object[]} [parts] on the server, where it is more than one there
 * @property {number | null} [copying] how much is here, if it is being brought here
 * @property {{deletedAt: number, goesAt: number}} [trashed] when it was deleted, and
 *   goes for good; none: it is not in the trash
 */

/** @typedef {"off" | "arming" | "armed" | "recording" | "paused" | "stopping"} RecorderState */

/**
 * What is wished of the microphone; null: the browser's default one, and as many
 * channels as the sound usually has.
 *
 * @typedef {object} SoundWishes
 * @property {import("../core/presets.js").Preset} preset
 * @property {string | null} deviceId
 * @property {string | null} label its name, if the browser has another id for it
 * @property {number | null} channels
 * @property {number | null} input one of several alone, the first being 1
 */

/**
 * @typedef {object} Granted what the microphone gives
 * @property {string} [label]
 * @property {string} [deviceId]
 * @property {number} [sampleRate]
 * @property {number} [channelCount]
 * @property {number} [inputs] that there are, where they are more than two
 * @property {number} [input] the one of them that is heard alone, the first being 1
 * @property {boolean} [echoCancellation]
 * @property {boolean} [noiseSuppression]
 * @property {boolean} [autoGainControl]
 */

/**
 * @typedef {object} UploadProgress
 * @property {string} id
 * @property {UploadState} state
 * @property {number} ackBytes
 * @property {number | null} totalBytes
 * @property {number} serverSeconds
 * @property {string | null} code
 * @property {number | null} [retryAt] Unix ms
 * @property {number} [parts] recordings that it is on the server; 0: one
 */

/** @typedef {RecordingRow["wanted"]} Destination */
/** @typedef {Pick<LibraryRow, "id" | "name" | "wanted">} Interrupted */

/**
 * The verbs of a take that runs, or is about to. They never reject: a failure is
 * told as a toast.
 *
 * @typedef {object} TakeActions
 * @property {() => void} arm
 * @property {(wishes: SoundWishes) => void} choose
 * @property {(wanted: Destination) => void} start
 * @property {() => void} stop
 * @property {() => void} pause
 * @property {() => void} resume
 * @property {(moment: {frame?: number, text?: string}) => void} mark
 */

/**
 * The verbs of recordings, which reject as little.
 *
 * @typedef {object} LibraryActions
 * @property {(row: {id: string, name: string}) => void} play
 * @property {(id: string) => void} download
 * @property {(row: {id: string, name: string}) => void} downloadAs asks in which format
 * @property {(id: string, name: string) => void} rename
 * @property {(row: {id: string, name: string}) => void} remove
 * @property {(row: {id: string, name: string}) => void} recover
 * @property {(row: {id: string, name: string}) => void} discard
 * @property {(row: Interrupted) => void} goOn
 * @property {(rows: readonly {id: string, name: string}[]) => void} recoverAll
 * @property {(rows: readonly {id: string, name: string}[]) => void} discardAll
 * @property {(row: {id: string, name: string}) => void} rescue
 * @property {(id: string) => void} upload
 * @property {(id: string) => void} showReceipt
 * @property {(id: string) => void} pauseUpload
 * @property {(id: string) => void} resumeUpload
 * @property {(id: string) => void} cancelUpload
 * @property {(id: string) => void} keepHere
 * @property {(id: string) => void} stopKeeping
 * @property {(id: string) => void} removeHere
 * @property {(rows: readonly {id: string, name: string}[]) => void} restore
 * @property {(rows: readonly {id: string, name: string}[]) => void} purge asks first
 */

/** @typedef {Pick<LibraryActions, "play" | "upload" | "download" | "showReceipt" | "remove" | "rename">} KeptActions */

/** @typedef {{done: number, count: number, fraction: number}} ZipProgress done: how many are in it */

/**
 * @typedef {object} Zip
 * @property {(ids: readonly string[], options: {name: string, onProgress: (progress: ZipProgress) => void, signal: AbortSignal}) => Promise<number>} save
 *   how many recordings are in it
 */

/** @typedef {{note: (kind: "fault", facts: {code: string}) => void}} Log of this device */

/**
 * Where the list comes from.
 *
 * @typedef {object} ListSource
 * @property {{state: "reading" | "read" | "away" | "failed", code: string | null}} serverState
 *   how the server's part was read last
 * @property {() => Promise<void>} refresh reads it again
 */

/**
 * @typedef {object} Preferences
 * @property {(name: string) => Promise<unknown>} get
 * @property {(name: string, value: unknown) => Promise<void>} set
 * @property {(name: string, change: (value: unknown) => unknown) => Promise<void>} update
 * @property {(name: string, heed: (value: unknown) => void, options: {signal: AbortSignal}) => void} watch
 *   after each change of it, on any page
 *   in one transaction
 */

export {};
