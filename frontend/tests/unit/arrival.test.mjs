import assert from "node:assert/strict";
import { test } from "node:test";
import { goesOn } from "../../assets/js/offline/arrival.js";

/**
 * @param {string} search
 * @param {string} hash
 * @param {{controller: unknown} | undefined} serviceWorker
 * @returns {{isOver: boolean, at: string[]}} where it went on to
 */
function arrive(search, hash, serviceWorker) {
  /** @type {string[]} */
  const at = [];
  const replace = (/** @type {string | URL} */ url) => void at.push(`${url}`);
  const location = { search, hash, replace };
  return { isOver: goesOn({ location, serviceWorker }), at };
}

test("a page with a query goes on without, but for its view", () => {
  const kept = { controller: {} };
  const on = (/** @type {string} */ url) => ({ isOver: true, at: [url] });
  assert.deepEqual(arrive("?sign-in", "", kept), on("./"));
  assert.deepEqual(arrive("?code=1&a=b", "#library", kept), on("./#library"));
});

test("a page of one version begins where it is", () => {
  const stays = { isOver: false, at: [] };
  assert.deepEqual(arrive("", "#record", { controller: {} }), stays);
  assert.deepEqual(arrive("?sign-in", "", { controller: null }), stays);
  assert.deepEqual(arrive("?sign-in", "", undefined), stays);
});
