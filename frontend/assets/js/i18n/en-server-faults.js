/**
 * What the server refuses, by the code it gives: English.
 *
 * @type {import("../core/messages.js").Dictionary}
 */
export const enServerFaults = {
  "error.MISSING_FIELD":
    "The server asks for something that this page did not send.",
  "error.INVALID_FIELD":
    "The server cannot read something that this page sent.",
  "error.INVALID_ID": "The server does not take the name that this page sent.",
  "error.INVALID_FORMAT": "The server cannot read what this page sent.",
  "error.INVALID_DIGEST":
    "The server cannot read the digest that this page sent.",
  "error.INVALID_CURSOR":
    "The list on the server has changed. Reload this page.",
  "error.EMPTY_CHUNK": "The server takes no empty piece.",
  "error.INCONSISTENT_LENGTH": "The server was told another length before.",
  "error.COMPLETED_UPLOAD":
    "The server has all of this upload and takes no more of it.",
  "error.FORBIDDEN_ORIGIN":
    "The server takes nothing from pages of this address.",
  "error.NOT_APPENDABLE":
    "The server does not take this upload piece by piece.",
  "error.NO_STORE":
    "The server cannot tell whose recordings these are. Whoever runs it can set that.",
  "error.RECORDING_NOT_FOUND": "The recording is no longer on the server.",
  "error.METHOD_NOT_ALLOWED":
    "The server does not offer this. It may be older than this page, or something in between keeps it away.",
  "error.CHUNK_CONFLICT":
    "The server has other bytes at this place of the upload.",
  "error.OFFSET_MISMATCH":
    "The server has another length of this upload than was thought.",
  "error.CHUNKS_MISSING": "The server lacks a part of this upload.",
  "error.ALREADY_COMPLETE": "The server has all of this recording already.",
  "error.DELETED": "This recording was deleted on the server.",
  "error.PRECONDITION_FAILED":
    "The recording on the server is not as it was. Reload the list, then try again.",
  "error.UNSUPPORTED_VERSION":
    "The server knows another version of this. Reload the page.",
  "error.TOO_MANY_CHUNKS":
    "The recording would be in too many pieces. Choose larger ones in the settings.",
  "error.UNSUPPORTED_BODY":
    "The server does not take what this page sent in this form. It may be older or newer than this page: reload it.",
  "error.UNSUPPORTED_ENCODING":
    "The server does not take what is sent in this encoding.",
  "error.RANGE_NOT_SATISFIABLE":
    "The recording on the server is shorter than was thought.",
  "error.CHUNK_BUSY":
    "The server is still receiving this, or putting it together. Try again in a moment.",
  "error.TOO_MANY_UPLOADS":
    "Too many uploads to the server are unfinished. Try again later.",
  "error.SERVER_FULL":
    "There is no room left on the server. What is on this device stays.",
  "error.BAD_REQUEST": "The server does not understand what this page sent.",
  "error.FORBIDDEN": "The server does not allow this.",
  "error.TOO_MANY_REQUESTS":
    "The server limits how often it is asked. Try again in a moment.",
  "error.INTERNAL_ERROR": "The server failed. Try again in a moment.",
  "error.UNAVAILABLE":
    "The server is not available at present. Try again in a moment.",
  "error.ERROR": "The server refused this.",
  "error.STORE_BUSY":
    "The server's disk does not keep up. Try again in a moment.",
};
