/**
 * What has gone wrong, by its code, and that it is over: German.
 *
 * @type {import("../core/messages.js").Dictionary}
 */
export const deFaults = {
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
  "error.AUDIO_BACK": "Der Ton ist wieder da.",
  "error.MICROPHONE_OTHER":
    "Ein anderes Mikrofon ist an seine Stelle getreten.",
  "settled.AUDIO_STALLED": "Der Ton ist wieder da. Die Aufnahme geht weiter.",
  "settled.other":
    "Ein anderes Mikrofon ist an seine Stelle getreten: {name}. Die Aufnahme geht weiter.",
  "settled.wished": "Das gewählte Mikrofon ist da: {name}.",
  "settled.MICROPHONE_ENDED":
    "Das Mikrofon ist wieder da. Die Aufnahme geht weiter.",
  "settled.MICROPHONE_MUTED": "Das Mikrofon ist nicht mehr stumm.",
  "settled.MICROPHONE_SILENT": "Es kommt wieder Ton an.",
  "error.MICROPHONE_MUTED":
    "Das Mikrofon ist stumm. Die Aufnahme geht mit Stille weiter, bis es zurück ist.",
  "error.MICROPHONE_SILENT":
    "Es kommt nur Stille an. Ist das Mikrofon stumm oder ausgeschaltet?",
  "error.AUDIO_STALLED":
    "Der Browser liefert keinen Ton mehr. Die Aufnahme geht weiter, sobald er zurück ist.",
  "error.STORAGE_LOW":
    "Der Platz auf diesem Gerät ist fast aufgebraucht: Die Aufnahme endet in etwa einer Minute von selbst. Das Aufgenommene ist gesichert; zum Weitermachen Platz schaffen.",
  "error.STORAGE_FULL":
    "Es ist kein Platz mehr. Das Aufgenommene ist gesichert; zum Weitermachen Platz schaffen.",
  "error.ZIP_EMPTY": "Auf diesem Gerät ist keine Aufnahme dafür.",
  "error.ERASE_DURING_TAKE":
    "Eine Aufnahme läuft, hier oder in einem anderen Tab. Zuerst beenden; gelöscht wurde nichts.",
  "error.ERASE_DURING_UPLOAD":
    "Ein anderer Tab lädt gerade hoch. Dort anhalten oder abbrechen oder den Tab schließen; gelöscht wurde nichts.",
  "error.ERASE_DURING_ZIP":
    "Das ZIP wird noch erstellt. Abwarten oder zuerst abbrechen.",
  "error.ERASE_CUT":
    "Noch ließ sich nicht alles löschen. Andere Tabs von WaveForge schließen, dann diese Seite neu laden: Es geht von selbst weiter.",
  "error.STORAGE_ERROR":
    "Das Sichern ist gescheitert. Was vorher gesichert war, bleibt.",
  "error.DATABASE_NEWER":
    "In einem anderen Tab läuft eine neuere Version. Diese Seite neu laden.",
  "error.DATABASE_LOST":
    "Die Datenbank des Browsers ist nicht nutzbar. Diese Seite neu laden.",
  "error.JOURNAL_FAILED":
    "Der Browser kann nicht in seine Datenbank schreiben: Der Datenträger ist vielleicht voll. Der Ton selbst wird gesichert, solange Platz ist; Platz schaffen.",
  "error.ENCODER_FAILED":
    "Das Kodieren ist in diesem Browser gescheitert. Das Aufgenommene ist gesichert.",
  "error.SPOOL_FAILED":
    "Das Sichern ist gescheitert. Was vorher gesichert war, bleibt.",
  "settled.SPOOL_FAILED": "Das Sichern geht weiter.",
  "error.SPOOL_LATE":
    "Das Aufgenommene wartet im Arbeitsspeicher: Das Sichern kommt nicht nach.",
  "settled.SPOOL_LATE": "Das Sichern hat aufgeholt. Nichts ist verloren.",
  "error.SPOOL_DEAD":
    "Der Teil dieser Seite, der sichert, antwortet nicht mehr. Gesichertes bleibt: Seite neu laden, um es zu retten.",
  "error.TAKE_BUSY":
    "Eine andere Aufnahme wird noch gesichert. Gleich erneut versuchen.",
  "error.IN_TRASH":
    "Diese Aufnahme liegt auf diesem Gerät im Papierkorb: dort wiederherstellen oder zuerst endgültig löschen.",
  "error.TAKE_EMPTY": "Nichts aufgenommen: Es kam kein Ton an.",
  "error.TAKE_INTERRUPTED": "Hier wurde die Aufnahme unterbrochen.",
  "error.TAKE_MISSING": "Diese Aufnahme liegt nicht mehr auf diesem Gerät.",
  "error.TAKE_TORN":
    "Die Datei dieser Aufnahme ist auf diesem Gerät beschädigt: Ein Teil fehlt. So, wie sie ist, lässt sie sich noch herunterladen.",
  "error.TAKE_UNREADABLE": "Die Aufnahme lässt sich gerade nicht lesen.",
  "error.TAKE_OTHER_SOUND":
    "Diese Aufnahme klingt anders: Sie hat eine andere Abtastrate oder Kanalzahl, als das Mikrofon jetzt liefert. Das Mikrofon von damals wählen, oder die Aufnahme behalten und eine neue beginnen.",
  "error.TAKE_OTHER_TONE":
    "Verstärkung und Equalizer sind in diese Aufnahme anders eingerechnet als jetzt eingestellt. Beides wie damals einstellen, oder die Aufnahme behalten und eine neue beginnen.",
  "error.UNSUPPORTED":
    "Dieser Browser kann nicht aufnehmen, ein neuerer schon.",
  "error.INSECURE":
    "Das geht nur über HTTPS: diese Seite über https öffnen oder auf dem Rechner des Servers als http://localhost.",
  "error.NOT_CUT":
    "Diese Aufnahme geht inzwischen weiter oder ist weg. Die Liste ist jetzt aktuell.",
  "error.COPIES_FULL":
    "Aufnahmen vom Server belegen hier schon 2 GB. Zuerst eine von diesem Gerät entfernen.",
  "error.COPY_DURING_TAKE":
    "Solange aufgenommen wird, bleibt der Platz dafür frei, und nichts wird vom Server behalten. Danach noch einmal versuchen.",
  "error.ZIP_TOO_LARGE":
    "Dieser Browser baut ein ZIP im Arbeitsspeicher, höchstens 512 MB. Weniger Aufnahmen auswählen oder einzeln herunterladen.",
  "error.ZIP_SHORT": "Es kam nicht alles an.",
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
    "Der Server verlangt eine neue Anmeldung. Danach erneut versuchen.",
  "error.UPLOAD_UNAUTHORIZED":
    "Der Server verlangt eine neue Anmeldung. Die Aufnahme läuft weiter; die Uploads gehen danach von selbst weiter.",
  "settled.UPLOAD_UNAUTHORIZED": "Wieder angemeldet. Die Uploads gehen weiter.",
  "error.LANGUAGE_MISSING":
    "Die Texte dieser Sprache ließen sich nicht laden. Sobald der Server erreichbar ist, lässt sie sich noch einmal wählen.",
  "error.PLAYBACK": "Diese Aufnahme lässt sich hier nicht abspielen.",
};
