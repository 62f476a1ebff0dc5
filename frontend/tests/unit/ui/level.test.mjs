import assert from "node:assert/strict";
import { test } from "node:test";
import { createMessages } from "../../../assets/js/core/messages.js";
import { de, en } from "../support/texts.mjs";
import {
  createPeakHold,
  createPeakWindow,
  judgeLevel,
  levelFraction,
  levelText,
  levelWords,
} from "../../../assets/js/ui/level.js";

const messages = createMessages({ dictionaries: { en, de }, language: "en" });

test("a level is judged by its peak, and clipping goes first", () => {
  assert.equal(judgeLevel(-Infinity, false), "silent");
  assert.equal(judgeLevel(Number.NaN, false), "silent");
  assert.equal(judgeLevel(-45, false), "quiet");
  assert.equal(judgeLevel(-18, false), "good");
  assert.equal(judgeLevel(-1, false), "loud");
  assert.equal(judgeLevel(-18, true), "clipped");
});

test("the meter is empty at silence, full at full scale, and stays within", () => {
  assert.equal(levelFraction(-Infinity), 0);
  assert.equal(levelFraction(-60), 0);
  assert.equal(levelFraction(-30), 0.5);
  assert.equal(levelFraction(3), 1);
});

test("a level is written with a minus sign, never as minus zero", () => {
  assert.equal(levelText(messages, -18.4), "−18 dB");
  assert.equal(levelText(messages, -0.2), "0 dB");
  assert.equal(levelText(messages, -Infinity), "silence");
});

test("for the ear a level comes with its verdict", () => {
  assert.equal(levelWords(messages, -18, false), "−18 decibels, good");
  assert.equal(levelWords(messages, -Infinity, false), "−60 decibels, silence");
});

test("the level check looks at the latest levels only", () => {
  const window = createPeakWindow(2);
  window.add({ peakDb: 0, clipped: true });
  assert.equal(window.isFull, false);
  window.add({ peakDb: -20, clipped: false });
  assert.deepEqual([window.peakDb, window.isClipped], [0, true]);
  window.add({ peakDb: -30, clipped: false });
  assert.deepEqual([window.peakDb, window.isClipped], [-20, false]);
  assert.equal(window.isFull, true);
});

test("the highest level is held for a while, then falls to what is heard", () => {
  const hold = createPeakHold({ levels: 3, fallDb: 2 });
  const heard = [-10, -20, -20, -20, -20, -20, -8, -20];
  assert.deepEqual(
    heard.map((peakDb) => hold.add(peakDb)),
    [-10, -10, -10, -10, -12, -14, -8, -8],
  );
  for (let i = 0; i < 20; i++) {
    hold.add(-20);
  }
  assert.equal(hold.add(-20), -20);
  hold.clear();
  assert.equal(hold.add(-40), -40);
});
