/**
 * Types that cross folders: rows of the device's database and what the server
 * says. Frames are integers at the take's own rate, `…At` and `timestamp` are
 * Unix milliseconds, `…Bytes` are bytes.
 *
 * @module
 */

/**
 * A recording on this device; its bytes lie at takes/<id>/audio.webm,
 * whatever they are.
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
 * @property {"server" | "later" | "device"} wanted where it shall go; `later`: to
 *   the server once a person says so
 * @property {number} gaps how often audio is missing in it
 * @property {Granted | null} granted settings of the microphone
 * @property {Tone} [tone] what it was heard with; none: as it was
 * @property {TakeMarker[]} [markers] frames are those of its segment
 * @property {TakeSegment[]} [segments]
 * @property {boolean} [isCopy] brought here from the server
 * @property {boolean} [isFound] its row was lost, and is as it was when the take was
 *   finished: a copy on the server may have a newer name
 * @property {RecordingPart[]} [parts] it is larger than what the server takes of one
 */

/**
 * A part of a recording that is a recording of its own on the server.
 *
 * @typedef {object} RecordingPart
 * @property {number} from byte of the file here, where its audio begins
 * @property {number | null} before where the cluster ahead of that begins
 * @property {number | null} to where it ends; null: with the recording
 * @property {number} seconds of the recording that are before it
 * @property {UploadedCopy | null} uploaded the verified copy on the server
 */

/**
 * A take as it begins.
 *
 * @typedef {object} NewTake
 * @property {string} id
 * @property {string} name
 * @property {number} startedAt
 * @property {number} rate
 * @property {number} channels
 * @property {TakeFormat} [format] opus by default
 * @property {RecordingRow["wanted"]} wanted
 * @property {Granted | null} granted
 * @property {Tone} [tone]
 */

/**
 * Gain and equaliser, in dB.
 *
 * @typedef {object} Tone
 * @property {number} gain
 * @property {number} low 320 Hz
 * @property {number} mid 1 kHz
 * @property {number} high 3.2 kHz
 * @property {boolean} isPrinted the take itself has it; else it is only beside it
 */

/** @typedef {"opus" | "wav"} TakeFormat Opus in WebM, or 24-bit PCM */

/**
 * How far a running take is.
 *
 * @typedef {object} TakeProgress
 * @property {string} id
 * @property {number} frames that the spool has
 * @property {number} rate
 * @property {number} deviceSeconds of PCM safe on this device
 * @property {number} bytesFlushed of the audio file
 * @property {number} gaps
 */

/**
 * What the spool tells of a running take.
 *
 * @typedef {object} TakeEvents
 * @property {(progress: TakeProgress) => void} onProgress ten times a second
 * @property {(points: import("./peaks.js").LivePoints & {id: string}) => void} onPeaks
 * @property {(fault: {id: string, code: string}) => void} onFault
 * @property {(marker: TakeMarker & {id: string, rate: number}) => void} onMarker
 */

/**
 * What the audio thread sends to the spool worker, on a port of their own.
 * `first` counts the take's frames, those that the audio system left out too.
 *
 * @typedef {{type: "block", first: number, channels: Float32Array<ArrayBuffer>[]}
 *   | {type: "end", frames: number}} CaptureMessage
 */

/**
 * What the browser says the microphone gives.
 *
 * @typedef {object} Granted
 * @property {string} label
 * @property {string} [deviceId] as this browser calls it here
 * @property {number} [sampleRate]
 * @property {number} [channelCount]
 * @property {number} [inputs] that there are, where they are more than two
 * @property {number} [input] the one of them that is heard alone, the first being 1
 * @property {boolean} [echoCancellation]
 * @property {boolean} [noiseSuppression]
 * @property {boolean} [autoGainControl]
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
 * @property {TakeFormat} [format] opus by default
 * @property {boolean} isRecording
 * @property {string} owner the page life that records it
 * @property {number} framesFlushed
 * @property {number} [flushedAt] when it had these; none: an older version wrote it
 * @property {number} bytesFlushed
 * @property {TakeSegment[]} segments
 * @property {TakeMarker[]} markers
 */

/** @typedef {{rate: number, channels: number, frames: number, at: number}} TakeSegment */

/**
 * A moment of a take.
 *
 * @typedef {object} TakeMarker
 * @property {number} frame of the take
 * @property {"marker" | "start" | "pause" | "gap" | "fault"} kind start: what is
 *   before was heard before Record was pressed; gap: audio is missing here
 * @property {number} at
 * @property {string} [text] what a person noted
 * @property {string} [code] of a fault
 * @property {number} [frames] that are missing
 * @property {number} [silent] so many of them only are silence of the take
 */

/** @typedef {Omit<TakeMarker, "frame" | "at"> & {frame?: number, counted?: number}} TakeMoment
 *   without a frame it is the latest; counted: the frame as the audio thread counts,
 *   of a take of which it may have counted more than was kept */

/**
 * The upload of a recording: what is needed to go on with it after a reload. How
 * much the server has is asked of the server.
 *
 * @typedef {object} UploadRow
 * @property {string} id the recording's
 * @property {string} fileId its name on the server; another one after a conflict
 * @property {UploadState} state
 * @property {number} headerBytes length of chunk 0, if it began as a running take
 * @property {number} ackBytes
 * @property {number | null} totalBytes null while the take runs
 * @property {number} attempts failures since the last progress
 * @property {string | null} error code of the last failure
 */

/** @typedef {"queued" | "uploading" | "paused" | "waiting" | "verifying" | "done" | "failed"} UploadState */

/**
 * @typedef {object} UploadProgress
 * @property {string} id the recording's
 * @property {UploadState} state
 * @property {number} ackBytes
 * @property {number | null} totalBytes null while the take runs
 * @property {number} serverSeconds audio that the server has
 * @property {string | null} code of the last failure
 * @property {number} [parts] in how many recordings it lies there; 0: as one
 * @property {number | null} [retryAt] when it is tried again, if the server says so
 */

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

/**
 * A recording that was deleted and can be restored. Its files stay where they are
 * and are the trash's as long as this row is there.
 *
 * @typedef {object} TrashRow
 * @property {string} id the recording's
 * @property {number} deletedAt
 * @property {RecordingRow} recording as it was
 * @property {TakeRow | null} take of one that was interrupted
 * @property {boolean} [isGoing] its files are being removed: nothing brings it back
 */

/** @typedef {{name: string, value: unknown}} PreferenceRow */

/**
 * An upload that is not complete, as the server tells it.
 *
 * @typedef {object} ServerUpload
 * @property {string} file_id
 * @property {string | null} file_name
 * @property {number | null} chunk_size null: sent while it was being made
 * @property {number} prefix_chunks there without a gap
 * @property {number} prefix_bytes
 * @property {number} created
 * @property {number} updated
 */

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
