/**
 * German texts of other formats: what is made and what is brought in.
 *
 * @type {import("../core/messages.js").Dictionary}
 */
export const deMedia = {
  "action.downloadAs": "Herunterladen als …",
  "downloadAs.title": "„{name}“ herunterladen als",
  "as.stored": "wie gespeichert",
  "as.wav": "WAV",
  "as.flac": "FLAC",
  "as.mp3": "MP3",
  "as.m4a": "M4A",
  "as.storedName": "Wie gespeichert",
  "as.storedNote": "Die Aufnahme selbst, sofort.",
  "as.wavNote": "Unkomprimiert, zum Bearbeiten. Groß.",
  "as.flacNote": "Ohne Verlust, halb so groß wie WAV.",
  "as.mp3Note": "Klein, läuft überall.",
  "as.m4aNote": "Klein, für Telefone und Player (AAC).",
  "job.export": "„{name}“ wird {format}: {percent}.",
  "job.exportDone": "„{name}“ ist als {format} fertig.",
  "job.exportFailed": "„{name}“ ließ sich nicht umwandeln. {reason}",
  "job.exportBegun": "„{name}“ wird {format}.",
  "job.exportCancelled": "Die Umwandlung ist abgebrochen.",
  "job.waiting": {
    one: "{count} weitere wartet.",
    other: "{count} weitere warten.",
  },
  "job.progress": "Fortschritt",
  "error.MEDIA_UNKNOWN": "Das ist keine Audiodatei, die sich hier lesen lässt.",
  "error.MEDIA_SILENT": "In dieser Datei ist kein Ton.",
  "error.MEDIA_CODEC":
    "Dieser Browser kann den Ton in dieser Datei nicht dekodieren.",
  "error.MEDIA_BROKEN": "Die Datei ist beschädigt oder endet zu früh.",
  "error.MEDIA_FAILED":
    "Der dafür zuständige Teil dieser Seite ließ sich nicht laden. Die Seite neu laden.",
  "error.MEDIA_NO_M4A": "Dieser Browser kann kein M4A erzeugen.",
  "action.import": "Importieren",
  "import.drop": "Audiodateien hier ablegen, um sie zu importieren",
  "job.import": "„{name}“ wird importiert: {percent}.",
  "job.importDone": "„{name}“ ist im Archiv.",
  "job.importSound": "„{name}“ ist im Archiv, nur der Ton: {format}.",
  "job.importFailed": "„{name}“ wurde nicht importiert. {reason}",
  "job.importBegun": {
    one: "{count} Datei wird importiert.",
    other: "{count} Dateien werden importiert.",
  },
  "job.importCancelled": "Der Import ist abgebrochen.",
  "job.importsFailed": {
    one: "{count} Datei wurde nicht importiert.",
    other: "{count} Dateien wurden nicht importiert.",
  },
  "job.reason": "{names}: {reason}",
  "job.named": "„{name}“",
  "job.more": { one: "{count} weitere", other: "{count} weitere" },
  "error.MEDIA_EMPTY": "Die Datei ist leer.",
  "error.MEDIA_DURING_TAKE":
    "Während einer Aufnahme wird nichts importiert und nichts erzeugt: Der Platz ist für die Aufnahme. Danach erneut versuchen.",
  "as.webm": "WebM",
};
