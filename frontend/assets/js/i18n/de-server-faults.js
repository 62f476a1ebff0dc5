/**
 * What the server refuses, by the code it gives: German.
 *
 * @type {import("../core/messages.js").Dictionary}
 */
export const deServerFaults = {
  "error.MISSING_FIELD":
    "Der Server verlangt etwas, das diese Seite nicht gesendet hat.",
  "error.INVALID_FIELD":
    "Der Server kann eine Angabe dieser Seite nicht lesen.",
  "error.INVALID_ID":
    "Der Server nimmt den Namen nicht an, den diese Seite gesendet hat.",
  "error.INVALID_FORMAT":
    "Der Server kann nicht lesen, was diese Seite gesendet hat.",
  "error.INVALID_DIGEST":
    "Der Server kann die Prüfsumme nicht lesen, die diese Seite gesendet hat.",
  "error.INVALID_CURSOR":
    "Die Liste auf dem Server hat sich geändert. Die Seite neu laden.",
  "error.EMPTY_CHUNK": "Der Server nimmt kein leeres Teil an.",
  "error.INCONSISTENT_LENGTH":
    "Dem Server wurde vorher eine andere Länge genannt.",
  "error.COMPLETED_UPLOAD":
    "Dieser Upload ist auf dem Server vollständig; es kommt nichts mehr hinzu.",
  "error.FORBIDDEN_ORIGIN":
    "Von Webseiten unter dieser Adresse nimmt der Server nichts an.",
  "error.NOT_APPENDABLE":
    "Der Server nimmt diesen Upload nicht Stück für Stück an.",
  "error.NO_STORE":
    "Der Server weiß nicht, wem diese Aufnahmen gehören. Wer ihn betreibt, kann das einstellen.",
  "error.RECORDING_NOT_FOUND": "Die Aufnahme liegt nicht mehr auf dem Server.",
  "error.METHOD_NOT_ALLOWED":
    "Der Server bietet das nicht an. Vielleicht ist er älter als diese Seite, oder etwas dazwischen hält es fern.",
  "error.CHUNK_CONFLICT":
    "An dieser Stelle des Uploads liegen auf dem Server andere Bytes.",
  "error.OFFSET_MISMATCH":
    "Der Server hat von diesem Upload eine andere Länge als gedacht.",
  "error.CHUNKS_MISSING": "Auf dem Server fehlt ein Teil dieses Uploads.",
  "error.ALREADY_COMPLETE":
    "Diese Aufnahme liegt schon vollständig auf dem Server.",
  "error.DELETED": "Diese Aufnahme wurde auf dem Server gelöscht.",
  "error.PRECONDITION_FAILED":
    "Die Aufnahme auf dem Server ist nicht mehr, wie sie war. Die Liste neu laden, dann erneut versuchen.",
  "error.UNSUPPORTED_VERSION":
    "Der Server kennt davon eine andere Version. Die Seite neu laden.",
  "error.TOO_MANY_CHUNKS":
    "Die Aufnahme hätte zu viele Teile. In den Einstellungen größere wählen.",
  "error.UNSUPPORTED_BODY":
    "In dieser Form nimmt der Server nicht an, was diese Seite gesendet hat. Vielleicht ist er älter oder neuer: Seite neu laden.",
  "error.UNSUPPORTED_ENCODING":
    "In dieser Kodierung nimmt der Server nichts an.",
  "error.RANGE_NOT_SATISFIABLE":
    "Die Aufnahme auf dem Server ist kürzer als gedacht.",
  "error.CHUNK_BUSY":
    "Der Server empfängt das noch oder setzt es gerade zusammen. Gleich erneut versuchen.",
  "error.TOO_MANY_UPLOADS":
    "Auf dem Server sind zu viele Uploads unvollendet. Später erneut versuchen.",
  "error.SERVER_FULL":
    "Auf dem Server ist kein Platz mehr. Was auf diesem Gerät liegt, bleibt.",
  "error.BAD_REQUEST":
    "Der Server versteht nicht, was diese Seite gesendet hat.",
  "error.FORBIDDEN": "Der Server erlaubt das nicht.",
  "error.TOO_MANY_REQUESTS":
    "Der Server begrenzt die Zahl der Anfragen. Gleich erneut versuchen.",
  "error.INTERNAL_ERROR":
    "Auf dem Server ist ein Fehler aufgetreten. Gleich erneut versuchen.",
  "error.UNAVAILABLE":
    "Der Server ist gerade nicht verfügbar. Gleich erneut versuchen.",
  "error.ERROR": "Der Server hat das abgelehnt.",
  "error.STORE_BUSY":
    "Die Platte des Servers kommt nicht nach. Gleich erneut versuchen.",
};
