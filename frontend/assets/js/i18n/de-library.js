/**
 * German texts of the library.
 *
 * @type {import("../core/messages.js").Dictionary}
 */
export const deLibrary = {
  "library.title": "Archiv",
  "library.summary": {
    one: "{count} Aufnahme, {time}",
    other: "{count} Aufnahmen, {time}",
  },
  "library.part": {
    one: "{count} von {all} Aufnahmen",
    other: "{count} von {all} Aufnahmen",
  },
  "library.emptyTitle": "Noch keine Aufnahmen",
  "library.emptyText":
    "Was hier aufgenommen wird und was auf dem Server liegt, erscheint in dieser Liste.",
  "library.emptyAction": "Erste Aufnahme machen",
  "library.unknownLength": "Länge unbekannt",
  "library.note.offline":
    "Kein Server: Diese Liste zeigt, was auf diesem Gerät liegt und was der Server zuletzt hatte.",
  "library.note.failed":
    "Die Liste des Servers ließ sich nicht lesen. {reason} Zu sehen ist, was er zuletzt hatte.",
  "library.loading": "Das Archiv wird gelesen",
  "library.failedTitle": "Das Archiv ließ sich nicht lesen",
  "library.list": "Aufnahmen",
  "library.tools": "Suchen und ordnen",
  "library.search": "Namen durchsuchen",
  "library.searchHint": "Suchen",
  "library.show": "Anzeigen",
  "library.sort": "Reihenfolge",
  "library.found": {
    one: "{count} Aufnahme in der Liste.",
    other: "{count} Aufnahmen in der Liste.",
  },
  "library.nothingTitle": "Nichts gefunden",
  "library.nothingText": "Keine Aufnahme passt zu Suche und Auswahl.",
  "library.showAll": "Alle Aufnahmen zeigen",
  "dock.loop": "Wiederholen",
  "dock.rate": "Tempo",
  "dock.times": "{value}×",
  "dock.volume": "Lautstärke",
  "help.keySpace": "Leertaste",
  "help.keyPlay": "Abspielen, Anhalten",
  "help.keySides": "Links, Rechts",
  "help.keySeek": "5 Sekunden zurück, vor",
  "help.keyLoop": "Wiederholen",
  "help.keyArrows": "Auf, Ab",
  "help.keyHome": "Pos1",
  "help.keyEnd": "Ende",
  "help.keyRows": "Andere Aufnahme im Archiv",
  "filter.all": "Alle",
  "filter.device": "Nur hier",
  "filter.server": "Auf dem Server",
  "filter.interrupted": "Unterbrochen",
  "sort.newest": "Neueste zuerst",
  "sort.oldest": "Älteste zuerst",
  "sort.name": "Name, A bis Z",
  "sort.nameDown": "Name, Z bis A",
  "sort.longest": "Längste zuerst",
  "sort.shortest": "Kürzeste zuerst",
  "sort.largest": "Größte zuerst",
  "sort.smallest": "Kleinste zuerst",
};
