import assert from "node:assert/strict";
import { test } from "node:test";
import { fileName, formatName } from "../../assets/js/core/audio-formats.js";

test("a format is called what people call it", () => {
  assert.equal(formatName("audio/webm;codecs=opus"), "WebM");
  assert.equal(formatName("Audio/MPEG"), "MP3");
  assert.equal(formatName("audio/x-unheard"), "x-unheard");
});

test("a file has the ending of its kind, once", () => {
  const mimeType = "audio/webm; codecs=opus";
  assert.equal(fileName({ name: "Lecture", mimeType }), "Lecture.webm");
  assert.equal(fileName({ name: "Lecture.WebM", mimeType }), "Lecture.WebM");
  const unknown = "audio/x-unheard";
  assert.equal(fileName({ name: "Lecture", mimeType: unknown }), "Lecture");
});
