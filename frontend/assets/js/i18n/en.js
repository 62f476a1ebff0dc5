import { enCapture } from "./en-capture.js";
import { enFaults } from "./en-faults.js";

/**
 * English texts of the first view, and of whatever may go wrong in it.
 * The German ones have the same keys and places.
 *
 * @type {import("../core/messages.js").Dictionary}
 */
export const en = {
  "shell.skip": "Skip to content",
  "shell.views": "Views",
  "shell.language": "Language",
  "shell.notices": "Notices",
  "shell.messages": "Messages",
  "shell.title": "{view} – WaveForge",
  "theme.toLight": "Use the light theme",
  "theme.toDark": "Use the dark theme",
  "connection.online": "Online",
  "connection.offline": "No server",
  "connection.checking": "Checking",
  "connection.said.online": "The server answers again.",
  "connection.said.offline":
    "The server does not answer. Recording goes on; takes stay on this device.",

  "view.record": "Record",
  "view.library": "Library",
  "view.info": "About WaveForge",
  "view.settings": "Settings",

  "later.loading": "Being loaded…",
  "later.missing": "This view is not loaded.",
  "later.failed":
    "The library and all else could not be loaded. Where recording is possible, it works.",

  "action.record": "Record",
  "action.stop": "Stop",
  "action.pause": "Pause",
  "action.resume": "Resume",
  "action.mark": "Marker",
  "action.play": "Play",
  "action.download": "Download",
  "action.rename": "Rename",
  "action.delete": "Delete",
  "action.continue": "Continue",
  "action.discard": "Discard",
  "action.keep": "Keep",
  "action.save": "Save",
  "action.cancel": "Cancel",
  "action.close": "Close",
  "action.undo": "Undo",
  "action.retry": "Try again",
  "action.upload": "Upload",
  "action.receipt": "Receipt",
  "action.signIn": "Sign in",

  "record.title": "Record",
  "record.microphone": "Microphone",
  "record.timer": "Recorded time",
  "record.controls": "Recording controls",
  "microphone.unnamed": "Default microphone",
  "microphone.nth": "Microphone {number}",
  "microphone.chosen": "The chosen one",
  "microphone.away": "Not connected: {name}",
  "microphone.channels": { one: "mono", other: "{count} channels" },
  "microphone.stereo": "stereo",

  "sound.label": "Sound",
  "sound.voice": "Voice",
  "sound.music": "Music",
  "sound.unprocessed": "Unprocessed",
  "sound.channels": "Channels",
  "sound.usual": "Automatic",
  "sound.mono": "Mono",
  "sound.stereo": "Stereo",
  "sound.input": "Input {number} alone",
  "granted.input": "input {number} alone",
  "granted.raw": "unprocessed",
  "granted.echoCancellation": "echo cancelling",
  "granted.noiseSuppression": "noise suppression",
  "granted.autoGainControl": "gain control",
  "granted.differs": "{text}; not as asked for: {list}",

  "format.label": "Format",
  "format.opus": "Small (Opus)",
  "format.noOpus": "Small (Opus): not in this browser",
  "format.wav": "Lossless (WAV)",

  "limits.label": "Stop after",
  "limits.never": "Never",
  "limits.after": "{time}",
  "limits.silent": "Only silence for 10 minutes. Still recording?",
  "limits.stopped": "Stopped after {time}, as it was set.",

  "destination.label": "Goes to",
  "destination.server": "Server, live",
  "destination.later": "Server, when I say",
  "destination.device": "This device only",
  "destination.serverHint":
    "Whoever can open this page can hear what is on the server.",
  "destination.laterHint":
    "Nothing leaves this device until Upload is pressed.",
  "destination.deviceHint": "Nothing leaves this device.",

  "welcome.first": "Ready for the first take",
  "welcome.again": "The microphone is off",
  "welcome.device":
    "Every second is saved on this device while recording. A crash or a closed tab loses at most the last half second.",
  "welcome.server":
    "A copy goes to the server during the take. Whoever can open this page can hear it.",
  "welcome.microphone":
    "The microphone opens by this button only and is released after a minute without recording.",
  "welcome.arm": "Switch on microphone",
  "welcome.arming": "Waiting for permission",

  "state.off": "Microphone off",
  "state.arming": "Waiting for permission",
  "state.armed": "Ready",
  "state.recording": "Recording",
  "state.paused": "Paused",
  "state.stopping": "Finishing the take",
  "state.kept": "Take kept",
  "said.recording": "Recording started.",
  "said.paused": "Paused at {time}.",
  "said.resumed": "Recording again.",
  "said.stopped": "Recording stopped. {time} kept.",
  "said.clipped": "The level is too high: the take is clipping.",
  "said.limited":
    "The upload limit is lower than what this take needs: the server falls behind. Nothing is lost, it follows after Stop.",
  "said.uploaded": "{name} is on the server.",

  "level.label": "Input level",
  "level.decibels": "{value} dB",
  "level.silent": "silence",
  "level.words": "{value} decibels, {verdict}",
  "verdict.none": "Speak or play to check the level",
  "verdict.silent": "Nothing to hear: is the microphone muted?",
  "verdict.quiet": "Quiet, {level}: move closer",
  "verdict.good": "Good, {level}",
  "verdict.loud": "Loud, {level}: move back a little",
  "verdict.clipped": "Too loud, clipping: move back",
  "verdict.short.silent": "silence",
  "verdict.short.quiet": "quiet",
  "verdict.short.good": "good",
  "verdict.short.loud": "loud",
  "verdict.short.clipped": "clipping",
  "peak.clean": "Peak {level}, no clipping",
  "peak.clipped": "Peak {level}, clipped",
  "wave.summary": "Waveform of the take: {time} so far. {peak}.",

  "markers.list": "Markers and notes",
  "markers.note": "Note",
  "markers.add": "Add the note",
  "markers.named": "{time} {text} {name}",
  "markers.plain": "{time} Marker",
  "markers.entry": "{time} {text}",
  "markers.start": "{time} Record pressed",
  "markers.pause": "{time} Paused",
  "markers.gap": "{time} Audio was missing: {length}",

  "safe.device": "Safe on this device to {time}",
  "safe.server": "on the server to {time}",
  "safe.waiting": "on the server to {time}, waiting for the server",
  "safe.waitingFor": "on the server to {time}, waiting: {reason}",
  "safe.inParts": "{so}, in {count} parts",
  "safe.paused": "on the server to {time}, upload paused",
  "safe.signIn": "on the server to {time}, sign in again to go on",
  "safe.limited": "on the server to {time}, slowed down by the upload limit",
  "safe.verifying": "on the server to {time}, checking the digest",
  "safe.done": "on the server, verified",
  "safe.failed": "not on the server: {reason}",
  "safe.deviceOnly": "goes nowhere else",
  "safe.later": "on the server once it is uploaded",

  "room.plenty": "Room for more than a day on this device",
  "room.left": "Room for about {time} on this device",
  "room.none": "Room for less than a minute on this device",
  "taken.most": "The server takes recordings of up to {time}",
  "taken.none": "The server takes recordings of less than a minute only",

  "waiting.SERVER_FULL": "the server is full until space is freed there",
  "waiting.SERVER_LOCKED": "another connection is still sending this",
  "waiting.SERVER_LIMIT": "the server limits how often it is asked",
  "waiting.SERVER_BUSY": "the server is busy",
  "waiting.TOO_MANY_UPLOADS": "too many uploads to the server are unfinished",
  "waiting.until": "{reason}; next try at {time}",

  "kept.name": "Name of the take",
  "kept.newTake": "New take",
  "kept.defaultName": "Take of {date}",

  "plain.value": "{text}",

  "help.open": "About and keys",

  "listenOnly.title": "Listening works here, recording does not",
  "listenOnly.text": "What is on the server can be played. To record:",
  "missing.secureContext":
    "Open this page by https, or as http://localhost on the machine that serves it.",
  "missing.audioWorklet":
    "Use a newer browser: Chrome or Edge 108, Firefox 114, Safari 17 or later.",
  "missing.storage":
    "Use a normal window: this one (private, or with site data blocked) keeps no files.",
  "missing.microphone":
    "Use a browser that gives pages a microphone; an embedded one may not.",

  ...enCapture,
  ...enFaults,
};
