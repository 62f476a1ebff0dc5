import assert from "node:assert/strict";
import { test } from "node:test";
import { createMessages } from "../../../assets/js/core/messages.js";
import { de, en } from "../support/texts.mjs";
import { waitingText } from "../../../assets/js/ui/waiting.js";

const AT = new Date(2026, 4, 3, 10, 12, 31).getTime();

test("a full server is told as the server's, with the next try where it is known", () => {
  const dictionaries = { en, de };
  const messages = createMessages({ dictionaries, language: "en" });
  const upload = { state: "waiting", code: "SERVER_FULL" };
  const full = "the server is full until space is freed there";
  assert.equal(waitingText(messages, upload), full);
  const timed = waitingText(messages, { ...upload, retryAt: AT }) ?? "";
  assert.match(timed, /^the server is full .*; next try at 10:12:31\sAM$/);
  messages.use("de");
  assert.match(
    waitingText(messages, { ...upload, retryAt: AT }) ?? "",
    /^der Server ist voll, .*; nächster Versuch um 10:12:31$/,
  );
});

test("what does not wait, or for nothing that can be told, says nothing", () => {
  const messages = createMessages({ dictionaries: { en }, language: "en" });
  for (const upload of [
    { state: "uploading", code: "SERVER_FULL" },
    { state: "waiting", code: "NETWORK" },
    { state: "waiting", code: null },
  ]) {
    assert.equal(waitingText(messages, upload), null);
  }
});
