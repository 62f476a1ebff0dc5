import assert from "node:assert/strict";
import { test } from "node:test";
import { askBuild } from "../../assets/js/offline/version.js";

/** @param {(message: any, ports: readonly any[]) => void} heed */
const container = (heed) =>
  /** @type {any} */ ({ controller: { postMessage: heed } });

test("the service worker knows the build of its page", async () => {
  const answers = container(({ type }, [port]) => {
    assert.equal(type, "version");
    port.postMessage("f5a9f5bd8eff0be1");
  });
  assert.equal(await askBuild(answers), "f5a9f5bd8eff0be1");
});

test("a page without one, or with one that does not know, has no build", async (t) => {
  assert.equal(await askBuild(undefined), null);
  assert.equal(await askBuild(/** @type {any} */ ({ controller: null })), null);
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const asked = askBuild(container(() => undefined));
  t.mock.timers.tick(1000);
  assert.equal(await asked, null);
});
