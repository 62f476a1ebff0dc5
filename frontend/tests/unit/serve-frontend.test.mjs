import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Linter } from "eslint";

const TOP = fileURLToPath(new URL("../../../", import.meta.url));
const FRONTEND = path.join(TOP, "frontend");
const linter = new Linter();

/**
 * What is served of the folder.
 *
 * @param {import("node:test").TestContext} t
 * @param {string} source
 */
function serve(t, source) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "serve-test-"));
  t.after(() => fs.rmSync(folder, { recursive: true }));
  const target = path.join(folder, "served");
  execFileSync(path.join(TOP, "cmake/serve-frontend"), [source, target]);
  return target;
}

/** @param {string} root @returns {string[]} paths of its files, sorted */
function filesOf(root) {
  return fs
    .readdirSync(root, { recursive: true })
    .map(String)
    .filter((name) => fs.statSync(path.join(root, name)).isFile())
    .sort();
}

/** @param {string} root @param {string} name */
function read(root, name) {
  return fs.readFileSync(path.join(root, name), "utf8");
}

/** @param {string} text of a script */
function parse(text) {
  linter.verify(text, { linterOptions: { reportUnusedDisableDirectives: 0 } });
  const { ast } = linter.getSourceCode();
  const tokens = (ast.tokens ?? []).map(({ type, value, loc }) => [
    type,
    value,
    loc?.start.line,
  ]);
  const lines = text.split("\n");
  const leading = (ast.comments ?? []).filter(({ loc }) => {
    const { line = 1, column = 0 } = loc?.start ?? {};
    return lines[line - 1].slice(0, column).trim() === "";
  });
  return { tokens, leading };
}

/** @param {string} text of sw.js */
function listIn(text) {
  const lines = [...text.matchAll(/^ *"(.*)": "([0-9a-f]{64})",$/gm)];
  return lines.map(([, name, digest]) => [name, digest]);
}

/** @param {string} text of sw.js */
function versionIn(text) {
  return /VERSION = "([0-9a-f]{16})"/.exec(text)?.[1];
}

/** @param {string} served @param {string} name of a file that is one of ours */
function assertLight(served, name) {
  const [is, was] = [served, FRONTEND].map((root) => read(root, name));
  if (name.endsWith(".js")) {
    const { tokens, leading } = parse(is);
    assert.deepEqual(tokens, parse(was).tokens, name);
    assert.deepEqual(leading, [], name);
  } else {
    assert.equal(is, was.replace(/^ +/gm, ""), name);
    assert.doesNotMatch(was, /<(pre|textarea)[^>]*>[^<]/);
  }
}

test("what is served is what there is, but for comments", (t) => {
  const served = serve(t, FRONTEND);
  const names = filesOf(served);
  assert.deepEqual(
    names,
    filesOf(FRONTEND).filter((name) => !/^(tests|tools|styles)\//.test(name)),
  );
  const ours = /^(assets\/js\/.*\.js|assets\/app\.css|index\.html)$/;
  for (const name of names.filter((other) => other !== "sw.js")) {
    if (ours.test(name)) {
      assertLight(served, name);
    } else {
      const [is, was] = [served, FRONTEND].map((root) =>
        fs.readFileSync(path.join(root, name)),
      );
      assert.ok(is.equals(was), name);
    }
  }
});

test("the service worker's list is of what is served", (t) => {
  const served = serve(t, FRONTEND);
  const [is, was] = [served, FRONTEND].map((root) => read(root, "sw.js"));
  const list = listIn(is);
  assert.deepEqual(
    list.map(([name]) => name),
    listIn(was).map(([name]) => name),
  );
  for (const [name, digest] of list) {
    const bytes = fs.readFileSync(path.join(served, name));
    const found = createHash("sha256").update(bytes).digest("hex");
    assert.equal(digest, found, name);
  }
  assert.match(versionIn(is) ?? "", /./);
  assert.notEqual(versionIn(is), versionIn(was));
});

test("comments and indentation go, and what looks like them stays", (t) => {
  const source = fs.mkdtempSync(path.join(os.tmpdir(), "serve-test-"));
  t.after(() => fs.rmSync(source, { recursive: true }));
  fs.mkdirSync(path.join(source, "assets/js"), { recursive: true });
  fs.writeFileSync(
    path.join(source, "assets/js/a.js"),
    `/** one line */
// another
/*
 * several, with code // behind
 */ let a = 1;
  /** @type {number} */ (a).toString(); // stays
const url = "https://example.com/*"; /* stays */
`,
  );
  fs.writeFileSync(path.join(source, "assets/js/empty.js"), "");
  fs.writeFileSync(path.join(source, "assets/app.css"), "/* 1 */\n  b {}\n");
  fs.writeFileSync(path.join(source, "index.html"), "<p>\n  // 2\n</p>\n");
  const line = (/** @type {string} */ digest) =>
    `  "assets/js/a.js": "${digest}",\n`;
  const list = `const FILES = Object.freeze({\n${line("00")}});\n`;
  fs.writeFileSync(
    path.join(source, "sw.js"),
    `// Made.\nconst VERSION = "0000000000000000";\n${list}`,
  );
  const served = serve(t, source);
  assert.equal(
    read(served, "assets/js/a.js"),
    `



let a = 1;
(a).toString(); // stays
const url = "https://example.com/*"; /* stays */
`,
  );
  assert.equal(read(served, "assets/js/empty.js"), "");
  assert.equal(read(served, "assets/app.css"), "/* 1 */\nb {}\n");
  assert.equal(read(served, "index.html"), "<p>\n// 2\n</p>\n");
  assert.equal(listIn(read(served, "sw.js")).length, 1);
});

test("a version is that of the files", (t) => {
  const copy = serve(t, FRONTEND);
  const versions = [serve(t, copy), serve(t, copy)].map((root) =>
    versionIn(read(root, "sw.js")),
  );
  assert.equal(versions[0], versions[1]);
  fs.appendFileSync(path.join(copy, "assets/app.css"), "p {}");
  assert.notEqual(versionIn(read(serve(t, copy), "sw.js")), versions[0]);
});
