import { deCapture } from "./de-capture.js";
import { deFaults } from "./de-faults.js";

/**
 * German texts of the first view, and of whatever may go wrong in it: infinitives,
 * neither du nor Sie. The English ones have the same keys and places.
 *
 * @type {import("../core/messages.js").Dictionary}
 */
export const de = {
  "shell.skip": "Zum Inhalt springen",
  "shell.views": "Ansichten",
  "shell.language": "Sprache",
  "shell.notices": "Hinweise",
  "shell.messages": "Meldungen",
  "shell.title": "{view} – WaveForge",
  "theme.toLight": "Helles Thema verwenden",
  "theme.toDark": "Dunkles Thema verwenden",
  "connection.online": "Online",
  "connection.offline": "Kein Server",
  "connection.checking": "Wird geprüft",
  "connection.said.online": "Der Server antwortet wieder.",
  "connection.said.offline":
    "Der Server antwortet nicht. Aufnehmen geht weiter; Aufnahmen bleiben auf diesem Gerät.",

  "view.record": "Aufnehmen",
  "view.library": "Archiv",
  "view.info": "Über WaveForge",
  "view.settings": "Einstellungen",

  "later.loading": "Wird geladen …",
  "later.missing": "Diese Ansicht ist nicht geladen.",
  "later.failed":
    "Das Archiv und alles Weitere ließen sich nicht laden. Wo aufgenommen werden kann, geht das.",

  "action.record": "Aufnehmen",
  "action.stop": "Beenden",
  "action.pause": "Pause",
  "action.resume": "Fortsetzen",
  "action.mark": "Marke",
  "action.play": "Abspielen",
  "action.download": "Herunterladen",
  "action.rename": "Umbenennen",
  "action.delete": "Löschen",
  "action.continue": "Fortsetzen",
  "action.discard": "Verwerfen",
  "action.keep": "Behalten",
  "action.save": "Speichern",
  "action.cancel": "Abbrechen",
  "action.close": "Schließen",
  "action.undo": "Rückgängig",
  "action.retry": "Erneut versuchen",
  "action.upload": "Hochladen",
  "action.receipt": "Beleg",
  "action.signIn": "Anmelden",

  "record.title": "Aufnehmen",
  "record.microphone": "Mikrofon",
  "record.timer": "Aufgenommene Zeit",
  "record.controls": "Aufnahme steuern",
  "microphone.unnamed": "Standardmikrofon",
  "microphone.nth": "Mikrofon {number}",
  "microphone.chosen": "Das gewählte",
  "microphone.away": "Nicht angeschlossen: {name}",
  "microphone.channels": { one: "mono", other: "{count} Kanäle" },
  "microphone.stereo": "stereo",

  "sound.label": "Klang",
  "sound.voice": "Sprache",
  "sound.music": "Musik",
  "sound.unprocessed": "Unbearbeitet",
  "sound.channels": "Kanäle",
  "sound.usual": "Automatisch",
  "sound.mono": "Mono",
  "sound.stereo": "Stereo",
  "sound.input": "Nur Eingang {number}",
  "granted.input": "nur Eingang {number}",
  "granted.raw": "unbearbeitet",
  "granted.echoCancellation": "Echounterdrückung",
  "granted.noiseSuppression": "Rauschunterdrückung",
  "granted.autoGainControl": "Pegelregelung",
  "granted.differs": "{text}; anders als gewünscht: {list}",

  "format.label": "Format",
  "format.opus": "Klein (Opus)",
  "format.noOpus": "Klein (Opus): nicht in diesem Browser",
  "format.wav": "Verlustfrei (WAV)",

  "limits.label": "Ende nach",
  "limits.never": "Nie",
  "limits.after": "{time}",
  "limits.silent": "Seit 10 Minuten nur Stille. Weiter aufnehmen?",
  "limits.stopped": "Nach {time} beendet, wie eingestellt.",

  "destination.label": "Ziel",
  "destination.server": "Server, live",
  "destination.later": "Server, auf Anweisung",
  "destination.device": "Nur auf diesem Gerät",
  "destination.serverHint":
    "Wer diese Seite öffnen kann, kann hören, was auf dem Server liegt.",
  "destination.laterHint": "Bis zum Hochladen verlässt nichts dieses Gerät.",
  "destination.deviceHint": "Nichts verlässt dieses Gerät.",

  "welcome.first": "Bereit für die erste Aufnahme",
  "welcome.again": "Das Mikrofon ist aus",
  "welcome.device":
    "Jede Sekunde wird beim Aufnehmen auf diesem Gerät gesichert. Ein Absturz oder ein geschlossener Tab kostet höchstens die letzte halbe Sekunde.",
  "welcome.server":
    "Eine Kopie geht während der Aufnahme zum Server. Wer diese Seite öffnen kann, kann sie hören.",
  "welcome.microphone":
    "Das Mikrofon öffnet sich nur durch diese Taste und wird nach einer Minute ohne Aufnahme freigegeben.",
  "welcome.arm": "Mikrofon einschalten",
  "welcome.arming": "Warten auf Erlaubnis",

  "state.off": "Mikrofon aus",
  "state.arming": "Warten auf Erlaubnis",
  "state.armed": "Bereit",
  "state.recording": "Aufnahme läuft",
  "state.paused": "Pausiert",
  "state.stopping": "Aufnahme wird abgeschlossen",
  "state.kept": "Aufnahme gesichert",
  "said.recording": "Aufnahme gestartet.",
  "said.paused": "Pausiert bei {time}.",
  "said.resumed": "Aufnahme läuft wieder.",
  "said.stopped": "Aufnahme beendet. {time} gesichert.",
  "said.clipped": "Der Pegel ist zu hoch: Die Aufnahme übersteuert.",
  "said.limited":
    "Die Upload-Grenze ist niedriger, als diese Aufnahme braucht: Der Server bleibt zurück. Nichts geht verloren, der Rest folgt nach dem Stopp.",
  "said.uploaded": "{name} liegt auf dem Server.",

  "level.label": "Eingangspegel",
  "level.decibels": "{value} dB",
  "level.silent": "Stille",
  "level.words": "{value} Dezibel, {verdict}",
  "verdict.none": "Zum Prüfen des Pegels sprechen oder spielen",
  "verdict.silent": "Nichts zu hören: Ist das Mikrofon stumm?",
  "verdict.quiet": "Leise, {level}: näher herangehen",
  "verdict.good": "Gut, {level}",
  "verdict.loud": "Laut, {level}: etwas Abstand nehmen",
  "verdict.clipped": "Zu laut, übersteuert: Abstand nehmen",
  "verdict.short.silent": "Stille",
  "verdict.short.quiet": "leise",
  "verdict.short.good": "gut",
  "verdict.short.loud": "laut",
  "verdict.short.clipped": "übersteuert",
  "peak.clean": "Spitze {level}, nicht übersteuert",
  "peak.clipped": "Spitze {level}, übersteuert",
  "wave.summary": "Wellenform der Aufnahme: bisher {time}. {peak}.",

  "markers.list": "Marken und Notizen",
  "markers.note": "Notiz",
  "markers.add": "Notiz hinzufügen",
  "markers.named": "{time} {text} {name}",
  "markers.plain": "{time} Marke",
  "markers.entry": "{time} {text}",
  "markers.start": "{time} Aufnehmen gedrückt",
  "markers.pause": "{time} Pause",
  "markers.gap": "{time} Es fehlt Ton: {length}",

  "safe.device": "Gesichert: auf diesem Gerät bis {time}",
  "safe.server": "auf dem Server bis {time}",
  "safe.waiting": "auf dem Server bis {time}, warten auf den Server",
  "safe.waitingFor": "auf dem Server bis {time}, warten: {reason}",
  "safe.inParts": "{so}, in {count} Teilen",
  "safe.paused": "auf dem Server bis {time}, Hochladen angehalten",
  "safe.signIn": "auf dem Server bis {time}, zum Fortsetzen neu anmelden",
  "safe.limited": "auf dem Server bis {time}, gebremst von der Upload-Grenze",
  "safe.verifying": "auf dem Server bis {time}, Prüfsumme wird verglichen",
  "safe.done": "auf dem Server, geprüft",
  "safe.failed": "nicht auf dem Server: {reason}",
  "safe.deviceOnly": "geht nirgends sonst hin",
  "safe.later": "auf dem Server erst nach dem Hochladen",

  "room.plenty": "Platz für mehr als einen Tag auf diesem Gerät",
  "room.left": "Platz für etwa {time} auf diesem Gerät",
  "room.none": "Platz für weniger als eine Minute auf diesem Gerät",
  "taken.most": "Der Server nimmt Aufnahmen bis zu {time} an",
  "taken.none": "Der Server nimmt nur Aufnahmen unter einer Minute an",

  "waiting.SERVER_FULL": "der Server ist voll, bis dort Platz geschaffen wird",
  "waiting.SERVER_LOCKED": "eine andere Verbindung sendet noch daran",
  "waiting.SERVER_LIMIT": "der Server begrenzt die Zahl der Anfragen",
  "waiting.SERVER_BUSY": "der Server ist ausgelastet",
  "waiting.TOO_MANY_UPLOADS":
    "auf dem Server sind zu viele Uploads unvollendet",
  "waiting.until": "{reason}; nächster Versuch um {time}",

  "kept.name": "Name der Aufnahme",
  "kept.newTake": "Neue Aufnahme",
  "kept.defaultName": "Aufnahme {date}",

  "plain.value": "{text}",

  "help.open": "Über das Studio und Tasten",

  "listenOnly.title": "Anhören geht hier, Aufnehmen nicht",
  "listenOnly.text":
    "Was auf dem Server liegt, lässt sich abspielen. Zum Aufnehmen:",
  "missing.secureContext":
    "Diese Seite über https öffnen oder auf dem Rechner des Servers als http://localhost.",
  "missing.audioWorklet":
    "Einen neueren Browser verwenden: Chrome oder Edge 108, Firefox 114, Safari 17 oder neuer.",
  "missing.storage":
    "Ein normales Fenster verwenden: Dieses (privat oder mit gesperrten Websitedaten) behält keine Dateien.",
  "missing.microphone":
    "Einen Browser verwenden, der Seiten ein Mikrofon gibt; ein eingebetteter tut das mitunter nicht.",

  ...deCapture,
  ...deFaults,
};
