import assert from "node:assert/strict";
import { test } from "node:test";
import { createKeptActions } from "../../../assets/js/ui/kept-actions.js";

test("what waited until a further take began is not played into it", () => {
  const takes = new EventTarget();
  /** @type {((parts: any) => void)[]} */
  const waiting = [];
  /** @type {string[]} */
  const done = [];
  const verb = (/** @type {string} */ name) => () => void done.push(name);
  const names = ["play", "showReceipt", "upload", "rename"];
  const actions = Object.fromEntries(names.map((name) => [name, verb(name)]));
  const kept = createKeptActions({
    takes,
    use: (act) => void waiting.push(act),
    keepName: (_, name) => done.push(name),
  });
  kept.play(/** @type {any} */ ({ id: "a" }));
  kept.showReceipt("a");
  kept.upload("a");
  kept.rename("a", "Meyer");
  takes.dispatchEvent(new Event("begin"));
  kept.play(/** @type {any} */ ({ id: "b" }));
  waiting.forEach((act) => act({ actions }));
  assert.deepEqual(done, ["Meyer", "upload", "rename", "play"]);
});
