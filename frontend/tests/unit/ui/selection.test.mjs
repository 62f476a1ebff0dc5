import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { isOnlyHere } from "../../../assets/js/ui/selection-bar.js";
import { Selection } from "../../../assets/js/ui/selection.js";

const IDS = ["a", "b", "c", "d", "e"];
/** @param {string} id @param {object} [more] @returns {any} */
const row = (id, more) => ({ id, state: "finished", ...more });

/** @type {Selection} */
let selection;
let told = 0;
const chosen = () => IDS.filter((id) => selection.has(id)).join("");

beforeEach(() => {
  selection = new Selection();
  selection.show(IDS.map((id) => row(id)));
  told = 0;
  selection.addEventListener("changed", () => (told += 1));
});

test("a range goes from where it began, and shrinks as it grew", () => {
  selection.toggle("b");
  selection.reach("d");
  assert.equal(chosen(), "bcd");
  selection.reach("c");
  assert.equal(chosen(), "bc");
  selection.reach("a");
  assert.equal(chosen(), "ab");
  assert.equal(selection.count, 2);
});

test("a range leaves what was chosen one by one", () => {
  selection.toggle("d");
  selection.toggle("b");
  selection.reach("e");
  selection.reach("c");
  assert.equal(chosen(), "bcd");
});

test("keys begin a range at the row they leave", () => {
  selection.reach("c", "b");
  assert.equal(chosen(), "bc");
  selection.reach("d", "c");
  assert.equal(chosen(), "bcd");
});

test("a take that runs neither ends a range nor begins one", () => {
  const running = { state: "recording" };
  selection.show(IDS.map((id) => row(id, id === "e" ? running : {})));
  selection.reach("e", "d");
  assert.equal(chosen(), "");
  selection.toggle("d");
  selection.reach("e", "d");
  assert.equal(chosen(), "d");
  selection.clear();
  selection.reach("d", "e");
  assert.equal(chosen(), "d");
});

test("a range whose beginning is gone begins anew", () => {
  selection.toggle("a");
  selection.toggle("a");
  selection.show(["b", "c", "d", "e"].map((id) => row(id)));
  selection.reach("d");
  assert.equal(chosen(), "d");
  selection.reach("e");
  assert.equal(chosen(), "de");
});

test("what is no longer shown is not chosen, nor is a take that runs", () => {
  selection.all();
  selection.show([row("b"), row("c", { state: "recording" }), row("d")]);
  assert.equal(chosen(), "bd");
  selection.all();
  assert.equal(chosen(), "bd");
  const before = told;
  selection.show([row("d"), row("b")]);
  assert.equal(told, before);
  selection.clear();
  assert.equal(selection.count, 0);
  assert.equal(told, before + 1);
});

test("sent is what is only here and not on its way", () => {
  const here = { onDevice: true, onServer: false, upload: null };
  const of = (/** @type {object} */ more) =>
    isOnlyHere(row("a", { ...here, wanted: "device", ...more }));
  assert.equal(of({}), true);
  assert.equal(of({ upload: { state: "paused", fraction: 0 } }), true);
  assert.equal(of({ upload: { state: "uploading", fraction: 0 } }), false);
  assert.equal(of({ onServer: true }), false);
  assert.equal(of({ onDevice: false, onServer: true }), false);
  assert.equal(of({ state: "interrupted" }), false);
});
