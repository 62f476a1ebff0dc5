import assert from "node:assert/strict";
import { test } from "node:test";
import {
  chooseLanguage,
  chooseLocale,
  createMessages,
  formatBytes,
  formatClock,
  formatDate,
  formatDuration,
} from "../../assets/js/core/messages.js";

const DICTIONARIES = {
  en: {
    hello: "Hello {name}",
    takes: { one: "{count} take", other: "{count} takes" },
  },
  de: {
    hello: "Hallo {name}",
    takes: { one: "{count} Aufnahme", other: "{count} Aufnahmen" },
  },
};

function make(language = "en") {
  return createMessages({ dictionaries: DICTIONARIES, language });
}

test("the first wish that is spoken here is the language", () => {
  assert.equal(chooseLanguage(["fr-FR", "de-AT", "en"], ["en", "de"]), "de");
  assert.equal(chooseLanguage(["", "fr"], ["en", "de"]), "en");
  assert.equal(chooseLanguage([], ["en", "de"]), "en");
});

test("numbers are written as where the person lives", () => {
  assert.equal(chooseLocale("en", ["de-DE", "en", "en-GB"]), "en-GB");
  assert.equal(chooseLocale("de", ["en-GB"]), "de");
  const messages = createMessages({
    dictionaries: DICTIONARIES,
    language: "en",
    wishes: ["de-CH", "en-GB"],
  });
  assert.equal(messages.locale, "en-GB");
  messages.use("de");
  assert.equal(messages.locale, "de-CH");
});

test("a text has its places filled, and unknown places stay visible", () => {
  const { text } = make();
  assert.equal(text("hello", { name: "Meyer" }), "Hello Meyer");
  assert.equal(text("hello"), "Hello {name}");
  assert.equal(text("hello", { name: "{name} $&" }), "Hello {name} $&");
});

test("a key without a text is shown as itself", () => {
  assert.equal(make().text("no.such"), "no.such");
  assert.equal(make().has("no.such"), false);
});

test("the number decides the plural, and is written as the language does", () => {
  const messages = make("de");
  assert.equal(messages.text("takes", { count: 1 }), "1 Aufnahme");
  assert.equal(messages.text("takes", { count: 0 }), "0 Aufnahmen");
  assert.equal(messages.text("takes", { count: 1234 }), "1.234 Aufnahmen");
});

test("a change of language is told once, and only if it is one", () => {
  const messages = make();
  let changes = 0;
  messages.changes.addEventListener("changed", () => (changes += 1));
  messages.use("de");
  messages.use("de");
  messages.use("xx");
  assert.equal(changes, 1);
  assert.equal(messages.language, "de");
});

test("a clock rounds down and never says sixty", () => {
  assert.equal(formatClock("en", 0), "0:00");
  assert.equal(formatClock("en", 59.999), "0:59");
  assert.equal(formatClock("en", 60), "1:00");
  assert.equal(formatClock("en", 5288), "1:28:08");
  assert.equal(formatClock("en", 36005), "10:00:05");
  assert.equal(formatClock("en", -3), "0:00");
});

test("a clock shows tenths with the language's decimal sign", () => {
  assert.equal(formatClock("en", 59.99, { tenths: true }), "0:59.9");
  assert.equal(formatClock("de", 134.3, { tenths: true }), "2:14,3");
  assert.equal(formatClock("en", 0.3, { tenths: true }), "0:00.3");
});

test("a duration is said in words", () => {
  assert.equal(formatDuration("en", 134.9), "2 minutes 14 seconds");
  assert.equal(formatDuration("de", 3601), "1 Stunde, 1 Sekunde");
  assert.equal(formatDuration("en", 0), "0 seconds");
});

test("bytes are told in the unit that fits", () => {
  assert.equal(formatBytes("en", 0), "0 bytes");
  assert.equal(formatBytes("en", 1023), "1,023 bytes");
  assert.equal(formatBytes("en", 77 * 1024), "77 kB");
  assert.equal(formatBytes("de", 8.7 * 1024 ** 2), "8,7 MB");
  assert.equal(formatBytes("en", 2000 * 1024 ** 3), "2,000 GB");
});

test("today and yesterday are calendar days, not 24 hours", () => {
  const now = new Date(2026, 10, 22, 0, 10).getTime();
  const before = new Date(2026, 10, 21, 23, 50).getTime();
  assert.match(formatDate("en", now, now), /^today, /);
  assert.match(formatDate("en", before, now), /^yesterday, /);
  assert.match(formatDate("de", before, now), /^gestern, /);
  const older = new Date(2026, 10, 20, 12, 0).getTime();
  assert.match(formatDate("de", older, now), /^20\.11\.2026, 12:00$/);
});
