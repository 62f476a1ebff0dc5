/**
 * English texts. The German ones have the same keys and places.
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

  "action.record": "Record",
  "action.stop": "Stop",
  "action.pause": "Pause",
  "action.resume": "Resume",
  "action.mark": "Marker",
  "action.play": "Play",
  "action.download": "Download",
  "action.rename": "Rename",
  "action.delete": "Delete",
  "action.discard": "Discard",
  "action.keep": "Keep",
  "action.rescue": "Rescue",
  "action.save": "Save",
  "action.cancel": "Cancel",
  "action.close": "Close",
  "action.undo": "Undo",
  "action.retry": "Try again",
  "action.upload": "Upload",
  "action.pauseUpload": "Pause upload",
  "action.resumeUpload": "Resume upload",
  "action.cancelUpload": "Stop upload",
  "action.uploadAll": "Upload all",
  "action.receipt": "Receipt",
  "action.print": "Print",
  "action.pauseAll": "Pause all",
  "action.more": "More for {name}",
  "action.playName": "Play {name}",
  "action.pauseName": "Pause {name}",

  "record.title": "Record",
  "record.microphone": "Microphone",
  "record.timer": "Recorded time",
  "record.controls": "Recording controls",
  "microphone.unnamed": "Default microphone",
  "microphone.nth": "Microphone {number}",
  "microphone.away": "The chosen one, not connected",
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
  "granted.raw": "unprocessed",
  "granted.echoCancellation": "echo cancelling",
  "granted.noiseSuppression": "noise suppression",
  "granted.autoGainControl": "gain control",
  "granted.differs": "{text}; not as asked for: {list}",

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
  "markers.plain": "{time} Marker",
  "markers.entry": "{time} {text}",
  "markers.pause": "{time} Paused",
  "markers.gap": "{time} Audio was missing: {length}",

  "safe.device": "Safe on this device to {time}",
  "safe.server": "on the server to {time}",
  "safe.waiting": "on the server to {time}, waiting for the server",
  "safe.paused": "on the server to {time}, upload paused",
  "safe.signIn": "on the server to {time}, sign in again to go on",
  "safe.verifying": "on the server to {time}, checking the digest",
  "safe.done": "on the server, verified",
  "safe.failed": "not on the server: {reason}",
  "safe.deviceOnly": "goes nowhere else",
  "safe.later": "on the server once it is uploaded",

  "kept.name": "Name of the take",
  "kept.newTake": "New take",
  "kept.defaultName": "Take of {date}",
  "rename.title": "Rename recording",

  "library.title": "Library",
  "library.summary": {
    one: "{count} recording, {time}",
    other: "{count} recordings, {time}",
  },
  "library.emptyTitle": "No recordings yet",
  "library.emptyText":
    "What is recorded here, and what is on the server, appears in this list.",
  "library.emptyAction": "Record the first take",
  "library.unknownLength": "length unknown",
  "library.serverUnread":
    "No server: this list shows what is on this device and what the server had last.",

  "uploads.progress": "Upload progress",
  "uploads.sending": "Uploading {number} of {count}, {percent}",
  "uploads.pace": "{so}, {rate}/s, {time} left",
  "uploads.resting": {
    one: "{count} recording is not uploaded yet.",
    other: "{count} recordings are not uploaded yet.",
  },

  "badge.server": "On server",
  "badge.serverOnly": "On the server only",
  "badge.device": "This device only",
  "badge.later": "Not uploaded yet",
  "badge.queued": "Waiting to upload",
  "badge.uploading": "Uploading {percent}",
  "badge.uploadingLeft": "Uploading {percent}, {time} left",
  "badge.waiting": "Waiting for the server, {percent}",
  "badge.paused": "Upload paused, {percent}",
  "badge.signIn": "Sign in again to go on, {percent}",
  "badge.verifying": "Checking the digest",
  "badge.failed": "Upload failed: {reason}",
  "badge.interrupted": "Interrupted",
  "badge.rescue": "Interrupted, on the server only",
  "badge.recording": "Recording",

  "plain.value": "{text}",
  "receipt.title": "Receipt",
  "receipt.made": "Recorded",
  "receipt.length": "Sound",
  "receipt.events": "On the way",
  "receipt.sound": "Microphone",
  "receipt.copies": "Copies",
  "receipt.sha256": "SHA-256",
  "receipt.heardOf": "{heard} of {whole}",
  "receipt.gaps": { one: "{count} gap", other: "{count} gaps" },
  "receipt.pauses": { one: "{count} pause", other: "{count} pauses" },
  "receipt.fault": "{count} × {reason}",
  "receipt.unknown": "not known",
  "receipt.copies.same": "The same here and on the server",
  "receipt.copies.different": "Here and on the server, not the same",
  "receipt.copies.device": "On this device",
  "receipt.copies.server": "On the server",

  "interrupted.banner": {
    one: "{count} take was interrupted. It is safe up to the cut.",
    other: "{count} takes were interrupted. They are safe up to the cut.",
  },
  "interrupted.keepAll": "Keep all",
  "interrupted.discardAll": "Discard all",
  "interrupted.show": "Show in library",
  "interrupted.kept": "{name} is recovered.",

  "dock.label": "Player",
  "dock.position": "Position",
  "dock.at": "{time} of {length}",
  "dock.back": "Back 10 seconds",
  "dock.forward": "Forward 10 seconds",
  "dock.close": "Close player",
  "dock.play": "Play",
  "dock.pause": "Pause",

  "removal.done": "{name} is being deleted.",

  "update.offer": "A new version is ready.",
  "update.apply": "Use it now",

  "help.open": "About and keys",
  "help.title": "WaveForge",
  "help.about":
    "A recorder that never loses a take. Takes are kept on this device first; a copy goes to the server while recording.",
  "help.keys": "Keys",
  "help.keyRecord": "Record, stop",
  "help.keyPause": "Pause, resume",
  "help.keyMarker": "Marker",
  "help.keyRegion": "Next region of the page",
  "help.singleKeys": "Single keys work (R, P, M)",

  "listenOnly.title": "Listening works here, recording does not",
  "listenOnly.text": "What is on the server can be played. To record:",
  "missing.secureContext":
    "Open this page by https, or as http://localhost on the machine that serves it.",
  "missing.audioWorklet":
    "Use a newer browser: Chrome or Edge 108, Firefox 114, Safari 17 or later.",
  "missing.audioEncoder":
    "Use a browser that encodes Opus: Chrome or Edge 94, Firefox 130, Safari 26 or later.",
  "missing.opfs":
    "Use a normal window: this one (private, or with site data blocked) keeps no files.",
  "missing.microphone":
    "Use a browser that gives pages a microphone; an embedded one may not.",

  "error.UNKNOWN": "Something went wrong ({code}). What was recorded is kept.",
  "error.MICROPHONE_DENIED":
    "The browser refuses the microphone. Allow it in the address bar, then try again.",
  "error.MICROPHONE_MISSING":
    "No microphone found. Connect one, then try again.",
  "error.MICROPHONE_BUSY":
    "Another program holds the microphone. Close it there, then try again.",
  "error.MICROPHONE_ENDED":
    "The microphone is gone. What was recorded is kept; a take goes on with silence until it is back.",
  "error.MICROPHONE_BACK": "The microphone is back.",
  "settled.MICROPHONE_ENDED": "The microphone is back. The take goes on.",
  "error.MICROPHONE_MUTED":
    "The microphone is muted. The take goes on with silence until it is back.",
  "error.MICROPHONE_SILENT":
    "Only silence arrives. Is the microphone muted or switched off?",
  "error.AUDIO_STALLED":
    "The browser stopped giving audio. The take goes on as soon as it is back.",
  "error.STORAGE_FULL":
    "There is no room left. What was recorded is kept; free some space to go on.",
  "error.STORAGE_ERROR": "Saving failed. What was saved before is kept.",
  "error.DATABASE_NEWER": "Another tab runs a newer version. Reload this page.",
  "error.DATABASE_LOST":
    "The browser's database cannot be used. Reload this page.",
  "error.ENCODER_FAILED":
    "This browser failed to encode. What was recorded is kept.",
  "error.SPOOL_FAILED": "Saving failed. What was saved before is kept.",
  "error.SPOOL_DEAD":
    "The part of this page that saves no longer answers. What was saved is kept: reload this page to recover it.",
  "error.TAKE_BUSY":
    "Another take is still being saved. Try again in a moment.",
  "error.TAKE_EMPTY": "Nothing was recorded: no sound arrived.",
  "error.TAKE_MISSING": "This take is no longer on this device.",
  "error.UNSUPPORTED": "This browser cannot record. A newer one can.",
  "error.NOT_ON_SERVER":
    "There is no verified copy on the server, so this one stays.",
  "error.NOT_VERIFIABLE": "The copy on the server could not be verified.",
  "error.SERVER_ERROR": "The server answered with an error.",
  "error.UPLOAD_CONFLICT": "The server has other bytes under this name.",
  "error.UPLOAD_FAILED": "The upload failed.",
  "error.NETWORK": "The server cannot be reached.",
  "error.UPLOAD_NOT_FOUND": "The take is no longer on the server.",
  "error.NOT_FOUND": "The recording is no longer on the server.",
  "error.FILE_TOO_LARGE": "The recording is larger than the server accepts.",
  "error.UNSUPPORTED_TYPE": "The server does not take this kind of audio.",
  "error.DIGEST_MISMATCH":
    "The copy on the server differs and was not accepted.",
  "error.UNAUTHORIZED":
    "The server asks to sign in. Reload this page to do so.",
  "error.PLAYBACK": "This recording cannot be played here.",
};
