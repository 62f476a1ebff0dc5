/**
 * English texts of the library.
 *
 * @type {import("../core/messages.js").Dictionary}
 */
export const enLibrary = {
  "library.title": "Library",
  "library.summary": {
    one: "{count} recording, {time}",
    other: "{count} recordings, {time}",
  },
  "library.part": {
    one: "{count} of {all} recordings",
    other: "{count} of {all} recordings",
  },
  "library.emptyTitle": "No recordings yet",
  "library.emptyText":
    "What is recorded here, and what is on the server, appears in this list.",
  "library.emptyAction": "Record the first take",
  "library.unknownLength": "length unknown",
  "library.note.offline":
    "No server: this list shows what is on this device and what the server had last.",
  "library.note.failed":
    "The server’s list could not be read. {reason} This list shows what it had last.",
  "library.loading": "Reading the library",
  "library.failedTitle": "The library could not be read",
  "library.list": "Recordings",
  "library.tools": "Find and order",
  "library.search": "Search names",
  "library.searchHint": "Search",
  "library.show": "Show",
  "library.sort": "Order",
  "library.found": {
    one: "{count} recording in the list.",
    other: "{count} recordings in the list.",
  },
  "library.nothingTitle": "Nothing found",
  "library.nothingText": "No recording fits this search and selection.",
  "library.showAll": "Show all recordings",
  "dock.loop": "Play over and over",
  "dock.rate": "Speed",
  "dock.times": "{value}×",
  "dock.volume": "Volume",
  "help.keySpace": "Space",
  "help.keyPlay": "Play, pause",
  "help.keySides": "Left, Right",
  "help.keySeek": "Back, forward 5 seconds",
  "help.keyLoop": "Play over and over",
  "help.keyArrows": "Up, Down",
  "help.keyHome": "Home",
  "help.keyEnd": "End",
  "help.keyRows": "Another recording, in the library",
  "filter.all": "All",
  "filter.device": "Only here",
  "filter.server": "On server",
  "filter.interrupted": "Interrupted",
  "sort.newest": "Newest first",
  "sort.oldest": "Oldest first",
  "sort.name": "Name, A to Z",
  "sort.nameDown": "Name, Z to A",
  "sort.longest": "Longest first",
  "sort.shortest": "Shortest first",
  "sort.largest": "Largest first",
  "sort.smallest": "Smallest first",
};
