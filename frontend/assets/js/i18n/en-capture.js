/**
 * English texts on how a take is heard and begun.
 *
 * @type {import("../core/messages.js").Dictionary}
 */
export const enCapture = {
  "settings.title": "More settings",
  "tone.title": "Gain and EQ",
  "tone.gain": "Gain",
  "tone.low": "Low, 320 Hz",
  "tone.mid": "Mid, 1 kHz",
  "tone.high": "High, 3.2 kHz",
  "tone.value": "{value} dB",
  "tone.words": "{value} decibels",
  "tone.print": "Print to take",
  "tone.printHint":
    "If off, the take stays as the microphone gives it, and these numbers are kept beside it.",
  "tone.reset": "Reset",
  "tone.short.gain": "gain",
  "tone.short.low": "320 Hz",
  "tone.short.mid": "1 kHz",
  "tone.short.high": "3.2 kHz",
  "tone.part": "{name} {value} dB",
  "tone.none": "none",
  "tone.printed": "{list}; printed to the take",
  "tone.beside": "{list}; not in the take itself",
  "monitor.label": "Listen to the microphone",
  "monitor.hint":
    "With headphones only: a loudspeaker feeds back into the microphone.",

  "spectrum.strongest": "Strongest at {hz} Hz",
  "spectrum.silent": "Silence",
  "preRoll.label": "Pre-roll",
  "preRoll.none": "None",
  "preRoll.last": "{time} before Record",
  "preRoll.hint":
    "The last seconds are held in memory only, and kept when a take begins.",
  "count.label": "Count-in: 3, 2, 1",
  "count.cancel": "Cancel",
  "count.cancelled": "Count-in cancelled.",
};
