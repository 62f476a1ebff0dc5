#!/usr/bin/env node
/**
 * Takes one refusal after the other out of the sources and runs the tests until
 * one fails. A refusal that nothing misses is told, and fails the run. Before
 * that all suites run once, and it is written down in which of them a refusal
 * comes about: no other can miss it.
 *
 *     node t/mutation/run.mjs [--list] [--only TEXT] [--part I/N]
 *         [--minutes N] [--resume]
 *
 *   --list      the refusals, one per line
 *   --only TEXT those whose line of --list has this in it
 *   --part I/N  every Nth, from the Ith (1 to N)
 *   --minutes N no other refusal is begun after so long
 *   --resume    goes on in the sources that were copied, whose tests have passed,
 *               without those that were missed then
 *
 * The sources are copied to build/mutation and built there; `missed` there has
 * the refusals that something misses. It takes hours: nothing runs it by itself.
 * What cannot be missed by a test stands in
 * t/mutation/reasons, with the reason.
 */

import { execFileSync, spawnSync } from "node:child_process";
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { findSites, getLabel, remove } from "./sites.mjs";
import { findRefusals, findSuite, getLanes } from "./suites.mjs";
import { watch } from "./watch.mjs";

/** @typedef {import("./sites.mjs").Site} Site */

const top = fileURLToPath(new URL("../..", import.meta.url));
const tree = `${top}build/mutation`;
const copy = `${tree}/source`;
const missedFile = `${tree}/missed`;
const refusalsFile = `${tree}/refusals`;
const module = `${tree}/build/modules/ngx_http_waveforge_module.so`;
const lanes = getLanes(tree);

const { values: options } = parseArgs({
  options: {
    list: { type: "boolean" },
    only: { type: "string", default: "" },
    part: { type: "string", default: "1/1" },
    minutes: { type: "string", default: "Infinity" },
    resume: { type: "boolean", default: false },
  },
});

/** @returns {Site[]} */
function listSites() {
  return ["ngx_waveforge_module/src", "libwfstore/src"]
    .flatMap((folder) => readdirSync(top + folder, { recursive: true })
      .map((name) => `${folder}/${name}`))
    .filter((file) => file.endsWith(".c"))
    .sort()
    .flatMap((file) => findSites(file, readFileSync(top + file, "utf8")));
}

/** @returns {Site[]} */
function selectSites() {
  const [index, count] = options.part.split("/").map(Number);

  return listSites()
    .filter((site) => getLabel(site).includes(options.only))
    .filter((_, i) => i % count === index - 1);
}

/** Copies what is under version control, as new, and configures a build of it. */
function prepare() {
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy, { recursive: true });
  execFileSync("sh", [
    "-c",
    `git -C "$1" ls-files -z | tar -C "$1" --null -T - -c | tar -C "$2" -xm`,
    "sh",
    top,
    copy,
  ]);
  execFileSync("cmake", [
    ...["-S", copy, "-B", `${tree}/build`, "-G", "Ninja"],
    ...["-DCMAKE_BUILD_TYPE=Debug", "-DBUILD_TESTING=ON"],
  ]);
}

/** Nothing is taken out: neither by a run that was killed, nor watched. */
function restore() {
  for (const { file } of listSites()) {
    const source = readFileSync(top + file, "utf8");

    if (readFileSync(`${copy}/${file}`, "utf8") !== source) {
      writeFileSync(`${copy}/${file}`, source);
    }
  }
}

/**
 * @param {string[]} targets none are all
 * @returns {boolean} whether it builds
 */
function build(targets = []) {
  return spawnSync("ninja", ["-C", `${tree}/build`, ...targets]).status === 0;
}

/** @param {string} start */
function listUnits(start) {
  return ["ngx_waveforge_module/tests", "libwfstore/tests"]
    .flatMap((folder) => readdirSync(top + folder))
    .filter((name) => name.startsWith(start) && name.endsWith(".c"))
    .map((name) => basename(name, ".c"));
}

/** @param {Site} site */
function listNearestUnits(site) {
  const name = basename(site.file, ".c");

  return listUnits(name.startsWith("wf_") ? "test_wf_" : `test_${name}`);
}

/** @param {string[]} units none are all */
function unitsPass(units = []) {
  const folder = ["--test-dir", `${tree}/build`];
  const how = ["--stop-on-failure", "--timeout", "300"];
  const choice = units.length > 0 ? ["-R", `^(${units.join("|")})$`] : ["-j2"];

  return spawnSync("ctest", [...folder, ...how, ...choice]).status === 0;
}

/** The tests pass as long as nothing is taken out. */
async function begin() {
  if (!build() || !unitsPass()) {
    throw new Error("a unit test fails with every refusal in its place");
  }
  watch(copy, listSites(), lanes[0].log);
  if (!build(["module", "wfstore_cli"])) {
    throw new Error("what is watched does not build");
  }
  const refusals = await findRefusals(copy, lanes, module);
  writeFileSync(refusalsFile, JSON.stringify(refusals));
  writeFileSync(missedFile, "");
  restore();
}

/**
 * Unit tests have nothing of what is nginx's.
 *
 * @param {Site} site
 * @returns {Promise<string | undefined>} the test that fails
 */
async function findMissing(site) {
  const nearest = listNearestUnits(site);

  if (!build(["module", "wfstore_cli", ...nearest])) {
    return "the compiler";
  }
  if (nearest.length > 0 && !unitsPass(nearest)) {
    return "the nearest unit tests";
  }
  const refusals = JSON.parse(readFileSync(refusalsFile, "utf8"));
  const suite = await findSuite(copy, { ...lanes[0], module }, refusals, site);
  if (suite || basename(site.file).startsWith("ngx_")) {
    return suite;
  }
  return build() && unitsPass() ? undefined : "another unit test";
}

/** @param {Site} site */
async function tryWithout(site) {
  const path = `${copy}/${site.file}`;
  const source = readFileSync(path, "utf8");

  writeFileSync(path, remove(source, site));
  try {
    return await findMissing(site);
  } finally {
    writeFileSync(path, source);
  }
}

/** @param {Site} site */
function getReason(site) {
  return readFileSync(`${top}t/mutation/reasons`, "utf8")
    .split("\n")
    .find((line) => {
      const [file, text] = line.split("\t");
      return text && site.file.endsWith(file) && site.text.includes(text);
    })
    ?.split("\t")[2];
}

/** @param {Site} site */
function wasMissed(site) {
  return readFileSync(missedFile, "utf8")
    .split("\n")
    .includes(getLabel(site));
}

async function main() {
  const sites = selectSites();

  if (options.list) {
    sites.forEach((site) => console.log(getLabel(site)));
    return;
  }
  if (options.resume) {
    restore();
  } else {
    prepare();
    await begin();
  }
  const end = Date.now() + Number(options.minutes) * 60_000;
  const left = sites.filter((site) => !wasMissed(site));
  for (const site of left) {
    if (Date.now() > end) {
      break;
    }
    const found = getReason(site) ?? (await tryWithout(site));
    const line = getLabel(site);
    console.log(`${found ?? "NOTHING MISSES IT"}\t${line}`);
    if (found) {
      appendFileSync(missedFile, `${line}\n`);
    }
  }
  const rest = left.filter((site) => !wasMissed(site)).length;
  console.log(`${sites.length} refusals, ${rest} that nothing has missed yet`);
  process.exitCode = rest > 0 || sites.length === 0 ? 1 : 0;
}

await main();
