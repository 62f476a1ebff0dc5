/**
 * Checks the types of every script, each as the kind of script it is: the
 * page's, workers', worklets', the service worker's, and Node's (tests, tools).
 * A script is of the kind whose entry points import it; one that none of them
 * reaches is dead, and refused.
 */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const TOP = fileURLToPath(new URL("../../", import.meta.url));
const TSC = path.join(TOP, "node_modules/.bin/tsc");
const SHIPPED = ["page", "worker", "worklet", "sw"];
const KINDS = [...SHIPPED, "node"];

/**
 * @param {string} kind
 * @param {string[]} options
 * @returns {{status: number | null, stdout: string}}
 */
function runCompiler(kind, ...options) {
  const args = ["-p", `tsconfig.${kind}.json`, ...options];
  return spawnSync(TSC, args, { cwd: TOP, encoding: "utf8" });
}

/**
 * @param {string} kind
 * @returns {boolean} whether its scripts check
 */
function hasSoundTypes(kind) {
  const { status, stdout } = runCompiler(kind);
  process.stdout.write(stdout);
  return status === 0;
}

/** @returns {string[]} scripts of the studio that no entry point reaches */
function unreachedScripts() {
  const reached = new Set(
    SHIPPED.flatMap((kind) =>
      runCompiler(kind, "--listFilesOnly").stdout.trim().split("\n"),
    ),
  );
  const folder = path.join(TOP, "frontend/assets/js");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".js"))
    .map((name) => path.join(folder, name))
    .filter((file) => !reached.has(file));
}

const failed = KINDS.filter((kind) => !hasSoundTypes(kind));
const unreached = unreachedScripts();
if (failed.length > 0) {
  process.stderr.write(`Types do not check: ${failed.join(", ")}\n`);
}
for (const file of unreached) {
  process.stderr.write(
    `${path.relative(TOP, file)}: no entry point imports it\n`,
  );
}
process.exitCode = failed.length + unreached.length > 0 ? 1 : 0;
