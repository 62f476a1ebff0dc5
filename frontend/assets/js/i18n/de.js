/**
 * German texts: infinitives, neither du nor Sie. The English ones have the same
 * keys and places.
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

  "action.record": "Aufnehmen",
  "action.stop": "Beenden",
  "action.pause": "Pause",
  "action.resume": "Fortsetzen",
  "action.mark": "Marke",
  "action.play": "Abspielen",
  "action.download": "Herunterladen",
  "action.rename": "Umbenennen",
  "action.delete": "Löschen",
  "action.discard": "Verwerfen",
  "action.keep": "Behalten",
  "action.rescue": "Retten",
  "action.save": "Speichern",
  "action.cancel": "Abbrechen",
  "action.close": "Schließen",
  "action.undo": "Rückgängig",
  "action.retry": "Erneut versuchen",
  "action.upload": "Hochladen",
  "action.pauseUpload": "Hochladen anhalten",
  "action.resumeUpload": "Hochladen fortsetzen",
  "action.cancelUpload": "Hochladen abbrechen",
  "action.uploadAll": "Alle hochladen",
  "action.receipt": "Beleg",
  "action.print": "Drucken",
  "action.pauseAll": "Alle anhalten",
  "action.more": "Mehr zu {name}",
  "action.playName": "{name} abspielen",
  "action.pauseName": "{name} anhalten",

  "record.title": "Aufnehmen",
  "record.microphone": "Mikrofon",
  "record.timer": "Aufgenommene Zeit",
  "record.controls": "Aufnahme steuern",
  "microphone.unnamed": "Standardmikrofon",
  "microphone.nth": "Mikrofon {number}",
  "microphone.away": "Das gewählte, nicht angeschlossen",
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
  "granted.raw": "unbearbeitet",
  "granted.echoCancellation": "Echounterdrückung",
  "granted.noiseSuppression": "Rauschunterdrückung",
  "granted.autoGainControl": "Pegelregelung",
  "granted.differs": "{text}; anders als gewünscht: {list}",

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
  "markers.plain": "{time} Marke",
  "markers.entry": "{time} {text}",
  "markers.pause": "{time} Pause",
  "markers.gap": "{time} Es fehlt Ton: {length}",

  "safe.device": "Gesichert: auf diesem Gerät bis {time}",
  "safe.server": "auf dem Server bis {time}",
  "safe.waiting": "auf dem Server bis {time}, warten auf den Server",
  "safe.paused": "auf dem Server bis {time}, Hochladen angehalten",
  "safe.signIn": "auf dem Server bis {time}, zum Fortsetzen neu anmelden",
  "safe.verifying": "auf dem Server bis {time}, Prüfsumme wird verglichen",
  "safe.done": "auf dem Server, geprüft",
  "safe.failed": "nicht auf dem Server: {reason}",
  "safe.deviceOnly": "geht nirgends sonst hin",
  "safe.later": "auf dem Server erst nach dem Hochladen",

  "kept.name": "Name der Aufnahme",
  "kept.newTake": "Neue Aufnahme",
  "kept.defaultName": "Aufnahme {date}",
  "rename.title": "Aufnahme umbenennen",

  "library.title": "Archiv",
  "library.summary": {
    one: "{count} Aufnahme, {time}",
    other: "{count} Aufnahmen, {time}",
  },
  "library.emptyTitle": "Noch keine Aufnahmen",
  "library.emptyText":
    "Was hier aufgenommen wird und was auf dem Server liegt, erscheint in dieser Liste.",
  "library.emptyAction": "Erste Aufnahme machen",
  "library.unknownLength": "Länge unbekannt",
  "library.serverUnread":
    "Kein Server: Diese Liste zeigt, was auf diesem Gerät liegt und was der Server zuletzt hatte.",

  "uploads.progress": "Fortschritt des Hochladens",
  "uploads.sending": "{number} von {count} wird hochgeladen, {percent}",
  "uploads.pace": "{so}, {rate}/s, noch {time}",
  "uploads.resting": {
    one: "{count} Aufnahme ist noch nicht hochgeladen.",
    other: "{count} Aufnahmen sind noch nicht hochgeladen.",
  },

  "badge.server": "Auf dem Server",
  "badge.serverOnly": "Nur auf dem Server",
  "badge.device": "Nur auf diesem Gerät",
  "badge.later": "Noch nicht hochgeladen",
  "badge.queued": "Wartet auf das Hochladen",
  "badge.uploading": "Wird hochgeladen, {percent}",
  "badge.uploadingLeft": "Wird hochgeladen, {percent}, noch {time}",
  "badge.waiting": "Wartet auf den Server, {percent}",
  "badge.paused": "Hochladen pausiert, {percent}",
  "badge.signIn": "Zum Fortsetzen neu anmelden, {percent}",
  "badge.verifying": "Prüfsumme wird verglichen",
  "badge.failed": "Hochladen gescheitert: {reason}",
  "badge.interrupted": "Unterbrochen",
  "badge.rescue": "Unterbrochen, nur auf dem Server",
  "badge.recording": "Aufnahme läuft",

  "plain.value": "{text}",
  "receipt.title": "Beleg",
  "receipt.made": "Aufgenommen",
  "receipt.length": "Ton",
  "receipt.events": "Unterwegs",
  "receipt.sound": "Mikrofon",
  "receipt.copies": "Kopien",
  "receipt.sha256": "SHA-256",
  "receipt.heardOf": "{heard} von {whole}",
  "receipt.gaps": { one: "{count} Lücke", other: "{count} Lücken" },
  "receipt.pauses": { one: "{count} Pause", other: "{count} Pausen" },
  "receipt.fault": "{count} × {reason}",
  "receipt.unknown": "nicht bekannt",
  "receipt.copies.same": "Hier und auf dem Server dieselbe",
  "receipt.copies.different": "Hier und auf dem Server, nicht dieselbe",
  "receipt.copies.device": "Auf diesem Gerät",
  "receipt.copies.server": "Auf dem Server",

  "interrupted.banner": {
    one: "{count} Aufnahme wurde unterbrochen. Sie ist bis zum Abbruch gesichert.",
    other:
      "{count} Aufnahmen wurden unterbrochen. Sie sind bis zum Abbruch gesichert.",
  },
  "interrupted.keepAll": "Alle behalten",
  "interrupted.discardAll": "Alle verwerfen",
  "interrupted.show": "Im Archiv zeigen",
  "interrupted.kept": "{name} ist gerettet.",

  "dock.label": "Wiedergabe",
  "dock.position": "Position",
  "dock.at": "{time} von {length}",
  "dock.back": "10 Sekunden zurück",
  "dock.forward": "10 Sekunden vor",
  "dock.close": "Wiedergabe schließen",
  "dock.play": "Abspielen",
  "dock.pause": "Anhalten",

  "removal.done": "{name} wird gelöscht.",

  "update.offer": "Eine neue Version ist bereit.",
  "update.apply": "Jetzt verwenden",

  "help.open": "Über das Studio und Tasten",
  "help.title": "WaveForge",
  "help.about":
    "Ein Rekorder, der keine Aufnahme verliert. Aufnahmen liegen zuerst auf diesem Gerät; eine Kopie geht beim Aufnehmen zum Server.",
  "help.keys": "Tasten",
  "help.keyRecord": "Aufnehmen, Beenden",
  "help.keyPause": "Pause, Fortsetzen",
  "help.keyMarker": "Marke",
  "help.keyRegion": "Nächster Bereich der Seite",
  "help.singleKeys": "Einzelne Tasten wirken (R, P, M)",

  "listenOnly.title": "Anhören geht hier, Aufnehmen nicht",
  "listenOnly.text":
    "Was auf dem Server liegt, lässt sich abspielen. Zum Aufnehmen:",
  "missing.secureContext":
    "Diese Seite über https öffnen oder auf dem Rechner des Servers als http://localhost.",
  "missing.audioWorklet":
    "Einen neueren Browser verwenden: Chrome oder Edge 108, Firefox 114, Safari 17 oder neuer.",
  "missing.audioEncoder":
    "Einen Browser verwenden, der Opus kodiert: Chrome oder Edge 94, Firefox 130, Safari 26 oder neuer.",
  "missing.opfs":
    "Ein normales Fenster verwenden: Dieses (privat oder mit gesperrten Websitedaten) behält keine Dateien.",
  "missing.microphone":
    "Einen Browser verwenden, der Seiten ein Mikrofon gibt; ein eingebetteter tut das mitunter nicht.",

  "error.UNKNOWN":
    "Etwas ist schiefgegangen ({code}). Das Aufgenommene ist gesichert.",
  "error.MICROPHONE_DENIED":
    "Der Browser verweigert das Mikrofon. In der Adressleiste erlauben, dann erneut versuchen.",
  "error.MICROPHONE_MISSING":
    "Kein Mikrofon gefunden. Eines anschließen, dann erneut versuchen.",
  "error.MICROPHONE_BUSY":
    "Ein anderes Programm hält das Mikrofon. Dort schließen, dann erneut versuchen.",
  "error.MICROPHONE_ENDED":
    "Das Mikrofon ist weg. Das Aufgenommene ist gesichert; eine Aufnahme läuft mit Stille weiter, bis es wieder da ist.",
  "error.MICROPHONE_BACK": "Das Mikrofon ist wieder da.",
  "settled.MICROPHONE_ENDED":
    "Das Mikrofon ist wieder da. Die Aufnahme geht weiter.",
  "error.MICROPHONE_MUTED":
    "Das Mikrofon ist stumm. Die Aufnahme geht mit Stille weiter, bis es zurück ist.",
  "error.MICROPHONE_SILENT":
    "Es kommt nur Stille an. Ist das Mikrofon stumm oder ausgeschaltet?",
  "error.AUDIO_STALLED":
    "Der Browser liefert keinen Ton mehr. Die Aufnahme geht weiter, sobald er zurück ist.",
  "error.STORAGE_FULL":
    "Es ist kein Platz mehr. Das Aufgenommene ist gesichert; zum Weitermachen Platz schaffen.",
  "error.STORAGE_ERROR":
    "Das Sichern ist gescheitert. Was vorher gesichert war, bleibt.",
  "error.DATABASE_NEWER":
    "In einem anderen Tab läuft eine neuere Version. Diese Seite neu laden.",
  "error.DATABASE_LOST":
    "Die Datenbank des Browsers ist nicht nutzbar. Diese Seite neu laden.",
  "error.ENCODER_FAILED":
    "Das Kodieren ist in diesem Browser gescheitert. Das Aufgenommene ist gesichert.",
  "error.SPOOL_FAILED":
    "Das Sichern ist gescheitert. Was vorher gesichert war, bleibt.",
  "error.SPOOL_DEAD":
    "Der Teil dieser Seite, der sichert, antwortet nicht mehr. Gesichertes bleibt: Seite neu laden, um es zu retten.",
  "error.TAKE_BUSY":
    "Eine andere Aufnahme wird noch gesichert. Gleich erneut versuchen.",
  "error.TAKE_EMPTY": "Nichts aufgenommen: Es kam kein Ton an.",
  "error.TAKE_MISSING": "Diese Aufnahme liegt nicht mehr auf diesem Gerät.",
  "error.UNSUPPORTED":
    "Dieser Browser kann nicht aufnehmen, ein neuerer schon.",
  "error.NOT_ON_SERVER":
    "Auf dem Server liegt keine geprüfte Kopie, daher bleibt diese hier.",
  "error.NOT_VERIFIABLE": "Die Kopie auf dem Server ließ sich nicht prüfen.",
  "error.SERVER_ERROR": "Der Server hat mit einem Fehler geantwortet.",
  "error.UPLOAD_CONFLICT":
    "Auf dem Server liegen unter diesem Namen andere Bytes.",
  "error.UPLOAD_FAILED": "Das Hochladen ist gescheitert.",
  "error.NETWORK": "Der Server ist nicht erreichbar.",
  "error.UPLOAD_NOT_FOUND": "Die Aufnahme ist nicht mehr auf dem Server.",
  "error.NOT_FOUND": "Die Aufnahme liegt nicht mehr auf dem Server.",
  "error.FILE_TOO_LARGE": "Die Aufnahme ist größer, als der Server annimmt.",
  "error.UNSUPPORTED_TYPE": "Der Server nimmt diese Art von Ton nicht an.",
  "error.DIGEST_MISMATCH":
    "Die Kopie auf dem Server weicht ab und wurde nicht angenommen.",
  "error.UNAUTHORIZED":
    "Der Server verlangt eine Anmeldung. Dazu diese Seite neu laden.",
  "error.PLAYBACK": "Diese Aufnahme lässt sich hier nicht abspielen.",
};
