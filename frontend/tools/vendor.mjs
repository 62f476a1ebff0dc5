#!/usr/bin/env node
/**
 * Brings third-party code into assets/vendor/<name>-<version>/, which is what
 * the app imports: nothing is fetched or built when it is deployed.
 *
 *     node tools/vendor.mjs           copy from node_modules/, after `npm ci`
 *     node tools/vendor.mjs --check   compare what is there with vendor.json
 *
 * Versions are those of package-lock.json. Files come as published, save that
 * relative imports get their extension, that a package which another one here
 * imports by its name is imported by its path, and that a UMD bundle is enclosed so
 * that it exports as an ES module. vendor.json keeps npm's integrity of each package
 * and the SHA-256 of each file.
 */
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { writeLicences } from "./licences.mjs";

const VENDOR_DIR = fileURLToPath(new URL("../assets/vendor/", import.meta.url));
const TOP = fileURLToPath(new URL("../../", import.meta.url));

/**
 * @typedef {object} VendoredPackage
 * @property {string} name
 * @property {Record<string, string>} files from (in the package) -> to
 * @property {Record<string, string[]>} [enclose] UMD file -> names it exports
 * @property {Record<string, string>} [imports] package -> file of it, where it is
 *   vendored
 */

/** @type {VendoredPackage[]} */
const PACKAGES = [
  {
    name: "idb",
    files: {
      LICENSE: "LICENSE",
      "build/index.js": "index.js",
      "build/index.d.ts": "index.d.ts",
      "build/entry.d.ts": "entry.d.ts",
      "build/wrap-idb-value.d.ts": "wrap-idb-value.d.ts",
      "build/database-extras.d.ts": "database-extras.d.ts",
      "build/async-iterators.d.ts": "async-iterators.d.ts",
    },
  },
  {
    name: "hash-wasm",
    files: {
      LICENSE: "LICENSE",
      "dist/sha256.umd.min.js": "sha256.js",
      "dist/lib/sha256.d.ts": "sha256.d.ts",
      "dist/lib/util.d.ts": "util.d.ts",
      "dist/lib/WASMInterface.d.ts": "WASMInterface.d.ts",
    },
    enclose: { "sha256.js": ["createSHA256", "sha256"] },
  },
  {
    name: "client-zip",
    files: {
      "LICENSE.txt": "LICENSE",
      "index.js": "index.js",
      "index.d.ts": "index.d.ts",
    },
  },
  {
    name: "mediabunny",
    files: {
      LICENSE: "LICENSE",
      "dist/bundles/mediabunny.min.mjs": "index.js",
      "dist/mediabunny.d.ts": "index.d.ts",
    },
  },
  {
    name: "@mediabunny/flac-encoder",
    files: {
      LICENSE: "LICENSE",
      "README.md": "README.txt",
      "dist/bundles/mediabunny-flac-encoder.min.mjs": "index.js",
      "dist/mediabunny-flac-encoder.d.ts": "index.d.ts",
    },
    imports: { mediabunny: "index.js" },
  },
  {
    name: "@mediabunny/mp3-encoder",
    files: {
      LICENSE: "LICENSE",
      "README.md": "README.txt",
      "dist/bundles/mediabunny-mp3-encoder.min.mjs": "index.js",
      "dist/mediabunny-mp3-encoder.d.ts": "index.d.ts",
    },
    imports: { mediabunny: "index.js" },
  },
];

/**
 * @typedef {object} VendoredRecord
 * @property {string} name
 * @property {string} version
 * @property {string} license SPDX identifier
 * @property {string} integrity npm's, of the whole package
 * @property {Record<string, string>} files file -> SHA-256 (hex)
 */

/** @param {Uint8Array | string} bytes */
function sha256(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}

/** @param {{name: string, version: string}} item */
function folderOf(item) {
  return `${item.name.replace(/^@/, "").replace("/", "-")}-${item.version}`;
}

/**
 * @param {string} root the vendor folder
 * @returns {VendoredRecord[]}
 */
function readRecords(root) {
  const file = path.join(root, "vendor.json");
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : [];
}

/**
 * Gives relative imports of a declaration file their extension.
 *
 * @param {string} text
 */
function completeImports(text) {
  return text.replace(
    /(from\s+["'])(\.{1,2}\/[^"']+?)(?:\.js)?(["'])/g,
    "$1$2.js$3",
  );
}

/**
 * Encloses a UMD bundle so that it fills an object of its own instead of the
 * global one.
 *
 * @param {string} text
 * @param {string[]} names
 */
function encloseUmd(text, names) {
  return (
    "const module = { exports: {} };\nconst exports = module.exports;\n" +
    `${text.trimEnd()}\nexport const { ${names.join(", ")} } = module.exports;\n`
  );
}

/**
 * Imports by path what a script imports by the name of its package: a browser
 * resolves no such name.
 *
 * @param {string} text
 * @param {Record<string, string>} imports package -> file of it
 */
export function pointImports(text, imports) {
  return Object.entries(imports).reduce((script, [name, file]) => {
    const folder = folderOf({ name, version: readLock(name).version });
    const pattern = new RegExp(`(from\\s*)(["'])${name}\\2`, "g");
    return script.replace(pattern, `$1$2../${folder}/${file}$2`);
  }, text);
}

/**
 * What package-lock.json says of a package.
 *
 * @param {string} name
 * @returns {{version: string, license: string, integrity: string}}
 */
function readLock(name) {
  const file = path.join(TOP, "package-lock.json");
  const { packages } = JSON.parse(fs.readFileSync(file, "utf8"));
  return packages[`node_modules/${name}`];
}

/**
 * @param {VendoredPackage} item
 * @param {string} folder where to
 * @returns {Record<string, string>} file -> SHA-256
 */
function copyFiles(item, folder) {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  /** @type {Record<string, string>} */
  const digests = {};
  for (const [from, to] of Object.entries(item.files)) {
    const source = path.join(TOP, "node_modules", item.name, from);
    let text = fs.readFileSync(source, "utf8");
    if (to.endsWith(".d.ts")) {
      text = completeImports(text);
    }
    const names = item.enclose?.[to];
    text = names ? encloseUmd(text, names) : text;
    text = to.endsWith(".js") ? pointImports(text, item.imports ?? {}) : text;
    fs.writeFileSync(path.join(folder, to), text);
    digests[to] = sha256(text);
  }
  return digests;
}

/**
 * @param {VendoredPackage} item
 * @returns {VendoredRecord}
 */
function vendorPackage(item) {
  const { name } = item;
  const { version, license, integrity } = readLock(name);
  const folder = path.join(VENDOR_DIR, folderOf({ name, version }));
  return { name, version, license, integrity, files: copyFiles(item, folder) };
}

function vendorAll() {
  const records = PACKAGES.map(vendorPackage);
  const wanted = new Set(records.map(folderOf));
  for (const record of readRecords(VENDOR_DIR)) {
    if (!wanted.has(folderOf(record))) {
      fs.rmSync(path.join(VENDOR_DIR, folderOf(record)), { recursive: true });
    }
  }
  const text = `${JSON.stringify(records, null, 2)}\n`;
  fs.writeFileSync(path.join(VENDOR_DIR, "vendor.json"), text);
}

/**
 * Compares assets/vendor/ with vendor.json, and that with package-lock.json.
 *
 * @param {string} [root] the vendor folder
 * @returns {string[]} what differs; empty if all is as recorded
 */
export function findDifferences(root = VENDOR_DIR) {
  const records = readRecords(root);
  const expected = new Map([["vendor.json", ""]]);
  const faults = [];
  for (const record of records) {
    for (const [file, digest] of Object.entries(record.files)) {
      expected.set(path.join(folderOf(record), file), digest);
    }
  }
  for (const { name } of PACKAGES) {
    const { version, integrity } = readLock(name);
    if (!records.some((record) => record.integrity === integrity)) {
      faults.push(`${folderOf({ name, version })}: not vendored`);
    }
  }
  for (const [file, digest] of expected) {
    const place = path.join(root, file);
    if (!fs.existsSync(place)) {
      faults.push(`${file}: missing`);
    } else if (digest && sha256(fs.readFileSync(place)) !== digest) {
      faults.push(`${file}: differs from vendor.json`);
    }
  }
  for (const entry of fs.readdirSync(root, { recursive: true })) {
    const file = String(entry);
    const isFile = fs.statSync(path.join(root, file)).isFile();
    if (isFile && !expected.has(file)) {
      faults.push(`${file}: not in vendor.json`);
    }
  }
  return faults;
}

function main() {
  if (!process.argv.includes("--check")) {
    vendorAll();
    writeLicences();
  }
  const faults = findDifferences();
  faults.forEach((fault) => console.error(fault));
  process.exitCode = faults.length > 0 ? 1 : 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  main();
}
