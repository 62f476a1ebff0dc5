import assert from "node:assert/strict";
import { test } from "node:test";
import { createMessages } from "../../../assets/js/core/messages.js";
import { en } from "../support/texts.mjs";
import { createInterruptedBanner } from "../../../assets/js/ui/interrupted.js";

const messages = createMessages({ dictionaries: { en }, language: "en" });

/** @param {string} id */
const row = (id) =>
  /** @type {any} */ ({ id, state: "interrupted", onDevice: true });

/** The banner, and what its buttons do. */
function setUp() {
  /** @type {import("../../../assets/js/ui/banners.js").Banner | null} */
  let banner = null;
  /** @type {string[]} */
  const done = [];
  const act =
    (/** @type {string} */ verb) =>
    (/** @type {{id: string}[]} */ ...rows) =>
      done.push([verb, ...rows.flat().map(({ id }) => id)].join(" "));
  const actions = { recoverAll: act("keep"), discardAll: act("discard") };
  const { update } = createInterruptedBanner(
    /** @type {any} */ ({
      messages,
      banners: {
        put: (/** @type {string} */ _, /** @type {any} */ shown) =>
          (banner = shown),
        remove: () => (banner = null),
      },
      actions,
      onShow: () => done.push("show"),
    }),
  );
  const press = (/** @type {string} */ label) =>
    banner?.actions.find((action) => action.label() === label)?.press();
  return { update, press, done, text: () => banner?.text() };
}

test("several takes are kept or discarded by one press", () => {
  const { update, press, done, text } = setUp();
  update([row("a"), row("b"), { ...row("c"), state: "finished" }]);
  assert.match(text() ?? "", /^2 takes/);
  press("Keep all");
  press("Discard all");
  assert.deepEqual(done, ["keep a b", "discard a b"]);
});

test("without interrupted takes there is no banner", () => {
  const { update, text } = setUp();
  update([row("a"), row("b")]);
  update([]);
  assert.equal(text(), undefined);
});
