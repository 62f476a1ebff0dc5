/** Processes that tests start, each as a group of its own, and their end. */
import { spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * @typedef {object} Group
 * @property {number} pid also the id of the process group
 * @property {() => string} output what it printed, the last 64 KiB of it
 * @property {() => Promise<void>} kill SIGKILL to the whole group; waits for its end
 * @property {() => void} killNow the same, without waiting
 */

const OUTPUT_CHARS = 65536;

/**
 * How long is waited for what has to come. It costs nothing where it comes, and
 * a machine that does other things as well takes its time.
 */
export const PATIENCE_MS = 60_000;

/**
 * Calls `probe` until it gives something other than undefined, null or false.
 *
 * @template T
 * @param {string} what for the error: "the page to load"
 * @param {() => T | Promise<T>} probe
 * @param {{timeoutMs?: number, everyMs?: number}} [options]
 * @returns {Promise<Exclude<T, undefined | null | false>>}
 */
export async function waitFor(what, probe, options = {}) {
  const { timeoutMs = PATIENCE_MS, everyMs = 50 } = options;
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await probe();
    if (value !== undefined && value !== null && value !== false) {
      return /** @type {Exclude<T, undefined | null | false>} */ (value);
    }
    if (Date.now() > deadline) {
      throw new Error(`waited ${timeoutMs} ms in vain for ${what}`);
    }
    await sleep(everyMs);
  }
}

/**
 * @param {number | string} pid
 * @returns {{runs: boolean, group: number}} runs: false of what has ended, though
 *   nobody has waited for it yet: for orphans, init takes its time
 */
function look(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return { runs: fields[0] !== "Z", group: Number(fields[2]) };
  } catch {
    return { runs: false, group: 0 };
  }
}

/**
 * @param {number} pid a process, or minus a process group
 * @returns {boolean}
 */
export function isAlive(pid) {
  if (pid > 0) {
    return look(pid).runs;
  }
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.map(look).some(({ runs, group }) => runs && group === -pid);
}

/** @param {number} pid group leader */
function signalGroup(pid) {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

/**
 * Starts a program as the leader of a process group of its own.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {{env?: NodeJS.ProcessEnv, cwd?: string}} [options]
 * @returns {Promise<Group>} once it runs
 */
export async function startGroup(program, args, options = {}) {
  const child = spawn(program, args, {
    ...options,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      output = (output + text).slice(-OUTPUT_CHARS);
    });
  }
  const ended = new Promise((resolve) => child.once("exit", resolve));
  await new Promise((resolve, reject) => {
    child.once("spawn", resolve).once("error", reject);
  });
  const pid = Number(child.pid);
  return {
    pid,
    output: () => output,
    killNow: () => signalGroup(pid),
    kill: async () => {
      signalGroup(pid);
      await ended;
      await waitFor("the process group to end", () => !isAlive(-pid));
    },
  };
}
