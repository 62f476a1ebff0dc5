import assert from "node:assert/strict";
import { test } from "node:test";
import { settle, setUp } from "./support/recorder.mjs";

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

test("a pause is marked where the audio thread made it", async (t) => {
  const { recorder, microphone, moments } = setUp(t);
  await recorder.arm();
  await recorder.start({ name: "a" });
  microphone.frames = 48_000;
  await recorder.pause();
  assert.deepEqual(moments, [{ kind: "pause", counted: 48_000 }]);
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
