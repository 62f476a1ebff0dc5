import assert from "node:assert/strict";
import { test } from "node:test";
import { StudioError } from "../../../assets/js/core/errors.js";
import { ZipFault } from "../../../assets/js/library/zip.js";
import { zipCodeOf } from "../../../assets/js/ui/zip-bar.js";

test("a full disk is told of as one, and no number is a code", () => {
  const full = new DOMException("no room", "QuotaExceededError");
  const gone = new DOMException("gone", "NotFoundError");
  assert.equal(typeof full.code, "number");
  assert.equal(zipCodeOf(full), "STORAGE_FULL");
  assert.equal(zipCodeOf(gone), "UNKNOWN");
  assert.equal(zipCodeOf(new StudioError("ZIP_TOO_LARGE")), "ZIP_TOO_LARGE");
  assert.equal(zipCodeOf(new ZipFault("ZIP_SHORT", "A", {})), "ZIP_SHORT");
  assert.equal(zipCodeOf("anything"), "UNKNOWN");
});
