import assert from "node:assert/strict";
import { test } from "node:test";
import { createMessages } from "../../../assets/js/core/messages.js";
import { de, en } from "../support/texts.mjs";
import { roomText, takenText } from "../../../assets/js/ui/room.js";

const messages = createMessages({ dictionaries: { en, de }, language: "en" });

test("room is told in whole minutes, and never too much of it", () => {
  assert.match(roomText(messages, 24 * 3600), /more than a day/);
  assert.match(roomText(messages, 2 * 3600 + 119), /about 2 hours 1 minute on/);
  assert.match(roomText(messages, 61), /about 1 minute on/);
  assert.match(roomText(messages, 59), /less than a minute/);
});

test("what the server takes is told where a take may come near it", () => {
  assert.equal(takenText(messages, null), "");
  assert.equal(takenText(messages, 24 * 3600), "");
  assert.match(takenText(messages, 2 * 3600 + 119), /up to 2 hours 1 minute$/);
  assert.match(takenText(messages, 59), /less than a minute/);
});
