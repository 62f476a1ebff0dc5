import assert from "node:assert/strict";
import { test } from "node:test";
import { StudioError } from "../../assets/js/core/errors.js";
import { clearWay, withRoom } from "../../assets/js/spool/room.js";
import { memoryFile } from "./support/memory-file.mjs";

const SOUND = { rate: 1000, channels: 1 };
const NEEDED = 8 * 1000 * 3;

/**
 * Things that can go to make room.
 *
 * @param {number} count
 * @param {() => void} onGone
 */
function createSpare(count, onGone = () => undefined) {
  let left = count;
  return {
    left: () => left,
    async free() {
      if (left === 0) {
        return false;
      }
      left -= 1;
      onGone();
      return true;
    },
  };
}

test("as much goes as a take needs to begin, and no more", async () => {
  const file = memoryFile({ room: 0 });
  const spare = createSpare(3, () => {
    file.disk.room += NEEDED / 2;
  });
  await clearWay(file, SOUND, spare.free);
  assert.deepEqual([spare.left(), file.size], [1, 0]);
});

test("a take begins all the same where nothing can go", async () => {
  const file = memoryFile({ room: 0 });
  await clearWay(file, SOUND, createSpare(0).free);
  assert.equal(file.size, 0);
});

test("nothing goes for what fails for another reason", async () => {
  const spare = createSpare(1);
  const fail = () => Promise.reject(new StudioError("DATABASE_LOST"));
  await assert.rejects(withRoom(spare.free, fail), { code: "DATABASE_LOST" });
  assert.equal(spare.left(), 1);
});
