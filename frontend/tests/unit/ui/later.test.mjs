import assert from "node:assert/strict";
import { test } from "node:test";
import { createLater } from "../../../assets/js/ui/later.js";

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** What is loaded later, which fails as often as is said; and what it went through. */
function setUp({ failures = 0, mount = async () => "parts" } = {}) {
  /** @type {unknown[]} */
  const faults = [];
  let left = failures;
  let mounted = 0;
  const later = createLater({
    load: async () => {
      if (left > 0) {
        left -= 1;
        throw new TypeError("no network");
      }
      return () => {
        mounted += 1;
        return mount();
      };
    },
    onFault: (error) => faults.push(error),
  });
  /** @type {string[]} */
  const states = [];
  later.changes.addEventListener("changed", () => states.push(later.state));
  return { later, states, faults, mounted: () => mounted };
}

test("what needs the rest waits for it, through a failure and another try", async () => {
  const { later, states, mounted } = setUp({ failures: 1 });
  /** @type {string[]} */
  const given = [];
  later.use((parts) => given.push(parts));
  await settled();
  assert.equal(later.state, "failed");
  assert.equal(given.length, 0);
  void later.bring();
  await settled();
  assert.deepEqual(states, ["loading", "failed", "loading", "ready"]);
  assert.deepEqual(given, ["parts"]);
  later.use((parts) => given.push(parts));
  assert.deepEqual(given, ["parts", "parts"], "at once from then on");
  assert.equal(mounted(), 1);
});

test("it is loaded once, however often it is asked for", async () => {
  const { later, mounted } = setUp();
  await Promise.all([later.bring(), later.bring()]);
  await later.bring();
  assert.equal(mounted(), 1);
});

test("what was loaded and cannot be mounted is told, and not tried again", async () => {
  const fault = new Error("lost");
  const { later, faults, states, mounted } = setUp({
    mount: () => Promise.reject(fault),
  });
  await later.bring();
  await later.bring();
  assert.deepEqual(faults, [fault]);
  assert.equal(mounted(), 1);
  assert.deepEqual(states, ["loading", "broken"]);
});

test("of those that waited one that fails keeps no other from being done", async () => {
  const { later, faults } = setUp();
  /** @type {string[]} */
  const given = [];
  later.use(() => {
    throw new Error("first");
  });
  later.use((parts) => given.push(parts));
  await settled();
  assert.deepEqual(given, ["parts"]);
  assert.equal(faults.length, 1);
  assert.equal(later.state, "ready");
});
