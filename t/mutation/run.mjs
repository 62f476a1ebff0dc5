#!/usr/bin/env node
/**
 * Takes one refusal after the other out of the sources and runs the tests until
 * one fails. A refusal that nothing misses is told, and fails the run.
 *
 *     node t/mutation/run.mjs [--list] [--only TEXT] [--part I/N]
 *         [--minutes N] [--resume]
 *
 *   --list      the refusals, one per line
 *   --only TEXT those whose file or condition has this in it
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
import { findSites, remove } from "./sites.mjs";

/** @typedef {import("./sites.mjs").Site} Site */

const top = fileURLToPath(new URL("../..", import.meta.url));
const tree = `${top}build/mutation`;
const copy = `${tree}/source`;
const missedFile = `${tree}/missed`;

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
function selectSites() {
  const [index, count] = options.part.split("/").map(Number);

  return ["ngx_waveforge_module/src", "libwfstore/src"]
    .flatMap((folder) => readdirSync(top + folder, { recursive: true })
      .map((name) => `${folder}/${name}`))
    .filter((file) => file.endsWith(".c"))
    .sort()
    .flatMap((file) => findSites(file, readFileSync(top + file, "utf8")))
    .filter((site) => `${site.file} ${site.text}`.includes(options.only))
    .filter((_, i) => i % count === index - 1);
}

/** Copies what is under version control, and configures a build of it. */
function prepare() {
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy, { recursive: true });
  execFileSync("sh", [
    "-c",
    `git -C "$1" ls-files -z | tar -C "$1" --null -T - -c | tar -C "$2" -x`,
    "sh",
    top,
    copy,
  ]);
  execFileSync("cmake", [
    ...["-S", copy, "-B", `${tree}/build`, "-G", "Ninja"],
    ...["-DCMAKE_BUILD_TYPE=Debug", "-DBUILD_TESTING=ON"],
  ]);
  build();
}

/** @returns {boolean} whether it builds */
function build() {
  return spawnSync("ninja", ["-C", `${tree}/build`]).status === 0;
}

const environment = {
  ...process.env,
  TEST_NGINX_BINARY: "/usr/sbin/nginx",
  TEST_NGINX_LOAD_MODULES: `${tree}/build/modules/ngx_http_waveforge_module.so`,
  TEST_NGINX_SERVROOT: `${tree}/servroot`,
  TEST_NGINX_TIMEOUT: "10",
};

/** Those that have missed most refusals come first. */
const suites = readdirSync(`${top}t`)
  .filter((name) => /^[1-9].*\.t$/.test(name))
  .map((name) => ({ name, missed: 0 }));

/** @param {string} suite */
function passes(suite) {
  const { status } = spawnSync("prove", ["-I", "t/lib", `t/${suite}`], {
    cwd: copy,
    env: environment,
    timeout: 300_000,
  });
  return status === 0;
}

/** @param {string[]} choice arguments of ctest */
function unitsPass(choice) {
  const folder = ["--test-dir", `${tree}/build`];
  const how = ["--stop-on-failure", "--timeout", "300"];

  return spawnSync("ctest", [...folder, ...how, ...choice]).status === 0;
}

/**
 * @param {Site} [site] whose unit test is asked first
 * @returns {string | null} the test that fails
 */
function findMissing(site) {
  const unit = site && `test_${basename(site.file, ".c")}`;

  if (unit && !unitsPass(["-R", `^${unit}`])) {
    return unit;
  }
  suites.sort((a, b) => b.missed - a.missed);
  const suite = suites.find(({ name }) => !passes(name));
  if (suite) {
    suite.missed++;
    return `t/${suite.name}`;
  }
  return unitsPass(["-j2"]) ? null : "another unit test";
}

/** @param {Site} site */
function tryWithout(site) {
  const path = `${copy}/${site.file}`;
  const source = readFileSync(path, "utf8");

  writeFileSync(path, remove(source, site));
  try {
    return build() ? findMissing(site) : "the compiler";
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

/** The tests pass as long as nothing is taken out. */
function begin() {
  const broken = findMissing();

  if (broken) {
    throw new Error(`${broken} fails with every refusal in its place`);
  }
  writeFileSync(missedFile, "");
}

/** @param {Site} site */
function wasMissed(site) {
  return readFileSync(missedFile, "utf8")
    .split("\n")
    .includes(`${site.file}:${site.line}: ${site.text}`);
}

function main() {
  const sites = selectSites();

  if (options.list) {
    sites.forEach((site) => console.log(`${site.file}:${site.line}: ${site.text}`));
    return;
  }
  if (!options.resume) {
    prepare();
    begin();
  }
  const end = Date.now() + Number(options.minutes) * 60_000;
  const left = sites.filter((site) => !wasMissed(site));
  for (const site of left) {
    if (Date.now() > end) {
      break;
    }
    const found = getReason(site) ?? tryWithout(site);
    const line = `${site.file}:${site.line}: ${site.text}`;
    console.log(`${found ?? "NOTHING MISSES IT"}\t${line}`);
    if (found) {
      appendFileSync(missedFile, `${line}\n`);
    }
  }
  const rest = left.filter((site) => !wasMissed(site)).length;
  console.log(`${sites.length} refusals, ${rest} that nothing has missed yet`);
  process.exitCode = rest > 0 || sites.length === 0 ? 1 : 0;
}

main();
