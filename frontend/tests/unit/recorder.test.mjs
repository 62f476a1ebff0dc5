import assert from "node:assert/strict";
import { test } from "node:test";
import { StudioError } from "../../assets/js/core/errors.js";
import { createRecorder } from "../../assets/js/capture/recorder.js";
import { installMicrophone } from "./support/microphone.mjs";

/** @typedef {import("../../assets/js/core/types.js").NewTake} NewTake */

/**
 * A recorder with a microphone and a spool that do as they are told.
 *
 * @param {import("node:test").TestContext} t
 */
function setUp(t) {
  const microphone = installMicrophone(t);
  const end = new AbortController();
  t.after(() => end.abort());
  /** @type {string[]} */
  const said = [];
  /** @type {NewTake[]} */
  const takes = [];
  /** @type {import("../../assets/js/core/types.js").TakeMoment[]} */
  const moments = [];
  /** @type {{at: number, frame: number}[]} */
  const places = [];
  const failing = { open: "", close: "" };
  const clock = { at: 7000, now: () => clock.at, steady: () => clock.at };
  /** @param {string} code */
  const failWith = (code) => {
    if (code) {
      throw new StudioError(code);
    }
  };
  const spool = {
    events: new EventTarget(),
    /** @param {NewTake} take @param {MessagePort} port */
    async openTake(take, port) {
      t.after(() => port.close());
      failWith(failing.open);
      takes.push(take);
    },
    /** @param {string} _ @param {MessagePort} port @param {typeof places[0]} place */
    async goOn(_, port, place) {
      t.after(() => port.close());
      places.push(place);
    },
    /** @param {NewTake} take @param {MessagePort} port */
    async continueTake(take, port) {
      await spool.openTake(take, port);
      return 96_000;
    },
    /** @param {string} _ @param {typeof moments[0]} moment */
    mark: async (_, moment) => void moments.push(moment),
    async closeTake() {
      failWith(failing.close);
      return /** @type {any} */ ({ id: takes.at(-1)?.id, state: "finished" });
    },
  };
  const recorder = createRecorder({
    spool,
    clock,
    signal: end.signal,
  });
  for (const name of ["state", "fault", "finished"]) {
    recorder.addEventListener(name, (event) => {
      const { state, code } = /** @type {CustomEvent} */ (event).detail;
      said.push(state ?? code ?? name);
    });
  }
  return {
    ...{ recorder, microphone, spool, clock, failing, end },
    ...{ said, takes, moments, places },
  };
}

/** Lets everything happen that is under way. */
async function settle() {
  for (let turn = 0; turn < 5; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test("a take goes through all states, and there is a recording", async (t) => {
  const { recorder, said, takes } = setUp(t);
  await recorder.arm();
  await recorder.start({ name: "Meyer" });
  await recorder.pause();
  await recorder.resume();
  const recording = await recorder.stop();
  assert.equal(recording.id, takes[0].id);
  const took = ["recording", "paused", "recording", "stopping"];
  assert.deepEqual(said, ["arming", "armed", ...took, "armed", "finished"]);
  const { name, startedAt, rate, channels, wanted } = takes[0];
  assert.deepEqual(
    [name, startedAt, rate, channels, wanted],
    ["Meyer", 7000, 48_000, 1, "server"],
  );
  assert.equal(recorder.take, null);
});

test("what a state does not allow is refused, and changes nothing", async (t) => {
  const { recorder, said } = setUp(t);
  const busy = { code: "TAKE_BUSY" };
  const verbs = /** @type {const} */ (["pause", "resume", "stop", "addMarker"]);
  for (const verb of verbs) {
    await assert.rejects(recorder[verb](), busy, verb);
  }
  await assert.rejects(recorder.start({ name: "a" }), busy);
  assert.deepEqual(said, []);
  await recorder.arm();
  await assert.rejects(recorder.arm(), busy);
  await recorder.start({ name: "a" });
  await assert.rejects(recorder.start({ name: "b" }), busy);
  await assert.rejects(recorder.resume(), busy);
  recorder.release();
  assert.equal(recorder.state, "recording");
});

test("without a microphone it is off again", async (t) => {
  const { recorder, microphone, said } = setUp(t);
  microphone.isThere = false;
  await assert.rejects(recorder.arm(), { code: "MICROPHONE_MISSING" });
  assert.deepEqual(said, ["arming", "off"]);
});

test("a take that the spool cannot begin leaves it armed", async (t) => {
  const { recorder, failing, said } = setUp(t);
  await recorder.arm();
  failing.open = "STORAGE_FULL";
  await assert.rejects(recorder.start({ name: "a" }), { code: "STORAGE_FULL" });
  assert.deepEqual(said.slice(2), ["recording", "armed"]);
  assert.equal(recorder.take, null);
  failing.open = "";
  await recorder.start({ name: "b" });
  assert.equal(recorder.state, "recording");
});

test("a take that cannot be closed is told, and over", async (t) => {
  const { recorder, failing, said } = setUp(t);
  await recorder.arm();
  await recorder.start({ name: "a" });
  failing.close = "SPOOL_DEAD";
  await assert.rejects(recorder.stop(), { code: "SPOOL_DEAD" });
  assert.deepEqual(said.slice(3), ["stopping", "armed", "SPOOL_DEAD"]);
});

test("a full disk ends the take", async (t) => {
  const { recorder, spool, said, takes } = setUp(t);
  await recorder.arm();
  await recorder.start({ name: "a" });
  const detail = { id: takes[0].id, code: "STORAGE_FULL" };
  spool.events.dispatchEvent(new CustomEvent("fault", { detail }));
  await settle();
  const ended = ["STORAGE_FULL", "stopping", "armed", "finished"];
  assert.deepEqual(said.slice(3), ended);
});

test("what befalls another take is none of its business", async (t) => {
  const { recorder, spool, said } = setUp(t);
  await recorder.arm();
  await recorder.start({ name: "a" });
  const detail = { id: "another", code: "STORAGE_FULL" };
  spool.events.dispatchEvent(new CustomEvent("fault", { detail }));
  await settle();
  assert.equal(recorder.state, "recording");
  assert.deepEqual(said.slice(3), []);
});

test("a microphone that goes ends no take, and is noted in it", async (t) => {
  const { recorder, microphone, moments, said } = setUp(t);
  await recorder.arm();
  await recorder.start({ name: "a" });
  microphone.unplug();
  await settle();
  assert.deepEqual(said.slice(3), ["MICROPHONE_ENDED"]);
  assert.deepEqual(moments, [{ kind: "fault", code: "MICROPHONE_ENDED" }]);
  await recorder.stop();
  assert.equal(recorder.state, "off");
});

test("a mute is noted in the take, and that it is over", async (t) => {
  const { recorder, microphone, moments } = setUp(t);
  await recorder.arm();
  await recorder.start({ name: "a" });
  /** @type {string[]} */
  const over = [];
  recorder.addEventListener("back", (event) =>
    over.push(/** @type {CustomEvent} */ (event).detail.code),
  );
  microphone.track.dispatchEvent(new Event("mute"));
  microphone.track.dispatchEvent(new Event("unmute"));
  await settle();
  assert.deepEqual(over, ["MICROPHONE_MUTED"]);
  const codes = moments.map(({ code }) => code);
  assert.deepEqual(codes, ["MICROPHONE_MUTED", "MICROPHONE_BACK"]);
});

test("a microphone that goes before a take is let go", async (t) => {
  const { recorder, microphone } = setUp(t);
  await recorder.arm();
  microphone.unplug();
  assert.equal(recorder.state, "off");
  assert.equal(recorder.granted, null);
});

test("the microphone is let go after a minute without a take", async (t) => {
  const { recorder, microphone } = setUp(t);
  t.mock.timers.enable({ apis: ["setTimeout"] });
  await recorder.arm();
  t.mock.timers.tick(59_999);
  assert.equal(recorder.state, "armed");
  t.mock.timers.tick(1);
  assert.equal(recorder.state, "off");
  assert.equal(microphone.track.readyState, "ended");
});

test("a pause is marked where the audio thread made it", async (t) => {
  const { recorder, microphone, moments } = setUp(t);
  await recorder.arm();
  await recorder.start({ name: "a" });
  microphone.frames = 48_000;
  await recorder.pause();
  assert.deepEqual(moments, [{ kind: "pause", counted: 48_000 }]);
});

/**
 * A take with two seconds of sound, of which its audio system dies at second 9.
 *
 * @param {import("node:test").TestContext} t
 */
async function die(t) {
  const stage = setUp(t);
  const { recorder, microphone, spool, clock, takes } = stage;
  t.mock.timers.enable({ apis: ["setTimeout"] });
  await recorder.arm();
  await recorder.start({ name: "a" });
  clock.at = 9000;
  const detail = { id: takes[0].id, frames: 2 * 48_000 };
  spool.events.dispatchEvent(new CustomEvent("progress", { detail }));
  microphone.die();
  return stage;
}

test("what was lost before a pause is silence, what was paused is not", async (t) => {
  const { recorder, clock, places, moments } = await die(t);
  clock.at = 12_000;
  const paused = recorder.pause();
  clock.at = 20_000;
  await settle();
  assert.deepEqual(places, [{ at: 20_000, frame: 5 * 48_000 }]);
  t.mock.timers.tick(1000);
  await paused;
  const { kind, counted } = moments.at(-1) ?? {};
  assert.deepEqual([kind, counted], ["pause", 5 * 48_000]);
});

test("what was lost around a pause is silence, too", async (t) => {
  const { recorder, clock, places } = await die(t);
  clock.at = 12_000;
  const paused = recorder.pause();
  clock.at = 20_000;
  const resumed = recorder.resume();
  t.mock.timers.tick(1000);
  await Promise.all([paused, resumed]);
  clock.at = 21_000;
  await settle();
  assert.deepEqual(places, [{ at: 21_000, frame: 6 * 48_000 }]);
});

test("the end of the page closes the microphone", async (t) => {
  const { recorder, microphone, end } = setUp(t);
  await recorder.arm();
  end.abort();
  assert.equal(recorder.state, "off");
  assert.equal(microphone.track.readyState, "ended");
});

test("a take that was interrupted goes on, and has one name", async (t) => {
  const { recorder, takes, moments } = setUp(t);
  await recorder.arm();
  await recorder.start({ name: "Meyer", interrupted: "cut" });
  await recorder.addMarker();
  assert.deepEqual(moments, [{ kind: "marker", frame: 96_000 }]);
  const recording = await recorder.stop();
  assert.deepEqual([takes[0].id, recording.id], ["cut", "cut"]);
});

test("after one that went on, the next take counts from its start", async (t) => {
  const { recorder, microphone, moments } = setUp(t);
  await recorder.arm();
  await recorder.start({ name: "a", interrupted: "cut" });
  microphone.frames = null;
  await recorder.pause();
  await recorder.stop();
  await recorder.start({ name: "b" });
  await recorder.pause();
  assert.deepEqual(moments, [
    { kind: "pause", counted: 0 },
    { kind: "pause", counted: 0 },
  ]);
});

test("a take whose audio system dies as it goes on is where it is", async (t) => {
  const { recorder, microphone, clock, places } = setUp(t);
  t.mock.timers.enable({ apis: ["setTimeout"] });
  await recorder.arm();
  clock.at = 9000;
  await recorder.start({ name: "a", interrupted: "cut" });
  microphone.die();
  clock.at = 11_000;
  await settle();
  assert.deepEqual(places, [{ at: 11_000, frame: (2 + 2) * 48_000 }]);
});

test("a take that cannot go on leaves it armed", async (t) => {
  const { recorder, failing, said } = setUp(t);
  await recorder.arm();
  failing.open = "TAKE_OTHER_SOUND";
  const start = recorder.start({ name: "a", interrupted: "cut" });
  await assert.rejects(start, { code: "TAKE_OTHER_SOUND" });
  assert.deepEqual(said.slice(2), ["recording", "armed"]);
});

test("what begins with a pre-roll was heard before, and says so", async (t) => {
  const { recorder, microphone, takes, moments } = setUp(t);
  await recorder.arm();
  microphone.framesBefore = 96_000;
  await recorder.start({ name: "a", interrupted: "cut" });
  assert.equal(takes[0].startedAt, 5000);
  assert.deepEqual(moments, [{ kind: "start", counted: 96_000 }]);
});
