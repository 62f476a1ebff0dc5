import assert from "node:assert/strict";
import { test } from "node:test";
import { createMessages } from "../../assets/js/core/messages.js";
import { LANGUAGES, createSpeaker } from "../../assets/js/i18n/speaker.js";

function setUp() {
  const messages = createMessages({
    dictionaries: {},
    languages: LANGUAGES,
    language: LANGUAGES[0],
    wishes: ["de-AT"],
  });
  return { messages, speak: createSpeaker(messages) };
}

test("a language has its texts by the time it is spoken", async () => {
  const { messages, speak } = setUp();
  /** @type {string[]} */
  const heard = [];
  messages.changes.addEventListener("changed", () =>
    heard.push(messages.text("view.record")),
  );
  await speak(null);
  assert.equal(messages.language, "de");
  await speak("en");
  assert.deepEqual(heard, ["Aufnehmen", "Record"]);
});

test("of several wishes the last is heeded", async () => {
  const { messages, speak } = setUp();
  await speak("de");
  await Promise.all([speak("en"), speak("de")]);
  assert.equal(messages.language, "de");
});
