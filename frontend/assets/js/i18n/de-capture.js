/**
 * German texts on how a take is heard and begun.
 *
 * @type {import("../core/messages.js").Dictionary}
 */
export const deCapture = {
  "settings.title": "Weitere Einstellungen",
  "tone.title": "Verstärkung und Equalizer",
  "tone.gain": "Verstärkung",
  "tone.low": "Tiefen, 320 Hz",
  "tone.mid": "Mitten, 1 kHz",
  "tone.high": "Höhen, 3,2 kHz",
  "tone.value": "{value} dB",
  "tone.words": "{value} Dezibel",
  "tone.print": "In die Aufnahme einrechnen",
  "tone.printHint":
    "Sonst bleibt die Aufnahme, wie das Mikrofon sie liefert, und diese Werte stehen daneben.",
  "tone.reset": "Zurücksetzen",
  "tone.short.gain": "Verstärkung",
  "tone.short.low": "320 Hz",
  "tone.short.mid": "1 kHz",
  "tone.short.high": "3,2 kHz",
  "tone.part": "{name} {value} dB",
  "tone.none": "keine",
  "tone.printed": "{list}; in die Aufnahme eingerechnet",
  "tone.beside": "{list}; nicht in der Aufnahme selbst",
  "monitor.label": "Mikrofon mithören",
  "monitor.hint":
    "Nur mit Kopfhörern: Ein Lautsprecher koppelt ins Mikrofon zurück.",

  "spectrum.strongest": "Am stärksten bei {hz} Hz",
  "spectrum.silent": "Stille",
  "preRoll.label": "Vorlauf",
  "preRoll.none": "Keiner",
  "preRoll.last": "{time} vor dem Start",
  "preRoll.hint":
    "Die letzten Sekunden liegen nur im Arbeitsspeicher und bleiben erst mit einer Aufnahme.",
  "count.label": "Einzählen: 3, 2, 1",
  "count.cancel": "Abbrechen",
  "count.cancelled": "Einzählen abgebrochen.",
};
