import assert from "node:assert/strict";
import test from "node:test";
import { ESLint } from "eslint";

const eslint = new ESLint();

/**
 * Lints a snippet as if it stood at that path, by the project's own config.
 *
 * @param {string} filePath
 * @param {string} code
 * @returns {Promise<string[]>} names of the studio's own rules it breaks
 */
async function broken(filePath, code) {
  const [result] = await eslint.lintText(code, { filePath });
  const rules = result.messages.map((message) => message.ruleId ?? "syntax");
  return rules.filter((rule) => !rule.startsWith("no-unused"));
}

const JS = "frontend/assets/js";
const LINES = "g();\n".repeat(45);
const UI = `${JS}/ui/meter.js`;

/** @type {[string, string, string, string][]} rule, title, path, snippet */
const REFUSED = [
  ["layers", "core/ importing ui/", `${JS}/core/a.js`, 'import "../ui/b.js";'],
  [
    "layers",
    "core/ importing a vendored library",
    `${JS}/core/a.js`,
    'import "../../vendor/idb-8.0.4/index.js";',
  ],
  [
    "layers",
    "engine/ importing core/",
    `${JS}/engine/a.js`,
    'import "../core/b.js";',
  ],
  [
    "layers",
    "ui/ importing capture/",
    UI,
    'import { a } from "../capture/b.js";',
  ],
  [
    "layers",
    "ui/ re-exporting spool/",
    UI,
    'export { a } from "../spool/b.js";',
  ],
  [
    "layers",
    "ui/ re-exporting all of spool/",
    UI,
    'export * from "../spool/b.js";',
  ],
  [
    "layers",
    "a lazy import across folders",
    UI,
    'const a = () => import("../media/b.js");',
  ],
  ["layers", "importing the composition root", UI, 'import "../main.js";'],
  ["layers", "a bare name", UI, 'import { openDB } from "idb";'],
  [
    "layers",
    "a bare name in a root",
    `${JS}/main.js`,
    'import { openDB } from "idb";',
  ],
  [
    "listener-lifetime",
    "a listener without an end",
    UI,
    'export const f = (a) => a.addEventListener("click", f);',
  ],
  [
    "listener-lifetime",
    "a listener with once: false",
    UI,
    'export const f = (a) => a.addEventListener("click", f, { once: false });',
  ],
  [
    "listener-lifetime",
    "a capturing listener by a boolean",
    UI,
    'export const f = (a) => a.addEventListener("click", f, true);',
  ],
  [
    "listener-lifetime",
    "an endless listener on a port in a worker",
    `${JS}/spool/spool.worker.js`,
    'export const f = (port) => port.addEventListener("message", f);',
  ],
  [
    "safe-dom",
    "innerHTML",
    UI,
    "export const f = (a) => (a.innerHTML = '<b>');",
  ],
  [
    "safe-dom",
    'a["outerHTML"]',
    UI,
    "export const f = (a) => (a['outerHTML'] = '');",
  ],
  [
    "function-length",
    "a function of 47 lines",
    UI,
    `export function f(g) {\n${LINES}}`,
  ],
  [
    "safe-dom",
    "insertAdjacentHTML",
    UI,
    "export const f = (a) => a.insertAdjacentHTML('beforeend', '<b>');",
  ],
  [
    "safe-dom",
    "document.write",
    UI,
    "export const f = () => document.write('a');",
  ],
  [
    "safe-dom",
    "an inline handler",
    UI,
    "export const f = (a) => a.setAttribute('onclick', 'g()');",
  ],
  [
    "no-globals",
    "window.x = …",
    UI,
    "export const f = () => (window.studio = 1);",
  ],
  ["no-globals", "self.x = …", UI, "export const f = () => (self.studio = 1);"],
  [
    "no-globals",
    "globalThis.x++",
    UI,
    "export const f = () => globalThis.count++;",
  ],
  [
    "no-globals",
    "Object.assign(window, …)",
    UI,
    "export const f = () => Object.assign(window, { a: 1 });",
  ],
  ["no-work-at-import", "a call at the top", UI, "const f = () => 1; f();"],
  [
    "no-work-at-import",
    "a branch at the top",
    UI,
    "if (navigator.onLine) { scrollTo(0, 0); }",
  ],
];

for (const [rule, title, filePath, code] of REFUSED) {
  test(`the linter refuses ${title} (${rule})`, async () => {
    assert.ok((await broken(filePath, code)).includes(`waveforge/${rule}`));
  });
}

/** @type {[string, string, string][]} title, path, snippet */
const ACCEPTED = [
  ["core/ importing core/", `${JS}/core/a.js`, 'import "./b.js";'],
  ["ui/ importing core/", UI, 'import { a } from "../core/b.js";'],
  [
    "ui/ importing engine/ and vendor",
    UI,
    'import "../engine/a.js"; import "../../vendor/x/y.js";',
  ],
  [
    "main.js importing every folder",
    `${JS}/main.js`,
    'import "./ui/a.js"; import "./spool/b.js"; start();',
  ],
  [
    "a worker importing two folders",
    `${JS}/upload/upload.worker.js`,
    'import "../library/a.js"; import "../spool/b.js";',
  ],
  [
    "the service worker importing offline/",
    "frontend/assets/js/offline/service.worker.js",
    'import "./assets/js/offline/a.js";',
  ],
  [
    "listeners that end",
    UI,
    "export const f = (a, signal) => { a.addEventListener('x', f, { signal }); a.addEventListener('y', f, { once: true }); };",
  ],
  [
    "a worker listening on its own scope",
    `${JS}/spool/spool.worker.js`,
    'self.addEventListener("message", () => {});',
  ],
  [
    "a long object made of short functions",
    UI,
    `export function f(g) {\n${"g(() => {\ng();\n});\n".repeat(30)}}`,
  ],
  ["textContent", UI, "export const f = (a) => (a.textContent = 'a');"],
  [
    "declarations only",
    UI,
    'export const A = new Set(["a"]); export function f() {}',
  ],
];

for (const [title, filePath, code] of ACCEPTED) {
  test(`the linter accepts ${title}`, async () => {
    assert.deepEqual(await broken(filePath, code), []);
  });
}
