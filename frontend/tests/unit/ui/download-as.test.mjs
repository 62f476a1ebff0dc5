import assert from "node:assert/strict";
import { test } from "node:test";
import { askUntilTold } from "../../../assets/js/ui/download-as.js";

test("what could not be asked is asked again, what is known is not", async () => {
  /** @type {(boolean | null)[]} null: it cannot be asked */
  const answers = [null, true, false];
  const hasM4a = askUntilTold(async () => {
    const answer = answers.shift();
    if (typeof answer !== "boolean") {
      throw new Error("offline");
    }
    return answer;
  });
  assert.equal(await hasM4a(), false);
  assert.deepEqual(await Promise.all([hasM4a(), hasM4a()]), [true, true]);
  assert.equal(await hasM4a(), true);
  assert.deepEqual(answers, [false]);
});
