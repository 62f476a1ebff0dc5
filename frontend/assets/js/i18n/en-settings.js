/**
 * English texts of the settings.
 *
 * @type {import("../core/messages.js").Dictionary}
 */
export const enSettings = {
  "set.look": "Language and look",
  "set.language": "Language",
  "set.language.own": "As the browser",
  "set.language.de": "Deutsch",
  "set.language.en": "English",
  "set.theme": "Theme",
  "set.theme.own": "As the system",
  "set.theme.light": "Light",
  "set.theme.dark": "Dark",
  "set.recording": "Recording",
  "set.sound": "Usual sound",
  "set.soundHint":
    "Voice: less noise, even level (one channel only). Music and Unprocessed: as the microphone gives it.",
  "set.uploads": "Uploads",
  "set.chunk": "Size of the pieces",
  "set.chunk.own": "As the server advises",
  "set.chunk.advised": "As the server advises ({size})",
  "set.chunkHint":
    "Small pieces lose less when a line breaks. Holds for uploads that are yet to begin.",
  "set.limitHint": "All uploads together, on all pages. Empty: no limit.",
  "set.keys": "Keys",
  "device.title": "This device",
  "device.export": "Export all",
  "device.exportHint":
    "All recordings on this device as one zip, with their names, notes and markers. What is only on the server is not in it, and neither is a take that is running.",
  "device.none": "There is no recording on this device.",
  "device.onlyRunning":
    "There is nothing to export but the take that is running: end it first.",
  "device.leftRunning": {
    one: "A take that is running is not in it.",
    other: "{count} takes that are running are not in it.",
  },
  "device.leftServer": {
    one: "{count} recording that only the server has is not in it.",
    other: "{count} recordings that only the server has are not in it.",
  },
  "device.leftUnreadable": {
    one: "{count} recording could not be read, and is not in it.",
    other: "{count} recordings could not be read, and are not in it.",
  },
  "device.diagnostics": "Save diagnostics",
  "device.diagnosticsHint":
    "A text file for whoever looks for a fault: version, browser, storage, settings, lengths and states of the recordings, and this device's log. No names, no notes, no sound, no addresses. Nothing is sent anywhere.",
  "device.diagnosticsName": "WaveForge diagnostics {date}",
  "device.diagnosticsDone": "The diagnostics are saved as a file.",
  "erase.open": "Erase this device…",
  "erase.hint":
    "Removes all that WaveForge keeps in this browser. Recordings on the server stay.",
  "erase.title": "Erase this device?",
  "erase.what":
    "What WaveForge keeps in this browser goes, in all its tabs: recordings, settings, the log, and the app's files for the time without a network. Recordings on the server stay.",
  "erase.lost": {
    one: "{count} recording is only here and not on the server. It would be lost for good.",
    other:
      "{count} recordings are only here and not on the server. They would be lost for good.",
  },
  "erase.noneLost":
    "Every recording on this device is on the server as well: none would be lost.",
  "erase.trashed": {
    one: "{count} recording in the trash goes as well.",
    other: "{count} recordings in the trash go as well.",
  },
  "erase.unheard": {
    one: "{count} change has not reached the server yet and never would: what was deleted or renamed here stays there as it is.",
    other:
      "{count} changes have not reached the server yet and never would: what was deleted or renamed here stays there as it is.",
  },
  "erase.exportFirst": "Export all first",
  "erase.word": "erase",
  "erase.type": "To go on, type “{word}”",
  "erase.wrongWord": "That is not the word. Nothing has been erased.",
  "erase.do": "Erase",
  "erase.done": "This device is erased",
  "erase.doneText":
    "Nothing of WaveForge is left in this browser. Recordings on the server are still there.",
  "erase.anew": "Begin anew",
  "set.defaults": "Reset to defaults",
  "set.isDefault": "The settings of this view are as they were at first.",
};
