import assert from "node:assert/strict";
import { test } from "node:test";
import { createMessages } from "../../../assets/js/core/messages.js";
import { de, en } from "../support/texts.mjs";
import { soundOf } from "../../../assets/js/ui/choices.js";
import {
  channelChoices,
  chosenAmong,
  deviceChoices,
  grantedText,
} from "../../../assets/js/ui/sound.js";

const messages = createMessages({ dictionaries: { en, de }, language: "en" });
const WISHES = {
  preset: /** @type {const} */ ("voice"),
  deviceId: null,
  label: null,
  channels: null,
  input: null,
};
const GRANTED = {
  label: "USB Audio",
  sampleRate: 44100,
  channelCount: 1,
  echoCancellation: false,
  noiseSuppression: true,
  autoGainControl: true,
};

test("what was granted is told, with the processing that goes on", () => {
  assert.equal(
    grantedText(messages, GRANTED, WISHES),
    "USB Audio, 44.1 kHz, mono, noise suppression and gain control",
  );
  const raw = { label: "USB", channelCount: 2 };
  const wishes = { ...WISHES, preset: /** @type {const} */ ("unprocessed") };
  assert.equal(grantedText(messages, raw, wishes), "USB, stereo, unprocessed");
});

test("what was granted otherwise than asked for is named", () => {
  const granted = {
    ...GRANTED,
    echoCancellation: true,
    autoGainControl: false,
  };
  assert.match(
    grantedText(messages, granted, WISHES),
    /; not as asked for: echo cancelling and gain control$/,
  );
});

test("an input that is heard alone is named, and missed if it is not", () => {
  const wishes = { ...WISHES, input: 2 };
  const stereo = { ...GRANTED, channelCount: 2 };
  assert.match(
    grantedText(messages, { ...stereo, input: 2 }, wishes),
    /, mono, input 2 alone, noise suppression and gain control$/,
  );
  assert.match(
    grantedText(messages, GRANTED, wishes),
    /; not as asked for: input 2 alone$/,
  );
});

test("each input that is known can be chosen, and the one that is wished", () => {
  const labels = (/** @type {number} */ inputs, wished = 0) =>
    channelChoices(messages, inputs, wished || null).map(({ label }) => label);
  const usual = ["Automatic", "Mono", "Stereo"];
  const two = [...usual, "Input 1 alone", "Input 2 alone"];
  assert.deepEqual(labels(2), two);
  assert.deepEqual(labels(2, 1), two);
  assert.deepEqual(labels(2, 3), [...two, "Input 3 alone"]);
  assert.deepEqual(labels(3), [...two, "Input 3 alone"]);
});

test("the default microphone is the first choice, one that is away the last", () => {
  const devices = [
    { id: "a", label: "USB Audio" },
    { id: "b", label: "" },
  ];
  const labels = (/** @type {string} */ deviceId, there = devices) =>
    deviceChoices(messages, there, { deviceId, label: "Desk" }).map(
      ({ id, label }) => [id, label],
    );
  assert.deepEqual(labels("a"), [
    ["", "Default microphone"],
    ["a", "USB Audio"],
    ["b", "Microphone 2"],
  ]);
  assert.deepEqual(labels("c").at(-1), ["c", "Not connected: Desk"]);
  const renamed = [{ id: "d", label: "Desk" }];
  assert.deepEqual(labels("c", renamed).at(-1), ["d", "Desk"]);
  const untold = [{ id: "", label: "" }];
  assert.deepEqual(labels("c", untold).at(-1), ["c", "Desk"]);
});

test("the name of the chosen microphone is kept for when it is away", () => {
  const desk = { deviceId: "c", label: "Desk" };
  const devices = [{ id: "a", label: "USB Audio" }];
  const chosen = (/** @type {string} */ id) => chosenAmong(devices, id, desk);
  assert.deepEqual(chosen("a"), { deviceId: "a", label: "USB Audio" });
  assert.deepEqual(chosen("c"), desk);
  assert.deepEqual(chosen(""), { deviceId: null, label: null });
});

test("of what was stored only what there is is heeded", () => {
  assert.deepEqual(soundOf(undefined), WISHES);
  const odd = {
    preset: "loud",
    deviceId: 7,
    label: "",
    channels: 5,
    input: 33,
  };
  assert.deepEqual(soundOf(odd), WISHES);
  const kept = {
    preset: "music",
    deviceId: "a",
    label: "A",
    channels: null,
    input: 2,
  };
  assert.deepEqual(soundOf(kept), kept);
});
