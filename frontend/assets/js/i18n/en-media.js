/**
 * English texts of other formats: what is made and what is brought in.
 *
 * @type {import("../core/messages.js").Dictionary}
 */
export const enMedia = {
  "action.downloadAs": "Download as…",
  "downloadAs.title": "Download “{name}” as",
  "as.stored": "as stored",
  "as.wav": "WAV",
  "as.flac": "FLAC",
  "as.mp3": "MP3",
  "as.m4a": "M4A",
  "as.storedName": "As stored",
  "as.storedNote": "The recording itself, at once.",
  "as.wavNote": "Uncompressed, for editing. Large.",
  "as.flacNote": "Nothing is lost, half the size of WAV.",
  "as.mp3Note": "Small, plays everywhere.",
  "as.m4aNote": "Small, for phones and players (AAC).",
  "job.export": "“{name}” becomes {format}: {percent}.",
  "job.exportDone": "“{name}” is ready as {format}.",
  "job.exportFailed": "“{name}” could not be made. {reason}",
  "job.exportBegun": "“{name}” becomes {format}.",
  "job.exportCancelled": "The conversion was given up.",
  "job.waiting": {
    one: "{count} more waits.",
    other: "{count} more wait.",
  },
  "job.progress": "Progress",
  "error.MEDIA_UNKNOWN": "This is no audio file that can be read here.",
  "error.MEDIA_SILENT": "There is no sound in this file.",
  "error.MEDIA_CODEC": "This browser cannot decode the sound in this file.",
  "error.MEDIA_BROKEN": "The file is damaged, or ends too early.",
  "error.MEDIA_FAILED":
    "The part of this page that does this could not be loaded. Reload the page.",
  "error.MEDIA_NO_M4A": "This browser cannot make M4A.",
  "action.import": "Import",
  "import.drop": "Drop audio files here to import them",
  "job.import": "“{name}” is being imported: {percent}.",
  "job.importDone": "“{name}” is in the library.",
  "job.importSound": "“{name}” is in the library, its sound alone: {format}.",
  "job.importFailed": "“{name}” was not imported. {reason}",
  "job.importBegun": {
    one: "{count} file is being imported.",
    other: "{count} files are being imported.",
  },
  "job.importCancelled": "The import was given up.",
  "job.importsFailed": {
    one: "{count} file was not imported.",
    other: "{count} files were not imported.",
  },
  "job.reason": "{names}: {reason}",
  "job.named": "“{name}”",
  "job.more": { one: "{count} more", other: "{count} more" },
  "error.MEDIA_EMPTY": "The file is empty.",
  "error.MEDIA_DURING_TAKE":
    "Nothing is imported or made while a take runs: the room is for the take. Try again when it is over.",
  "as.webm": "WebM",
};
