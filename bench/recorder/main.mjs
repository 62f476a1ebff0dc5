/**
 * Benchmarks of the recorder: figures, goals, and whether they are met. By way of
 * scripts/bench --recorder; see bench/README.md.
 */
import process from "node:process";
import { parseArgs } from "node:util";
import { Stage } from "../../frontend/tests/e2e/support/story.js";
import { recordForHours, slopeOf } from "./four-hours.mjs";
import { watchPage } from "./page.mjs";

/** @typedef {{what: string, figure: number, goal: number, unit: string}} Row */

const MOST_MIB = 100;
const MOST_MIB_PER_HOUR = 5;
const MOST_BUSY = 25;
const MOST_TASK_MS = 50;

/**
 * @param {Stage} stage
 * @param {number} hours
 * @param {boolean} isHurried
 * @returns {Promise<Row[]>}
 */
async function take(stage, hours, isHurried) {
  let told = 0;
  const { samples, idle, minutes } = await recordForHours(stage, {
    hours,
    isHurried,
    onSample(sample) {
      if (sample.hours >= told) {
        say(`${sample.hours.toFixed(2)} h: ${sample.mib.toFixed(0)} MiB`);
        told += hours / 16;
      }
    },
  });
  const late = samples.filter((sample) => sample.hours >= hours / 4);
  const most = Math.max(...samples.map(({ mib }) => mib));
  say(`${hours} h in ${minutes.toFixed(1)} min; before: ${idle.toFixed(0)} MiB`);
  return [
    row("memory beyond an empty page, most", most, MOST_MIB, "MiB"),
    row("its slope", slopeOf(late), MOST_MIB_PER_HOUR, "MiB/h"),
  ];
}

/**
 * @param {Stage} stage
 * @param {number} seconds
 * @returns {Promise<Row[]>}
 */
async function page(stage, seconds) {
  const { busy, waited, tasks, take } = await watchPage(stage, seconds);
  const timed = tasks.filter(({ cpuMs }) => Number.isFinite(cpuMs));
  const longest = Math.max(...timed.map(({ cpuMs }) => cpuMs));
  const byClock = tasks.filter(({ ms }) => ms > MOST_TASK_MS).length;
  const { gaps = NaN, durationMs = 0 } = take ?? {};
  say(`${tasks.length} tasks, ${byClock} over ${MOST_TASK_MS} ms by the clock`);
  say(`it waited for a processor ${(100 * waited).toFixed(0)} % of the time`);
  say(`a take of ${(durationMs / 1000).toFixed(0)} s`);
  return [
    row("main thread busy", 100 * busy, MOST_BUSY, "%"),
    row("longest task, CPU", timed.length ? longest : NaN, MOST_TASK_MS, "ms"),
    row("gaps", gaps, 0, ""),
  ];
}

/**
 * @param {string} what
 * @param {number} figure
 * @param {number} goal  at most
 * @param {string} unit
 */
function row(what, figure, goal, unit) {
  return { what, figure, goal, unit };
}

/** @param {Row} row */
function tell({ what, figure, goal, unit }) {
  const isMet = figure <= goal;
  const parts = [`${figure.toFixed(1)} ${unit}`, `${goal} ${unit}`];
  const [made, wanted] = parts.map((part) => part.trim().padEnd(14));
  process.stdout.write(
    `${what.padEnd(36)}${made}${wanted}${isMet ? "yes" : "no"}\n`,
  );
  return isMet;
}

/** @param {string} text */
function say(text) {
  process.stderr.write(`  ${text}\n`);
}

/** @param {(stage: Stage) => Promise<Row[]>} measure */
async function onStage(measure) {
  const stage = new Stage();
  const endNow = () => stage.endNow();
  process.once("exit", endNow);
  try {
    return await measure(stage);
  } catch (error) {
    await stage.printLogs();
    throw error;
  } finally {
    await stage.end();
    process.off("exit", endNow);
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    hours: { type: "string", default: "4" },
    seconds: { type: "string", default: "60" },
    unhurried: { type: "boolean", default: false },
    check: { type: "boolean", default: false },
  },
});
const names = positionals.length > 0 ? positionals : ["take", "page"];
const rows = [];
if (names.includes("take")) {
  const measure = (/** @type {Stage} */ stage) =>
    take(stage, Number(values.hours), !values.unhurried);
  rows.push(...(await onStage(measure)));
}
if (names.includes("page")) {
  rows.push(...(await onStage((stage) => page(stage, Number(values.seconds)))));
}
process.stdout.write(`${"what".padEnd(36)}${"figure".padEnd(14)}`);
process.stdout.write(`${"goal".padEnd(14)}met\n`);
const isMet = rows.map(tell).every(Boolean);
process.exitCode = values.check && !isMet ? 1 : 0;
