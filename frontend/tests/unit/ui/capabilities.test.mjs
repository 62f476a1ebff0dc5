import assert from "node:assert/strict";
import { test } from "node:test";
import { en } from "../support/texts.mjs";
import {
  canEncode,
  missingCapabilities,
} from "../../../assets/js/ui/capabilities.js";

const WHOLE = {
  isSecureContext: true,
  AudioWorkletNode: class {},
  AudioEncoder: class {},
  navigator: {
    storage: { getDirectory: () => undefined },
    mediaDevices: { getUserMedia: () => undefined },
  },
};

test("a browser that has all records", () => {
  assert.deepEqual(missingCapabilities(WHOLE), []);
});

test("a browser that has one of two places for audio records", () => {
  const { mediaDevices } = WHOLE.navigator;
  const paged = { ...WHOLE, navigator: { mediaDevices }, indexedDB: {} };
  assert.deepEqual(missingCapabilities(paged), []);
  const without = { ...paged, indexedDB: undefined };
  assert.deepEqual(missingCapabilities(without), ["storage"]);
});

test("a browser without an encoder records, though not small", () => {
  const without = { ...WHOLE, AudioEncoder: undefined };
  assert.deepEqual(missingCapabilities(without), []);
  assert.equal(canEncode(without), false);
  assert.equal(canEncode(WHOLE), true);
});

test("an insecure page names that alone, for it hides the rest", () => {
  const insecure = { isSecureContext: false, navigator: {} };
  assert.deepEqual(missingCapabilities(insecure), ["secureContext"]);
});

test("each part that is missing is named, and has a fix in words", () => {
  const bare = { isSecureContext: true, navigator: {} };
  const missing = missingCapabilities(bare);
  assert.deepEqual(missing, ["audioWorklet", "storage", "microphone"]);
  for (const code of [...missing, "secureContext"]) {
    assert.ok(`missing.${code}` in en, code);
  }
});
