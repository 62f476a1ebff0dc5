import assert from "node:assert/strict";
import { test } from "node:test";
import { queryRows } from "../../../assets/js/ui/row-query.js";

/** @typedef {import("../../../assets/js/ui/ports.js").LibraryRow} LibraryRow */
/** @typedef {import("../../../assets/js/ui/row-query.js").Query} Query */

/** @param {Partial<LibraryRow>} parts */
const row = (parts) =>
  /** @type {LibraryRow} */ ({
    id: parts.name,
    timestamp: 0,
    durationMs: 0,
    sizeBytes: 0,
    onDevice: true,
    onServer: false,
    state: "finished",
    upload: null,
    ...parts,
  });

/** @param {LibraryRow[]} rows @param {Partial<Query>} query */
function ask(rows, query) {
  const plain = /** @type {Query} */ ({
    filter: "all",
    text: "",
    sort: "newest",
  });
  return queryRows(rows, { ...plain, ...query }, "de");
}

/** @param {LibraryRow[]} rows @param {Partial<Query>} query */
const names = (rows, query) => ask(rows, query).shown.map(({ name }) => name);

test("each filter lets through what it says, and counts it", () => {
  const rows = [
    row({ name: "here" }),
    row({ name: "both", onServer: true }),
    row({ name: "there", onDevice: false, onServer: true }),
    row({ name: "cut here", state: "interrupted" }),
    row({ name: "cut", state: "interrupted", onDevice: false, onServer: true }),
    row({ name: "running", state: "recording" }),
  ];
  assert.deepEqual(names(rows, { filter: "device" }), ["here", "running"]);
  assert.deepEqual(names(rows, { filter: "server" }), ["both", "there"]);
  const cut = ["cut here", "cut"];
  assert.deepEqual(names(rows, { filter: "interrupted" }), cut);
  assert.equal(names(rows, { filter: "all" }).length, 6);
  const { counts } = ask(rows, { filter: "server" });
  assert.deepEqual(counts, {
    all: 6,
    device: 2,
    server: 2,
    interrupted: 2,
    trash: 0,
  });
});

test("words are found in any order, without case and accents", () => {
  const rows = ["Müller, Interview", "Vögel am Fluß", "Interview Meyer"].map(
    (name) => row({ name }),
  );
  assert.deepEqual(names(rows, { text: "interview MULLER" }), [
    "Müller, Interview",
  ]);
  assert.deepEqual(names(rows, { text: " vögel " }), ["Vögel am Fluß"]);
  assert.deepEqual(names(rows, { text: "bach" }), []);
  assert.deepEqual(ask(rows, { text: "interview" }).counts.all, 2);
});

test("names are ordered as people count and as the language does", () => {
  const rows = ["Probe 10", "Zoo", "Äpfel", "Probe 9"].map((name) =>
    row({ name }),
  );
  const up = ["Äpfel", "Probe 9", "Probe 10", "Zoo"];
  assert.deepEqual(names(rows, { sort: "name" }), up);
  assert.deepEqual(names(rows, { sort: "nameDown" }), up.toReversed());
});

test("an unknown length stands behind every known one", () => {
  const rows = [
    row({ name: "unknown", durationMs: null }),
    row({ name: "short", durationMs: 0 }),
    row({ name: "long", durationMs: 9 }),
  ];
  const longest = ["long", "short", "unknown"];
  assert.deepEqual(names(rows, { sort: "longest" }), longest);
  const shortest = ["short", "long", "unknown"];
  assert.deepEqual(names(rows, { sort: "shortest" }), shortest);
});

test("equals stay newest first, and the list itself is left alone", () => {
  const rows = [
    row({ name: "b", timestamp: 3, sizeBytes: 1 }),
    row({ name: "c", timestamp: 2, sizeBytes: 2 }),
    row({ name: "a", timestamp: 1, sizeBytes: 1 }),
  ];
  assert.deepEqual(names(rows, { sort: "smallest" }), ["b", "a", "c"]);
  assert.deepEqual(names(rows, { sort: "largest" }), ["c", "b", "a"]);
  assert.deepEqual(names(rows, { sort: "oldest" }), ["a", "c", "b"]);
  assert.deepEqual(names(rows, {}), ["b", "c", "a"]);
});

test("what is in the trash only its own filter shows, and finds", () => {
  const plain = /** @type {Query} */ ({ text: "", sort: "newest" });
  const library = [row({ name: "Meyer" }), row({ name: "Lecture" })];
  const trash = [row({ name: "Meyer" }), row({ name: "Meyer 2" })];
  const all = queryRows(library, { ...plain, filter: "all" }, "de", trash);
  assert.deepEqual(all.shown, library);
  assert.deepEqual([all.counts.all, all.counts.trash], [2, 2]);
  const query = { ...plain, filter: /** @type {const} */ ("trash") };
  assert.deepEqual(queryRows(library, query, "de", trash).shown, trash);
  const found = queryRows(library, { ...query, text: "2" }, "de", trash);
  assert.deepEqual(found.shown, [trash[1]]);
  assert.deepEqual([found.counts.all, found.counts.trash], [0, 1]);
});
