import assert from "node:assert/strict";
import test from "node:test";
import { StudioError } from "../../assets/js/core/errors.js";
import { faultOf } from "../../assets/js/media/fault.js";

test("only a file that is brought in is called damaged for want of a reason", () => {
  const error = new TypeError("x");
  assert.equal(faultOf({ job: "import" }, error), "MEDIA_BROKEN");
  assert.equal(faultOf({ job: "convert" }, error), "UNKNOWN");
  assert.equal(faultOf({ job: "formats" }, error), "UNKNOWN");
  const known = new StudioError("STORAGE_FULL");
  assert.equal(faultOf({ job: "convert" }, known), "STORAGE_FULL");
});
