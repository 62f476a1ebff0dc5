import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createMessages } from "../../../assets/js/core/messages.js";
import { de, en } from "../support/texts.mjs";
import { contactOf } from "../../../assets/js/ui/info-view.js";
import { capText } from "../../../assets/js/ui/key-list.js";
import {
  SHORTCUTS,
  bindKeys,
  keysOf,
  pressOf,
} from "../../../assets/js/ui/keys.js";
import { playerKeys } from "../../../assets/js/ui/player-keys.js";

const PAGE = new URL("../../../index.html", import.meta.url);

test("a key does what the list says it does", () => {
  const bound = bindKeys({ record: () => "record", back: () => "back" });
  assert.deepEqual(Object.keys(bound), ["r", "arrowleft"]);
  assert.equal(bound.arrowleft(), "back");
});

test("the list has each key once, and all that work", () => {
  const keys = SHORTCUTS.flatMap(({ keys: each }) => each);
  assert.equal(new Set(keys).size, keys.length);
  const player = /** @type {any} */ ({ id: null });
  const played = playerKeys({ player, isRecording: () => false });
  const listed = keys.map((key) => key.toLowerCase());
  for (const key of Object.keys(played)) {
    assert.ok(listed.includes(/** @type {any} */ (key)), key);
  }
  assert.deepEqual(keysOf("region"), ["F6"]);
});

test("a key with others held has a name of its own", () => {
  const press = { key: "a", shiftKey: false, ctrlKey: false, metaKey: true };
  assert.equal(pressOf(press), "Ctrl+A");
  assert.deepEqual(keysOf("all"), [pressOf(press)]);
  const down = { key: "ArrowDown", shiftKey: true, ctrlKey: false };
  assert.equal(pressOf({ ...down, metaKey: false }), "Shift+ArrowDown");
});

test("what a control says of its key is in the list", () => {
  const page = readFileSync(PAGE, "utf8");
  const names = SHORTCUTS.flatMap(({ keys }) => keys).map((key) =>
    key === " " ? "Space" : String(key),
  );
  for (const [, keys] of page.matchAll(/aria-keyshortcuts="([^"]+)"/g)) {
    for (const key of keys.split(" ").filter((name) => name !== "Escape")) {
      assert.ok(names.includes(key), key);
    }
  }
});

test("keys are called what stands on them", () => {
  const messages = createMessages({ dictionaries: { en, de }, language: "de" });
  const caps = ["r", " ", "Home", "F6", "Ctrl+A"].map((key) =>
    capText(messages, key),
  );
  assert.deepEqual(caps, ["R", "Leertaste", "Pos1", "F6", "Strg + A"]);
});

test("only an address is whom to tell", () => {
  assert.equal(
    contactOf({ contact: "a@b.example" }).href,
    "mailto:a@b.example",
  );
  const page = "https://b.example/contact";
  assert.deepEqual(contactOf({ contact: page }), { text: page, href: page });
  for (const contact of ["", "data:text/html,x", "somebody", 7, null]) {
    assert.deepEqual(contactOf({ contact }), { text: null, href: null });
  }
  assert.deepEqual(contactOf(null), { text: null, href: null });
});
