import assert from "node:assert/strict";
import { test } from "node:test";
import { createMessages } from "../../../assets/js/core/messages.js";
import { en } from "../../../assets/js/i18n/en.js";
import { mountUploadLimit } from "../../../assets/js/ui/upload-limit.js";

/**
 * The field on pages of one browser.
 *
 * @param {import("node:test").TestContext} t
 */
function openPages(t) {
  class HTMLInputElement extends EventTarget {
    value = "";
    placeholder = "";
  }
  Object.assign(globalThis, { HTMLInputElement });
  t.after(() => Reflect.deleteProperty(globalThis, "HTMLInputElement"));
  /** @type {((value: unknown) => void)[]} */
  const watching = [];
  const preferences = /** @type {any} */ ({
    watch: (/** @type {any} */ _, /** @type {any} */ heed) =>
      watching.push(heed),
    set: (/** @type {any} */ _, /** @type {any} */ value) =>
      watching.forEach((heed) => heed(value)),
  });
  return [0, 64].map((uploadLimit) => {
    const field = new HTMLInputElement();
    mountUploadLimit(/** @type {any} */ ({ querySelector: () => field }), {
      messages: createMessages({ dictionaries: { en }, language: "en" }),
      preferences,
      choices: /** @type {any} */ ({ uploadLimit }),
      signal: new AbortController().signal,
    });
    return {
      field,
      choose(/** @type {string} */ value) {
        field.value = value;
        field.dispatchEvent(new Event("change"));
      },
    };
  });
}

test("the limit of one page stands on the other, too", (t) => {
  const [here, there] = openPages(t);
  assert.deepEqual([here.field.value, there.field.value], ["", "64"]);
  here.choose("100");
  assert.deepEqual([here.field.value, there.field.value], ["100", "100"]);
  there.choose("");
  assert.deepEqual([here.field.value, there.field.value], ["", ""]);
});

test("what is being typed is not replaced by another page's limit", (t) => {
  const [here, there] = openPages(t);
  there.field.value = "12";
  here.choose("100");
  assert.equal(there.field.value, "12");
  there.choose("128");
  assert.deepEqual([here.field.value, there.field.value], ["128", "128"]);
});
