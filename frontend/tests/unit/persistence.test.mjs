import assert from "node:assert/strict";
import { test } from "node:test";
import { createPersistence } from "../../assets/js/spool/persistence.js";

/**
 * A page in a browser that answers so.
 *
 * @param {{isPersisted?: boolean, state?: string | null}} answers state null: it
 *   knows no such permission
 */
function open({ isPersisted = false, state = "prompt" }) {
  const page = new EventTarget();
  const status = Object.assign(new EventTarget(), { state });
  let asked = 0;
  const storage = {
    persisted: async () => isPersisted,
    persist: async () => {
      asked += 1;
      return false;
    },
  };
  const query = async () => {
    if (state === null) {
      throw new TypeError("unknown");
    }
    return /** @type {any} */ (status);
  };
  const { signal } = new AbortController();
  const persistence = createPersistence({
    storage,
    permissions: { query },
    page,
    signal,
  });
  return {
    page,
    status,
    async keep() {
      persistence.ask();
      await new Promise((resolve) => setImmediate(resolve));
      return asked;
    },
  };
}

test("a page asks once, however many takes it keeps", async () => {
  for (const state of ["prompt", "granted", null]) {
    const { keep } = open({ state });
    assert.equal(await keep(), 1);
    assert.equal(await keep(), 1);
  }
});

test("it asks again once it is installed, or the permission is another", async () => {
  const { keep, page, status } = open({});
  await keep();
  page.dispatchEvent(new Event("appinstalled"));
  assert.equal(await keep(), 2);
  status.dispatchEvent(new Event("change"));
  assert.equal(await keep(), 3);
  assert.equal(await keep(), 3);
});

test("it does not ask for what it has, nor against a refusal", async () => {
  assert.equal(await open({ isPersisted: true }).keep(), 0);
  const { keep, status } = open({ state: "denied" });
  assert.equal(await keep(), 0);
  status.state = "prompt";
  status.dispatchEvent(new Event("change"));
  assert.equal(await keep(), 1);
});

test("a browser that keeps everything or nothing is not asked", () => {
  const { signal } = new AbortController();
  const permissions = undefined;
  const page = new EventTarget();
  createPersistence({ storage: {}, permissions, page, signal }).ask();
});
