/**
 * What has gone wrong, by its code, and that it is over: English.
 *
 * @type {import("../core/messages.js").Dictionary}
 */
export const enFaults = {
  "error.UNKNOWN": "Something went wrong ({code}). What was recorded is kept.",
  "error.MICROPHONE_DENIED":
    "The browser refuses the microphone. Allow it in the address bar, then try again.",
  "error.MICROPHONE_MISSING":
    "No microphone found. Connect one, then try again.",
  "error.MICROPHONE_BUSY":
    "Another program holds the microphone. Close it there, then try again.",
  "error.MICROPHONE_ENDED":
    "The microphone is gone. What was recorded is kept; a take goes on with silence until it is back.",
  "error.MICROPHONE_BACK": "The microphone is back.",
  "error.AUDIO_BACK": "The sound is back.",
  "error.MICROPHONE_OTHER": "Another microphone has taken its place.",
  "settled.AUDIO_STALLED": "The sound is back. The take goes on.",
  "settled.other":
    "Another microphone has taken its place: {name}. The take goes on.",
  "settled.wished": "The microphone that was chosen is there: {name}.",
  "settled.MICROPHONE_ENDED": "The microphone is back. The take goes on.",
  "settled.MICROPHONE_MUTED": "The microphone is no longer muted.",
  "settled.MICROPHONE_SILENT": "Sound arrives again.",
  "error.MICROPHONE_MUTED":
    "The microphone is muted. The take goes on with silence until it is back.",
  "error.MICROPHONE_SILENT":
    "Only silence arrives. Is the microphone muted or switched off?",
  "error.AUDIO_STALLED":
    "The browser stopped giving audio. The take goes on as soon as it is back.",
  "error.STORAGE_LOW":
    "The room on this device is nearly used up: the take will end by itself within a minute or so. What is recorded is kept; free some space to go on.",
  "error.STORAGE_FULL":
    "There is no room left. What was recorded is kept; free some space to go on.",
  "error.ZIP_EMPTY": "There is no recording on this device to put in it.",
  "error.ERASE_DURING_TAKE":
    "A take is running, here or in another tab. End it first; nothing has been erased.",
  "error.ERASE_DURING_UPLOAD":
    "Another tab is uploading. Pause or cancel its uploads, or close it; nothing has been erased.",
  "error.ERASE_DURING_ZIP":
    "The zip is still being made. Wait for it, or cancel it first.",
  "error.ERASE_CUT":
    "Not everything could be erased yet. Close WaveForge's other tabs, then reload this page: it goes on by itself.",
  "error.STORAGE_ERROR": "Saving failed. What was saved before is kept.",
  "error.DATABASE_NEWER": "Another tab runs a newer version. Reload this page.",
  "error.DATABASE_LOST":
    "The browser's database cannot be used. Reload this page.",
  "error.JOURNAL_FAILED":
    "The browser cannot write its database: the disk may be full. The audio itself is saved as long as there is room; free some space.",
  "error.ENCODER_FAILED":
    "This browser failed to encode. What was recorded is kept.",
  "error.SPOOL_FAILED": "Saving failed. What was saved before is kept.",
  "settled.SPOOL_FAILED": "Saving goes on.",
  "error.SPOOL_LATE":
    "What is recorded waits in memory: saving does not keep up.",
  "settled.SPOOL_LATE": "Saving has caught up. Nothing is lost.",
  "error.SPOOL_DEAD":
    "The part of this page that saves no longer answers. What was saved is kept: reload this page to recover it.",
  "error.TAKE_BUSY":
    "Another take is still being saved. Try again in a moment.",
  "error.IN_TRASH":
    "This recording is in the trash of this device: restore it from there, or delete it there for good first.",
  "error.TAKE_EMPTY": "Nothing was recorded: no sound arrived.",
  "error.TAKE_INTERRUPTED": "The take was interrupted here.",
  "error.TAKE_MISSING": "This take is no longer on this device.",
  "error.TAKE_TORN":
    "The file of this recording is damaged on this device: a part of it is missing. It can still be downloaded as it is.",
  "error.TAKE_UNREADABLE": "The take cannot be read at the moment.",
  "error.TAKE_OTHER_SOUND":
    "This take sounds different: it has another rate or another number of channels than the microphone gives now. Choose the microphone it was made with, or keep it and begin a new take.",
  "error.TAKE_OTHER_TONE":
    "Gain and equaliser are not printed to this take as they are now. Set them as they were, or keep it and begin a new take.",
  "error.UNSUPPORTED": "This browser cannot record. A newer one can.",
  "error.INSECURE":
    "This works over HTTPS only: open this page by https, or as http://localhost on the machine that serves it.",
  "error.NOT_CUT":
    "This take has been going on again, or is gone. The list is up to date now.",
  "error.COPIES_FULL":
    "Recordings of the server take 2 GB of this device already. Remove one from this device first.",
  "error.COPY_DURING_TAKE":
    "Nothing is kept from the server while a take runs: the room is for the take. Try again when it is over.",
  "error.ZIP_TOO_LARGE":
    "This browser makes a zip in memory, 512 MB at most. Choose fewer recordings, or download them one by one.",
  "error.ZIP_SHORT": "Not all of it arrived.",
  "error.NOT_ON_SERVER":
    "There is no verified copy on the server, so this one stays.",
  "error.NOT_VERIFIABLE": "The copy on the server could not be verified.",
  "error.SERVER_ERROR": "The server answered with an error.",
  "error.UPLOAD_CONFLICT": "The server has other bytes under this name.",
  "error.UPLOAD_FAILED": "The upload failed.",
  "error.NETWORK": "The server cannot be reached.",
  "error.UPLOAD_NOT_FOUND": "The take is no longer on the server.",
  "error.NOT_FOUND": "The recording is no longer on the server.",
  "error.FILE_TOO_LARGE": "The recording is larger than the server accepts.",
  "error.UNSUPPORTED_TYPE": "The server does not take this kind of audio.",
  "error.DIGEST_MISMATCH":
    "The copy on the server differs and was not accepted.",
  "error.UNAUTHORIZED": "The server asks to sign in again. Then try once more.",
  "error.UPLOAD_UNAUTHORIZED":
    "The server asks to sign in again. Recording goes on; uploads go on by themselves once that is done.",
  "settled.UPLOAD_UNAUTHORIZED": "Signed in again. Uploads go on.",
  "error.LANGUAGE_MISSING":
    "The texts of this language could not be loaded. Choose it again when the server can be reached.",
  "error.PLAYBACK": "This recording cannot be played here.",
};
