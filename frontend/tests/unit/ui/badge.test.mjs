import assert from "node:assert/strict";
import { test } from "node:test";
import { en } from "../support/texts.mjs";
import { badgeOf } from "../../../assets/js/ui/badge.js";

/** @typedef {import("../../../assets/js/ui/ports.js").LibraryRow} LibraryRow */

/** @param {Partial<LibraryRow>} row */
function kindOf(row) {
  const plain = /** @type {LibraryRow} */ ({
    state: "finished",
    onDevice: true,
    onServer: false,
    upload: null,
  });
  return badgeOf({ ...plain, ...row }).kind;
}

/** @param {import("../../../assets/js/core/types.js").UploadState} state */
function uploading(state) {
  return { upload: { state, fraction: 0.43, code: null } };
}

test("a badge says where the bytes are", () => {
  assert.equal(kindOf({}), "device");
  assert.equal(kindOf({ wanted: "device" }), "device");
  assert.equal(kindOf({ wanted: "later" }), "later");
  assert.equal(kindOf({ onServer: true }), "server");
  assert.equal(kindOf({ onServer: true, onDevice: false }), "serverOnly");
});

test("a badge says what is being done before it says where", () => {
  assert.equal(kindOf(uploading("uploading")), "uploading");
  assert.equal(kindOf({ onServer: true, ...uploading("done") }), "server");
});

test("a take that runs or was cut off says so before all else", () => {
  assert.equal(
    kindOf({ state: "interrupted", ...uploading("waiting") }),
    "interrupted",
  );
  assert.equal(
    kindOf({ state: "recording", ...uploading("uploading") }),
    "recording",
  );
});

test("a take that was cut off elsewhere can be rescued, and says so", () => {
  const elsewhere = { onDevice: false, onServer: true };
  assert.equal(kindOf({ state: "interrupted", ...elsewhere }), "rescue");
  assert.ok("badge.rescue" in en);
});

test("every state of an upload has words", () => {
  const states = /** @type {const} */ ([
    "queued",
    "uploading",
    "paused",
    "waiting",
    "verifying",
    "failed",
  ]);
  for (const state of states) {
    assert.ok(`badge.${kindOf(uploading(state))}` in en, state);
  }
});

test("who has to sign in is told so", () => {
  const upload = /** @type {const} */ ({ state: "paused", fraction: 0.43 });
  assert.equal(
    kindOf({ upload: { ...upload, code: "UNAUTHORIZED" } }),
    "signIn",
  );
  assert.equal(kindOf({ upload: { ...upload, code: null } }), "paused");
  assert.ok("badge.signIn" in en);
});

test("a badge says that a recording is being brought here", () => {
  const row = { onServer: true, onDevice: false, copying: 0.5 };
  assert.equal(kindOf(row), "copying");
  assert.equal(kindOf({ ...row, copying: null }), "serverOnly");
});
