import assert from "node:assert/strict";
import { test } from "node:test";
import { createMessages } from "../../../assets/js/core/messages.js";
import { de, en } from "../support/texts.mjs";
import { markerText } from "../../../assets/js/ui/markers.js";

/** @param {string} language */
function messagesIn(language) {
  return createMessages({ dictionaries: { en, de }, language, wishes: [] });
}

test("a marker says when, and what there is to say", () => {
  const messages = messagesIn("en");
  const at = { seconds: 72.9 };
  assert.equal(markerText(messages, { ...at, kind: "marker" }), "1:12 Marker");
  const note = markerText(messages, { ...at, kind: "marker", text: "Meyer" });
  assert.equal(note, "1:12 Meyer");
  const gap = markerText(messages, { ...at, kind: "gap", lost: 3.2 });
  assert.equal(gap, "1:12 Audio was missing: 3 seconds");
});

test("a fault is told in the words of its message", () => {
  const fault = markerText(messagesIn("de"), {
    seconds: 5,
    kind: "fault",
    code: "MICROPHONE_MUTED",
  });
  assert.equal(fault, `0:05 ${de["error.MICROPHONE_MUTED"]}`);
});
