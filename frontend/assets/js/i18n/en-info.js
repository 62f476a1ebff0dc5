/**
 * English texts on the studio itself: what it keeps where, and for whom it works.
 *
 * @type {import("../core/messages.js").Dictionary}
 */
export const enInfo = {
  "help.more": "What is kept where, accessibility, licences",
  "info.what": "What it is",
  "info.version": "Version {number}",
  "info.where": "What is kept where",
  "info.device": "On this device",
  "info.deviceText":
    "Takes, their names and markers, the settings, and what the server listed last: in this browser's storage. Whoever clears the site's data removes them. The app itself is kept as well, so it starts without a network.",
  "info.server": "On the server",
  "info.serverText":
    "Recordings that go there, with name, time, markers, waveform, and the name and settings of the microphone. Whoever can open this page can hear them.",
  "info.elsewhere": "Anywhere else",
  "info.elsewhereText":
    "Nothing. No cookies of its own, no statistics, no other site is asked for anything.",
  "info.access": "Accessibility",
  "info.state":
    "WaveForge is to meet WCAG 2.1 at level AA, as EN 301 549 and Germany's BITV 2.0 demand. It meets them in part, as far as its makers have checked.",
  "info.limits": "Known limits",
  "info.limitPicture":
    "Waveform and spectrum are pictures. What matters of them is said in words beside: level, peak, clipping, length, position.",
  "info.limitText":
    "Recordings have no captions and no transcript: they stay as they were recorded.",
  "info.limitFind":
    "Of a long library only the rows in sight are in the page: the browser's own search does not find the others, the search field does.",
  "info.limitPeople":
    "People who use screen readers or voice control every day have not tested it yet.",
  "info.checked": "How it was checked",
  "info.checkedText":
    "By its makers: automatic checks of every view in both languages, both themes and three widths, and whole stories by keyboard alone.",
  "info.stated": "Last gone through on {date}.",
  "info.feedback": "Found a barrier?",
  "info.feedbackText":
    "Please tell who runs this page what does not work, and with which browser and aids:",
  "info.operator": "the operator of this page",
  "info.enforcement":
    "A public body's users may turn to its enforcement body if no answer comes; its own statement names it.",
  "info.licences": "Licences",
  "info.licencesText":
    "WaveForge is free software, and so is what it comes with:",
  "info.licencesFault":
    "The licences could not be read. They lie beside the app, in assets/licences.json.",
  "info.licence": "{name} {version} – {license}",

  "update.offer": "A new version is ready.",
  "update.apply": "Use it now",

  "help.title": "WaveForge",
  "help.about":
    "A recorder that never loses a take. Takes are kept on this device first; a copy goes to the server while recording.",
  "help.keys": "Keys",
  "help.keyRecord": "Record, stop",
  "help.keyPause": "Pause, resume",
  "help.keyMarker": "Marker",
  "help.keyRegion": "Next region of the page",
  "help.singleKeys": "Single keys work",
};
