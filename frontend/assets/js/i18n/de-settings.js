/**
 * German texts of the settings.
 *
 * @type {import("../core/messages.js").Dictionary}
 */
export const deSettings = {
  "view.settings": "Einstellungen",
  "set.look": "Sprache und Aussehen",
  "set.language": "Sprache",
  "set.language.own": "Wie der Browser",
  "set.language.de": "Deutsch",
  "set.language.en": "English",
  "set.theme": "Thema",
  "set.theme.own": "Wie das System",
  "set.theme.light": "Hell",
  "set.theme.dark": "Dunkel",
  "set.recording": "Aufnehmen",
  "set.sound": "Üblicher Klang",
  "set.soundHint":
    "Sprache: weniger Rauschen, gleichmäßiger Pegel. Musik: gleichmäßiger Pegel. Unbearbeitet: wie vom Mikrofon geliefert.",
  "set.uploads": "Hochladen",
  "set.chunk": "Größe der Teile",
  "set.chunk.own": "Wie der Server rät",
  "set.chunk.advised": "Wie der Server rät ({size})",
  "set.chunkHint":
    "Kleine Teile verlieren weniger, wenn die Leitung abreißt. Gilt für alles, was noch nicht begonnen hat.",
  "set.limitHint": "Für alles zusammen, auf allen Seiten. Leer: keine Grenze.",
  "set.keys": "Tasten",
  "set.defaults": "Zurücksetzen",
  "set.isDefault":
    "Die Einstellungen dieser Ansicht sind wieder wie am Anfang.",
};
