import assert from "node:assert/strict";
import { test } from "node:test";
import { kilobytesOf } from "../../../assets/js/core/upload-limit.js";
import { createMessages } from "../../../assets/js/core/messages.js";
import { en } from "../support/texts.mjs";
import { readChoice } from "../../../assets/js/ui/choice.js";
import { mountUploadLimit } from "../../../assets/js/ui/upload-limit.js";
import { keepPreferences, settled } from "../support/preferences.mjs";

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
  const preferences = keepPreferences({ uploadLimit: 64 });
  const { signal } = new AbortController();
  const name = "uploadLimit";
  const open = async () => {
    const field = new HTMLInputElement();
    mountUploadLimit(/** @type {any} */ ({ querySelector: () => field }), {
      messages: createMessages({ dictionaries: { en }, language: "en" }),
      choice: await readChoice({
        name,
        read: kilobytesOf,
        preferences,
        signal,
      }),
      signal,
    });
    return {
      field,
      async choose(/** @type {string} */ value) {
        field.value = value;
        field.dispatchEvent(new Event("change"));
        await settled();
      },
    };
  };
  return Promise.all([open(), open()]);
}

test("the limit of one page stands on the other, too", async (t) => {
  const [here, there] = await openPages(t);
  assert.deepEqual([here.field.value, there.field.value], ["64", "64"]);
  await here.choose("100");
  assert.deepEqual([here.field.value, there.field.value], ["100", "100"]);
  await there.choose("");
  assert.deepEqual([here.field.value, there.field.value], ["", ""]);
});

test("what is being typed is not replaced by another page's limit", async (t) => {
  const [here, there] = await openPages(t);
  there.field.value = "12";
  await here.choose("100");
  assert.equal(there.field.value, "12");
  await there.choose("128");
  assert.deepEqual([here.field.value, there.field.value], ["128", "128"]);
});
