#!/usr/bin/env node
/**
 * Gathers the licences of the app and of what it comes with in one file, which
 * the page loads when somebody wants to read them: assets/licences.json.
 *
 *     node tools/licences.mjs           write it
 *     node tools/licences.mjs --check   exit status 1 if it is not up to date
 */
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const TOP = fileURLToPath(new URL("../../", import.meta.url));
const ASSETS = fileURLToPath(new URL("../assets/", import.meta.url));
const LIST = path.join(ASSETS, "licences.json");

/** What packages are built of, whose licences they do not come with. */
const BUILT_OF = new Map([
  ["@mediabunny/flac-encoder", "libflac.txt"],
  ["@mediabunny/mp3-encoder", "lame.txt"],
]);

/** @typedef {{name: string, version: string, license: string, text: string}} Licence */

const SECTION = /^## Licen[cs]e\n+([^]*?)(?=\n## |$(?![^]))/m;

/**
 * @param {string} folder of one package
 * @returns {string} what its README says of licences
 */
function noteOf(folder) {
  const file = path.join(folder, "README.txt");
  const text = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
  return SECTION.exec(text)?.[1].trim() ?? "";
}

/**
 * @param {string} folder of one package
 * @returns {string} all its licences
 */
function textOf(folder) {
  const names = fs
    .readdirSync(folder)
    .filter((name) => /^(LICEN[CS]E|NOTICE)/i.test(name));
  const texts = names
    .sort()
    .map((name) => fs.readFileSync(path.join(folder, name), "utf8").trim());
  return texts.join("\n\n");
}

/**
 * @param {string} name of a package
 * @returns {string} the licence of what it is built of
 */
function partsOf(name) {
  const file = BUILT_OF.get(name);
  const url = new URL(`licences/${file}`, import.meta.url);
  return file ? fs.readFileSync(url, "utf8").trim() : "";
}

/** @returns {Licence[]} the app's own first */
export function gather() {
  const { version, license } = JSON.parse(
    fs.readFileSync(path.join(TOP, "package.json"), "utf8"),
  );
  const vendor = path.join(ASSETS, "vendor");
  const records = JSON.parse(
    fs.readFileSync(path.join(vendor, "vendor.json"), "utf8"),
  );
  const own = { name: "WaveForge", version, license, text: textOf(TOP) };
  return [
    own,
    ...records.map((/** @type {Licence} */ record) => {
      const plain = record.name.replace(/^@/, "").replace("/", "-");
      const folder = path.join(vendor, `${plain}-${record.version}`);
      return {
        name: record.name,
        version: record.version,
        license: record.license,
        text: [noteOf(folder), textOf(folder), partsOf(record.name)]
          .filter(Boolean)
          .join("\n\n"),
      };
    }),
  ];
}

/** @returns {string} what licences.json should be */
export function generate() {
  return `${JSON.stringify(gather(), null, 2)}\n`;
}

/** @returns {boolean} whether it says what is there */
export function isUpToDate() {
  return fs.existsSync(LIST) && fs.readFileSync(LIST, "utf8") === generate();
}

export function writeLicences() {
  fs.writeFileSync(LIST, generate());
}

function main() {
  if (!process.argv.includes("--check")) {
    writeLicences();
  } else if (!isUpToDate()) {
    console.error("The licences are old: node tools/licences.mjs");
    process.exitCode = 1;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  main();
}
