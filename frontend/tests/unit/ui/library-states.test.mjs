import assert from "node:assert/strict";
import { test } from "node:test";
import { noteFor, panelFor } from "../../../assets/js/ui/library-states.js";

/** @typedef {import("../../../assets/js/ui/library-states.js").Situation} Situation */

/** @param {Partial<Situation>} parts @returns {Situation} */
const situation = (parts) => ({
  known: 3,
  shown: 3,
  fault: null,
  server: { state: "read", code: null },
  online: true,
  ...parts,
});

/** @param {Situation["server"]["state"]} state */
const server = (state) => ({ server: { state, code: null } });

test("an empty library is not told before the server was asked", () => {
  const none = { known: 0, shown: 0 };
  const reading = { ...none, ...server("reading") };
  assert.equal(panelFor(situation({ known: null, shown: 0 })), "loading");
  assert.equal(panelFor(situation(reading)), "loading");
  assert.equal(panelFor(situation({ ...reading, online: false })), "empty");
  assert.equal(panelFor(situation(none)), "empty");
  assert.equal(panelFor(situation(server("reading"))), "list");
});

test("what finds nothing is told from what holds nothing", () => {
  assert.equal(panelFor(situation({ shown: 0 })), "nothing");
  assert.equal(panelFor(situation({})), "list");
});

test("a list that could not be read once more stays", () => {
  const fault = "DATABASE_LOST";
  const never = { known: null, shown: 0, fault };
  assert.equal(panelFor(situation(never)), "failed");
  assert.equal(panelFor(situation({ fault })), "list");
});

test("what the server's list lacks is said, whyever it lacks", () => {
  assert.equal(noteFor(situation({})), null);
  assert.equal(noteFor(situation({ online: false })), "offline");
  assert.equal(noteFor(situation(server("failed"))), "failed");
  assert.equal(noteFor(situation(server("away"))), "failed");
  const unsure = { ...server("away"), online: null };
  assert.equal(noteFor(situation(unsure)), null);
});

test("an empty trash is told from one in which nothing is found", () => {
  const none = { shown: 0, known: 0 };
  assert.equal(panelFor(situation({ ...none, trash: 0 })), "trash");
  assert.equal(panelFor(situation({ ...none, trash: 2 })), "nothing");
  assert.equal(panelFor(situation({ shown: 2, known: 0, trash: 2 })), "list");
});
