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
  return { messages, ...createSpeaker(messages) };
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

test("the rest of the texts comes when it is asked for, in each language", async () => {
  const { messages, speak, speakAll } = setUp();
  await speak("de");
  assert.equal(messages.has("library.title"), false);
  await speakAll();
  assert.equal(messages.text("library.title"), "Archiv");
  await speak("en");
  assert.equal(messages.text("library.title"), "Library");
});

test("a language that is still coming has the rest as well", async () => {
  const { messages, speak, speakAll } = setUp();
  await Promise.all([speak("en"), speakAll()]);
  assert.equal(messages.language, "en");
  assert.equal(messages.text("library.title"), "Library");
});

test("texts are told anew when the rest is there", async () => {
  const { messages, speak, speakAll } = setUp();
  await speak("en");
  let changes = 0;
  messages.changes.addEventListener("changed", () => (changes += 1));
  await speakAll();
  await speakAll();
  assert.equal(changes, 1);
});
