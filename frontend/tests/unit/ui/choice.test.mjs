import assert from "node:assert/strict";
import { test } from "node:test";
import { createMessages } from "../../../assets/js/core/messages.js";
import { de, en } from "../support/texts.mjs";
import { readChoice } from "../../../assets/js/ui/choice.js";
import { readChoices } from "../../../assets/js/ui/choices.js";
import { chunkOptions, reset } from "../../../assets/js/ui/settings-view.js";
import { keepPreferences, settled } from "../support/preferences.mjs";

const MIB = 1024 ** 2;
const { signal } = new AbortController();

/** @param {any} preferences */
function open(preferences) {
  const read = (/** @type {unknown} */ stored) => Number(stored ?? 1);
  return readChoice({ name: "size", read, preferences, signal });
}

/** @param {import("../../../assets/js/ui/choice.js").Choice<number>} choice */
function heard(choice) {
  /** @type {number[]} */
  const values = [];
  choice.changes.addEventListener("changed", () => values.push(choice.value));
  return values;
}

test("a choice is heard once on each page, and kept", async () => {
  const preferences = keepPreferences();
  const [here, there] = [await open(preferences), await open(preferences)];
  const told = [heard(here), heard(there)];
  await here.choose(5);
  await settled();
  assert.deepEqual(told, [[5], [5]]);
  assert.equal(preferences.stored.size, 5);
  assert.equal((await open(preferences)).value, 5);
});

test("what was chosen last stands, and nothing flickers before", async () => {
  const preferences = keepPreferences();
  const choice = await open(preferences);
  const told = heard(choice);
  await Promise.all([choice.choose(5), choice.choose(6)]);
  await settled();
  assert.deepEqual(told, [5, 6]);
  assert.equal(preferences.stored.size, 6);
});

test("null is what a choice is by itself", async () => {
  const choice = await open(keepPreferences({ size: 5 }));
  await choice.choose(null);
  assert.equal(choice.value, 1);
});

test("what the settings view sets goes back, and come back", async () => {
  const stored = {
    language: "de",
    theme: "dark",
    sound: {
      preset: "music",
      deviceId: "m",
      label: "Desk",
      channels: null,
      input: 2,
    },
    preRoll: 10,
    chunkSize: 2 * MIB,
    uploadLimit: 64,
    singleKeys: false,
  };
  const preferences = keepPreferences({ ...stored });
  const languages = ["en", "de"];
  const choices = await readChoices(preferences, { languages, signal });
  const undo = reset(choices);
  assert.equal(choices.language.value, null);
  assert.equal(choices.theme.value, null);
  const kept = stored.sound;
  const sound = { ...kept, preset: "voice" };
  assert.deepEqual(choices.sound.value, sound, "only what is set there");
  assert.equal(choices.preRoll.value, 0);
  assert.equal(choices.chunkSize.value, null);
  assert.equal(choices.uploadLimit.value, 0);
  assert.equal(choices.singleKeys.value, true);
  await settled();
  undo();
  await settled();
  assert.deepEqual(preferences.stored, stored);
});

test("chunks may be as large as the server takes them", () => {
  const messages = createMessages({ dictionaries: { en, de }, language: "en" });
  const server = { chunk_size: MIB, max_chunk_size: 4 * MIB };
  const texts = (/** @type {any} */ sizes, /** @type {any} */ chosen) =>
    chunkOptions(messages, sizes, chosen).map(({ text }) => text);
  assert.deepEqual(texts(server, null), [
    "As the server advises (1 MB)",
    "256 kB",
    "512 kB",
    "1 MB",
    "2 MB",
    "4 MB",
  ]);
  assert.deepEqual(texts(null, 8 * MIB), ["As the server advises", "8 MB"]);
});
