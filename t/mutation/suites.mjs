/** The suites of t/, run in the copy: all once, two at a time, then single ones. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { readLog } from "./watch.mjs";

/** @typedef {import("./sites.mjs").Site} Site */

/**
 * @typedef {object} Refusals what refuses in a suite
 * @property {string} suite
 * @property {number} seconds
 * @property {string[]} sites FILE:LINE
 */

/**
 * @typedef {object} Lane suites that run at the same time have each their own
 * @property {string} log of what refuses
 * @property {string} module
 * @property {string} root of the server
 * @property {number} port and those after it
 */

/**
 * @param {string} tree
 * @returns {Lane[]}
 */
export function getLanes(tree) {
  const port = Number(process.env.TEST_NGINX_PORT ?? 1984);

  return [0, 1].map((i) => ({
    log: `${tree}/watched${i}`,
    module: `${tree}/build/modules/lane${i}.so`,
    root: `${tree}/servroot${i}`,
    port: port + 50 * i,
  }));
}

/**
 * @param {string} copy of the sources
 * @param {string} suite
 * @param {Lane} lane
 * @param {string} options of perl
 * @returns {Promise<"passes" | "fails" | "takes too long">}
 */
async function run(copy, suite, lane, options = "") {
  const child = spawn("prove", ["-I", "t/lib", `t/${suite}`], {
    cwd: copy,
    env: {
      ...process.env,
      PERL5LIB: `${copy}/t/lib:${process.env.PERL5LIB ?? ""}`,
      PERL5OPT: options,
      TEST_NGINX_BINARY: "/usr/sbin/nginx",
      TEST_NGINX_LOAD_MODULES: lane.module,
      TEST_NGINX_PORT: String(lane.port),
      TEST_NGINX_SERVROOT: lane.root,
      TEST_NGINX_TIMEOUT: "10",
    },
    stdio: "ignore",
    timeout: 900_000,
  });
  const [status, signal] = await once(child, "exit");

  return signal ? "takes too long" : status === 0 ? "passes" : "fails";
}

/**
 * Gives each lane the module that watches, with a log of its own.
 *
 * @param {Lane[]} lanes
 * @param {string} module that writes to the log of the first
 */
function spread(lanes, module) {
  const bytes = readFileSync(module, "latin1");

  for (const lane of lanes) {
    writeFileSync(lane.module, bytes.replace(lanes[0].log, lane.log), "latin1");
    writeFileSync(lane.log, "");
    chmodSync(lane.log, 0o666);
  }
}

/**
 * Every suite, with a module that writes down what refuses.
 *
 * @param {string} copy
 * @param {Lane[]} lanes
 * @param {string} module
 * @returns {Promise<Refusals[]>} the quickest first
 */
export async function findRefusals(copy, lanes, module) {
  const left = readdirSync(`${copy}/t`).filter((name) => /^[1-9].*\.t$/.test(name));
  /** @type {Refusals[]} */
  const found = [];

  /** @param {Lane} lane */
  async function runLane(lane) {
    for (let suite; (suite = left.shift()); ) {
      const start = Date.now();
      const end = await run(copy, suite, lane);
      if (end !== "passes") {
        throw new Error(`${suite} ${end} with every refusal in its place`);
      }
      const seconds = (Date.now() - start) / 1000;
      found.push({ suite, seconds, sites: readLog(lane.log) });
    }
  }
  spread(lanes, module);
  await Promise.all(lanes.map(runLane));
  return found.sort((a, b) => a.seconds - b.seconds);
}

/**
 * Of the suites in which a site refuses, the quickest first. What fails only once
 * has failed for another reason.
 *
 * @param {string} copy
 * @param {Lane} lane
 * @param {Refusals[]} refusals
 * @param {Site} site
 * @returns {Promise<string | undefined>} the suite that fails
 */
export async function findSuite(copy, lane, refusals, site) {
  const first = "-MWaveForge::FirstFailure";

  for (const { suite, sites } of refusals) {
    if (
      sites.includes(`${site.file}:${site.line}`) &&
      (await run(copy, suite, lane, first)) === "fails" &&
      (await run(copy, suite, lane, first)) === "fails"
    ) {
      return `t/${suite}`;
    }
  }
  return undefined;
}
