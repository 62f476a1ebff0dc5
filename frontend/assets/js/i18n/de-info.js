/**
 * German texts on the studio itself: what it keeps where, and for whom it works.
 *
 * @type {import("../core/messages.js").Dictionary}
 */
export const deInfo = {
  "help.more": "Was wo liegt, Barrierefreiheit, Lizenzen",
  "info.what": "Was es ist",
  "info.version": "Version {number}",
  "info.where": "Was wo liegt",
  "info.device": "Auf diesem Gerät",
  "info.deviceText":
    "Aufnahmen samt Namen und Marken, die Einstellungen und die letzte Liste des Servers: im Speicher dieses Browsers. Wer die Websitedaten löscht, entfernt sie. Auch das Programm selbst liegt dort und startet so ohne Netz.",
  "info.server": "Auf dem Server",
  "info.serverText":
    "Aufnahmen, die dorthin gehen, mit Name, Zeit, Marken, Wellenform sowie Name und Einstellung des Mikrofons. Wer diese Seite öffnen kann, kann sie hören.",
  "info.elsewhere": "Sonst irgendwo",
  "info.elsewhereText":
    "Nichts. Keine eigenen Cookies, keine Statistik, keine andere Website wird nach etwas gefragt.",
  "info.access": "Barrierefreiheit",
  "info.state":
    "WaveForge soll WCAG 2.1 auf Stufe AA erfüllen, wie EN 301 549 und die BITV 2.0 es verlangen. Soweit die Hersteller geprüft haben, ist es damit teilweise vereinbar.",
  "info.limits": "Bekannte Grenzen",
  "info.limitPicture":
    "Wellenform und Spektrum sind Bilder. Was daran wichtig ist, steht daneben in Worten: Pegel, Spitze, Übersteuerung, Länge, Position.",
  "info.limitText":
    "Aufnahmen haben weder Untertitel noch Abschrift: Sie bleiben, wie sie aufgenommen wurden.",
  "info.limitFind":
    "Von einem langen Archiv stehen nur die sichtbaren Zeilen auf der Seite: Die Suche des Browsers findet die anderen nicht, das Suchfeld findet sie.",
  "info.limitPeople":
    "Menschen, die täglich mit Bildschirmlesern oder Sprachsteuerung arbeiten, haben es noch nicht erprobt.",
  "info.checked": "Wie geprüft wurde",
  "info.checkedText":
    "Durch die Hersteller: jede Ansicht automatisch in beiden Sprachen, beiden Themen und drei Breiten, dazu ganze Abläufe allein mit der Tastatur.",
  "info.stated": "Zuletzt durchgesehen am {date}.",
  "info.feedback": "Auf eine Barriere gestoßen?",
  "info.feedbackText":
    "Bitte mitteilen, was nicht geht und mit welchem Browser und welchen Hilfen, an:",
  "info.operator": "die Stelle, die diese Seite betreibt",
  "info.enforcement":
    "Kommt keine Antwort, hilft bei öffentlichen Stellen deren Schlichtungsstelle; die Stelle selbst nennt sie.",
  "info.licences": "Lizenzen",
  "info.licencesText":
    "WaveForge ist freie Software, ebenso alles, was mitkommt:",
  "info.licencesFault":
    "Die Lizenzen ließen sich nicht lesen. Sie liegen neben dem Programm, in assets/licences.json.",
  "info.licence": "{name} {version} – {license}",

  "update.offer": "Eine neue Version ist bereit.",
  "update.apply": "Jetzt verwenden",

  "help.title": "WaveForge",
  "help.about":
    "Ein Rekorder, der keine Aufnahme verliert. Aufnahmen liegen zuerst auf diesem Gerät; eine Kopie geht beim Aufnehmen zum Server.",
  "help.keys": "Tasten",
  "help.keyRecord": "Aufnehmen, Beenden",
  "help.keyPause": "Pause, Fortsetzen",
  "help.keyMarker": "Marke",
  "help.keyRegion": "Nächster Bereich der Seite",
  "help.singleKeys": "Einzelne Tasten wirken",
};
