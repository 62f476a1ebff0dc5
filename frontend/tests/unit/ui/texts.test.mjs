import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { de as deFirst } from "../../../assets/js/i18n/de.js";
import { en as enFirst } from "../../../assets/js/i18n/en.js";
import { de, en } from "../support/texts.mjs";
import { codeOf } from "../../../assets/js/upload/retry.js";

const FRONTEND = fileURLToPath(new URL("../../../", import.meta.url));

/** @typedef {import("../../../assets/js/core/messages.js").Entry} Entry */

/** @param {Entry} entry @returns {string[]} */
function forms(entry) {
  return typeof entry === "string" ? [entry] : [entry.one, entry.other];
}

/** @param {string} text @returns {string[]} names of its places, sorted */
function places(text) {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
}

/** @returns {string} all that may name a key */
function sources() {
  const ui = path.join(FRONTEND, "assets/js/ui");
  const files = readdirSync(ui).map((name) => path.join(ui, name));
  const others = ["assets/js/main.js", "index.html"];
  return [...files, ...others.map((name) => path.join(FRONTEND, name))]
    .map((file) => readFileSync(file, "utf8"))
    .join("\n");
}

const IMPORT = /^(?:import|export) [^;]*?from "(\.[^"]+)";/gm;

/** Where a failure gets its code. */
const RAISED =
  /(?:StudioError|fault|emitFault|fail)\(\s*(?:\w+,\s*)?"([A-Z_]+)"/g;

/** What names keys that are shown later only: of the help. */
const NAMES_LATER = /\/ui\/keys\.js$/;

/**
 * @param {string} file
 * @param {Set<string>} [found]
 * @returns {Set<string>} it, and what is loaded with it
 */
function loadedWith(file, found = new Set()) {
  if (!found.has(file)) {
    found.add(file);
    for (const [, from] of readFileSync(file, "utf8").matchAll(IMPORT)) {
      loadedWith(path.resolve(path.dirname(file), from), found);
    }
  }
  return found;
}

/** @returns {string} the first view, of which all comes before the library */
function firstView() {
  const html = readFileSync(path.join(FRONTEND, "index.html"), "utf8");
  const [shown] = html.split('id="view-library"');
  assert.ok(shown.length < html.length);
  const files = [...loadedWith(path.join(FRONTEND, "assets/js/main.js"))];
  return files
    .filter((file) => !NAMES_LATER.test(file))
    .map((file) => readFileSync(file, "utf8"))
    .concat(shown)
    .join("\n");
}

/**
 * @param {string} [text]
 * @returns {{keys: Set<string>, prefixes: string[]}} as the sources name them
 */
function namedKeys(text = sources()) {
  const quoted = text.matchAll(/["'`]([a-z]\w*(?:\.\w+)+)["'`]/gi);
  const built = text.matchAll(/`([a-z]\w*(?:\.\w+)*\.)\$\{/gi);
  return {
    keys: new Set([...quoted].map(([, key]) => key)),
    prefixes: [...built].map(([, prefix]) => prefix),
  };
}

test("both languages have the same texts", () => {
  assert.deepEqual(Object.keys(de).sort(), Object.keys(en).sort());
});

test("both languages have the same places in each text", () => {
  for (const [key, entry] of Object.entries(en)) {
    const german = forms(de[key]);
    assert.equal(german.length, forms(entry).length, key);
    forms(entry).forEach((text, form) => {
      assert.deepEqual(places(german[form]), places(text), key);
    });
  }
});

test("every text that the page asks for exists", () => {
  const topics = new Set(Object.keys(en).map((key) => key.split(".")[0]));
  for (const key of namedKeys().keys) {
    if (topics.has(key.split(".")[0]) && !key.endsWith(".js")) {
      assert.ok(key in en, key);
    }
  }
});

test("the first view brings what it says, in both languages", () => {
  assert.deepEqual(Object.keys(deFirst).sort(), Object.keys(enFirst).sort());
  const text = firstView();
  const { keys, prefixes } = namedKeys(text);
  // Others get other errors: the server's are told by what sends.
  const all = prefixes.filter((prefix) => prefix !== "error.");
  for (const key of Object.keys(en)) {
    if (keys.has(key) || all.some((prefix) => key.startsWith(prefix))) {
      assert.ok(key in enFirst, key);
    }
  }
  for (const [, code] of text.matchAll(RAISED)) {
    assert.ok(`error.${code}` in enFirst, code);
  }
});

test("the page asks for every text", () => {
  const { keys, prefixes } = namedKeys();
  for (const key of Object.keys(en)) {
    const isNamed =
      keys.has(key) || prefixes.some((prefix) => key.startsWith(prefix));
    assert.ok(isNamed, `nothing shows "${key}"`);
  }
});

test("every failure that the parts can tell has words", () => {
  const folders = ["capture", "spool", "library", "upload", "offline"];
  for (const folder of folders) {
    const at = path.join(FRONTEND, "assets/js", folder);
    for (const name of readdirSync(at)) {
      const text = readFileSync(path.join(at, name), "utf8");
      for (const [, code] of text.matchAll(RAISED)) {
        assert.ok(`error.${code}` in en, `${folder}/${name}: ${code}`);
      }
    }
  }
});

test("every code of the server has words", () => {
  const api = readFileSync(path.join(FRONTEND, "../docs/openapi.yaml"), "utf8");
  const [, listed] = api.split("\n    Code:\n");
  const [own] = listed.split(/\n {4}\w+:\n/);
  const codes = [...own.matchAll(/const: (\w+)/g)].map(([, code]) => code);
  assert.ok(codes.length > 30, "they were found");
  for (const code of codes) {
    const key = `error.${codeOf({ status: 400, code, retryAfterMs: null })}`;
    for (const dictionary of [en, de]) {
      assert.ok(key in dictionary, `${code}: ${key}`);
    }
  }
});

test("what the server says of its disk is not said of this device", () => {
  for (const code of ["STORAGE_FULL", "STORAGE_ERROR"]) {
    const told = codeOf({ status: 507, code, retryAfterMs: null });
    assert.match(en[`error.${told}`] + "", /server/);
  }
});

test("German addresses nobody", () => {
  for (const [key, entry] of Object.entries(de)) {
    for (const text of forms(entry)) {
      assert.doesNotMatch(
        text,
        /\b(du|dich|dir|deine?[nmrs]?|Ihnen|Ihre?[nmrs]?)\b/i,
        key,
      );
      assert.doesNotMatch(text, /\w+(en|n) Sie\b/, key);
    }
  }
});
