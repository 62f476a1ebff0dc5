/**
 * English texts of the settings.
 *
 * @type {import("../core/messages.js").Dictionary}
 */
export const enSettings = {
  "view.settings": "Settings",
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
    "Voice: less noise, even level. Music: even level. Unprocessed: as the microphone gives it.",
  "set.uploads": "Uploads",
  "set.chunk": "Size of the pieces",
  "set.chunk.own": "As the server advises",
  "set.chunk.advised": "As the server advises ({size})",
  "set.chunkHint":
    "Small pieces lose less when a line breaks. Holds for uploads that are yet to begin.",
  "set.limitHint": "All uploads together, on all pages. Empty: no limit.",
  "set.keys": "Keys",
  "set.defaults": "Reset to defaults",
  "set.isDefault": "The settings of this view are as they were at first.",
};
