import assert from "node:assert/strict";
import { test } from "node:test";
import { wishedAmong } from "../../assets/js/core/microphones.js";
import { settle, setUp } from "./support/recorder.mjs";

// It is loaded on demand: that is no matter of turns.
await import("../../assets/js/capture/wished.js");

const WISHES = { preset: /** @type {const} */ ("voice"), deviceId: "usb" };

/** @param {import("node:test").TestContext} t */
function wish(t) {
  const { recorder, microphone, ...rest } = setUp(t);
  /** @type {(string | undefined)[]} */
  const news = [];
  recorder.addEventListener("wished", () => news.push("wished"));
  const open = () => recorder.granted?.deviceId;
  return { ...rest, recorder, microphone, news, open };
}

/** @param {ReturnType<typeof wish>} of @param {string} id  that is to be open */
async function untilOpen({ open }, id) {
  for (let turn = 0; turn < 100 && open() !== id; turn++) {
    await settle();
  }
  assert.equal(open(), id);
}

/** The wished one goes, the other is there. @param {ReturnType<typeof wish>} of */
async function lose({ microphone }) {
  microphone.unplug();
  microphone.isThere = true;
  microphone.plug();
  await settle();
}

test("between takes the wished microphone is opened once it is there", async (t) => {
  const studio = wish(t);
  const { recorder, microphone, news, open } = studio;
  await recorder.arm(WISHES);
  await settle();
  assert.equal(open(), "desk");
  microphone.plug("usb");
  await untilOpen(studio, "usb");
  assert.equal(recorder.state, "armed");
  assert.deepEqual(news, ["wished"]);
  microphone.plug("usb", "another");
  await settle();
  assert.deepEqual(news, ["wished"]);
});

test("a take has the microphone back that it lost", async (t) => {
  const studio = wish(t);
  const { recorder, microphone, moments, news, open } = studio;
  microphone.plug("usb");
  await recorder.arm(WISHES);
  await recorder.start({ name: "a" });
  await lose(studio);
  assert.equal(open(), "desk");
  microphone.plug("usb");
  await untilOpen(studio, "usb");
  assert.deepEqual(
    moments.map(({ code }) => code),
    ["MICROPHONE_ENDED", "MICROPHONE_BACK", "MICROPHONE_BACK"],
  );
  assert.deepEqual(news, []);
});

test("a take that began with another microphone keeps it", async (t) => {
  const studio = wish(t);
  const { recorder, microphone, open } = studio;
  microphone.plug("usb");
  await recorder.arm(WISHES);
  await recorder.start({ name: "a" });
  await lose(studio);
  await recorder.stop();
  await recorder.start({ name: "b" });
  microphone.plug("usb");
  await settle();
  assert.equal(open(), "desk");
  await recorder.stop();
  microphone.plug("usb");
  await untilOpen(studio, "usb");
});

test("a microphone that is there and cannot be had is tried once", async (t) => {
  const studio = wish(t);
  const { recorder, microphone } = studio;
  microphone.broken = ["usb"];
  microphone.plug("usb");
  await recorder.arm(WISHES);
  await settle();
  const { asked } = microphone;
  microphone.plug("usb");
  await settle();
  assert.equal(microphone.asked, asked);
  microphone.broken = [];
  microphone.plug();
  await settle();
  microphone.plug("usb");
  await untilOpen(studio, "usb");
});

test("a browser that calls devices anew is asked by name", () => {
  const devices = [
    { id: "a", label: "Desk" },
    { id: "b", label: "" },
    { id: "c", label: "USB" },
  ];
  const found = (/** @type {string | null} */ deviceId, label = "") =>
    wishedAmong(devices, { deviceId, label })?.id;
  assert.equal(found("c", "Desk"), "c");
  assert.equal(found("old", "Desk"), "a");
  assert.equal(found("old"), undefined);
  assert.equal(found(null, "Desk"), undefined);
});
