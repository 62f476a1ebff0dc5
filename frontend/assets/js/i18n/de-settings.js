/**
 * German texts of the settings.
 *
 * @type {import("../core/messages.js").Dictionary}
 */
export const deSettings = {
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
    "Sprache: weniger Rauschen, gleichmäßiger Pegel (nur mit einem Kanal). Musik und Unbearbeitet: wie vom Mikrofon geliefert.",
  "set.uploads": "Hochladen",
  "set.chunk": "Größe der Teile",
  "set.chunk.own": "Wie der Server rät",
  "set.chunk.advised": "Wie der Server rät ({size})",
  "set.chunkHint":
    "Kleine Teile verlieren weniger, wenn die Leitung abreißt. Gilt für alles, was noch nicht begonnen hat.",
  "set.limitHint": "Für alles zusammen, auf allen Seiten. Leer: keine Grenze.",
  "set.keys": "Tasten",
  "device.title": "Dieses Gerät",
  "device.export": "Alles exportieren",
  "device.exportHint":
    "Alle Aufnahmen auf diesem Gerät als ein ZIP, mit Namen, Notizen und Marken. Nicht enthalten ist, was nur auf dem Server liegt, und eine laufende Aufnahme.",
  "device.none": "Auf diesem Gerät ist keine Aufnahme.",
  "device.onlyRunning":
    "Es gibt nur die laufende Aufnahme: zuerst beenden, dann exportieren.",
  "device.leftRunning": {
    one: "Eine laufende Aufnahme ist nicht enthalten.",
    other: "{count} laufende Aufnahmen sind nicht enthalten.",
  },
  "device.leftServer": {
    one: "{count} Aufnahme, die nur auf dem Server liegt, ist nicht enthalten.",
    other:
      "{count} Aufnahmen, die nur auf dem Server liegen, sind nicht enthalten.",
  },
  "device.leftUnreadable": {
    one: "{count} Aufnahme war nicht lesbar und ist nicht enthalten.",
    other: "{count} Aufnahmen waren nicht lesbar und sind nicht enthalten.",
  },
  "device.diagnostics": "Diagnose speichern",
  "device.diagnosticsHint":
    "Eine Textdatei zur Fehlersuche: Version, Browser, Speicher, Einstellungen, Länge und Zustand der Aufnahmen und das Protokoll dieses Geräts. Keine Namen, keine Notizen, kein Ton, keine Adressen. Nichts wird verschickt.",
  "device.diagnosticsName": "WaveForge-Diagnose {date}",
  "device.diagnosticsDone": "Die Diagnose ist als Datei gespeichert.",
  "erase.open": "Gerät leeren …",
  "erase.hint":
    "Entfernt alles, was WaveForge in diesem Browser aufbewahrt. Aufnahmen auf dem Server bleiben.",
  "erase.title": "Dieses Gerät leeren?",
  "erase.what":
    "Alles, was WaveForge in diesem Browser aufbewahrt, wird gelöscht, für alle Tabs: Aufnahmen, Einstellungen, das Protokoll und die Dateien der App für die Zeit ohne Netz. Aufnahmen auf dem Server bleiben.",
  "erase.lost": {
    one: "{count} Aufnahme liegt nur hier und nicht auf dem Server. Sie wäre endgültig verloren.",
    other:
      "{count} Aufnahmen liegen nur hier und nicht auf dem Server. Sie wären endgültig verloren.",
  },
  "erase.noneLost":
    "Jede Aufnahme auf diesem Gerät liegt auch auf dem Server: Keine ginge verloren.",
  "erase.trashed": {
    one: "Auch {count} Aufnahme im Papierkorb wird gelöscht.",
    other: "Auch {count} Aufnahmen im Papierkorb werden gelöscht.",
  },
  "erase.unheard": {
    one: "{count} Änderung ist noch nicht beim Server angekommen und käme nicht mehr an: Was hier gelöscht oder umbenannt wurde, bleibt dort, wie es ist.",
    other:
      "{count} Änderungen sind noch nicht beim Server angekommen und kämen nicht mehr an: Was hier gelöscht oder umbenannt wurde, bleibt dort, wie es ist.",
  },
  "erase.exportFirst": "Zuerst alles exportieren",
  "erase.word": "leeren",
  "erase.type": "Zum Fortfahren „{word}“ eintippen",
  "erase.wrongWord": "Das ist nicht das Wort. Nichts wurde gelöscht.",
  "erase.do": "Leeren",
  "erase.done": "Dieses Gerät ist geleert",
  "erase.doneText":
    "Von WaveForge ist in diesem Browser nichts mehr. Aufnahmen auf dem Server sind noch da.",
  "erase.anew": "Neu beginnen",
  "set.defaults": "Zurücksetzen",
  "set.isDefault":
    "Die Einstellungen dieser Ansicht sind wieder wie am Anfang.",
};
