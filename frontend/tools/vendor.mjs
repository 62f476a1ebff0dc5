#!/usr/bin/env node
/**
 * Brings third-party code into assets/vendor/<name>-<version>/, which is what
 * the app imports: nothing is fetched or built when it is deployed.
 *
 *     node tools/vendor.mjs           fetch the pinned versions by `npm pack`
 *     node tools/vendor.mjs --check   compare what is there with vendor.json
 *
 * Files come as published, save that relative imports get their extension and
 * that a UMD bundle is enclosed so that it exports as an ES module. vendor.json
 * keeps npm's integrity of each package and the SHA-256 of each file; a package
 * whose published content differs from the recorded one is refused.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const VENDOR_DIR = fileURLToPath(new URL("../assets/vendor/", import.meta.url));

/**
 * @typedef {object} VendoredPackage
 * @property {string} name
 * @property {string} version
 * @property {string} license SPDX identifier
 * @property {Record<string, string>} files from (in the package) -> to
 * @property {Record<string, string[]>} [enclose] UMD file -> names it exports
 */

/** @type {VendoredPackage[]} */
const PACKAGES = [
  {
    name: "idb",
    version: "8.0.4",
    license: "ISC",
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
    version: "4.13.0",
    license: "MIT",
    files: {
      LICENSE: "LICENSE",
      "dist/sha256.umd.min.js": "sha256.js",
      "dist/lib/sha256.d.ts": "sha256.d.ts",
      "dist/lib/util.d.ts": "util.d.ts",
      "dist/lib/WASMInterface.d.ts": "WASMInterface.d.ts",
    },
    enclose: { "sha256.js": ["createSHA256", "sha256"] },
  },
];

/**
 * @typedef {object} VendoredRecord
 * @property {string} name
 * @property {string} version
 * @property {string} license
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
 * Downloads and unpacks one package.
 *
 * @param {VendoredPackage} item
 * @param {string} scratch
 */
function fetchPackage(item, scratch) {
  const args = ["pack", "--json", `${item.name}@${item.version}`];
  const options = { cwd: scratch, encoding: /** @type {const} */ ("utf8") };
  const [packed] = JSON.parse(execFileSync("npm", args, options));
  const bytes = fs.readFileSync(path.join(scratch, packed.filename));
  const hash = createHash("sha512").update(bytes).digest("base64");
  execFileSync("tar", ["-xzf", packed.filename], { cwd: scratch });
  return { root: path.join(scratch, "package"), integrity: `sha512-${hash}` };
}

/**
 * @param {VendoredPackage} item
 * @param {string} root where the package was unpacked
 * @returns {Record<string, string>} file -> SHA-256
 */
function copyFiles(item, root) {
  const folder = path.join(VENDOR_DIR, folderOf(item));
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  /** @type {Record<string, string>} */
  const digests = {};
  for (const [from, to] of Object.entries(item.files)) {
    let text = fs.readFileSync(path.join(root, from), "utf8");
    if (to.endsWith(".d.ts")) {
      text = completeImports(text);
    }
    const names = item.enclose?.[to];
    text = names ? encloseUmd(text, names) : text;
    fs.writeFileSync(path.join(folder, to), text);
    digests[to] = sha256(text);
  }
  return digests;
}

/**
 * @param {VendoredPackage} item
 * @param {VendoredRecord[]} known
 * @returns {VendoredRecord}
 */
function vendorPackage(item, known) {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "vendor-"));
  try {
    const { root, integrity } = fetchPackage(item, scratch);
    const before = known.find((record) => folderOf(record) === folderOf(item));
    if (before && before.integrity !== integrity) {
      throw new Error(`${folderOf(item)} is published with other content now`);
    }
    const { name, version, license } = item;
    return { name, version, license, integrity, files: copyFiles(item, root) };
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

function vendorAll() {
  const known = readRecords(VENDOR_DIR);
  const records = PACKAGES.map((item) => vendorPackage(item, known));
  const wanted = new Set(PACKAGES.map(folderOf));
  for (const record of known) {
    if (!wanted.has(folderOf(record))) {
      fs.rmSync(path.join(VENDOR_DIR, folderOf(record)), { recursive: true });
    }
  }
  const text = `${JSON.stringify(records, null, 2)}\n`;
  fs.writeFileSync(path.join(VENDOR_DIR, "vendor.json"), text);
}

/**
 * Compares assets/vendor/ with vendor.json and with the pinned packages.
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
  for (const item of PACKAGES) {
    if (!records.some((record) => folderOf(record) === folderOf(item))) {
      faults.push(`${folderOf(item)}: pinned but not vendored`);
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
  }
  const faults = findDifferences();
  faults.forEach((fault) => console.error(fault));
  process.exitCode = faults.length > 0 ? 1 : 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  main();
}
