/**
 * A story is a test with a stage: servers, browsers and folders that it asks
 * for, and that are gone when it ends, however it ends. When it fails, their
 * logs are printed first.
 */
import { mkdtemp } from "node:fs/promises";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test from "node:test";

/**
 * @typedef {object} Prop something a story put on its stage
 * @property {string} name for the logs
 * @property {() => Promise<void>} end
 * @property {() => void} endNow the same from a signal handler
 * @property {() => string | Promise<string>} log
 */

/** @type {Set<Stage>} */
const stages = new Set();

export class Stage {
  /** @type {Prop[]} */
  #props = [];

  /**
   * Puts something on the stage; it ends before what was put there earlier.
   *
   * @param {Prop} prop
   */
  add(prop) {
    this.#props.push(prop);
  }

  /**
   * @param {string} [purpose] part of its name
   * @returns {Promise<string>} a new folder
   */
  async folder(purpose = "files") {
    const name = path.join(tmpdir(), `waveforge-e2e-${purpose}-`);
    const folder = await mkdtemp(name);
    const remove = () => rmSync(folder, REMOVAL);
    this.add({
      name: folder,
      end: async () => remove(),
      endNow: remove,
      log: () => "",
    });
    return folder;
  }

  /** Prints what each prop logged. */
  async printLogs() {
    for (const prop of this.#props) {
      const log = await Promise.resolve(prop.log()).catch(String);
      if (log.trim() !== "") {
        process.stderr.write(`--- ${prop.name}\n${log.trimEnd()}\n`);
      }
    }
  }

  /** Ends all props, the last first; throws the first error, but ends all. */
  async end() {
    /** @type {unknown[]} */
    const errors = [];
    for (const prop of this.#props.splice(0).reverse()) {
      await prop.end().catch((error) => errors.push(error));
    }
    if (errors.length > 0) {
      throw errors[0];
    }
  }

  endNow() {
    for (const prop of this.#props.splice(0).reverse()) {
      try {
        prop.endNow();
      } catch (error) {
        process.stderr.write(`${prop.name}: ${error}\n`);
      }
    }
  }
}

/** For what hangs; a story waits for each of its conditions far shorter. */
const LONGEST_MS = 300_000;

const REMOVAL = { recursive: true, force: true, maxRetries: 5 };

function endAllNow() {
  for (const stage of stages) {
    stage.endNow();
  }
}

process.once("exit", endAllNow);
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
  process.once(signal, () => process.exit(1));
}

/**
 * Declares a story.
 *
 * @param {string} title a sentence
 * @param {(stage: Stage) => Promise<void>} tell
 * @param {{timeout?: number, skip?: string | false}} [options]
 */
export function story(title, tell, options = {}) {
  test(title, { timeout: LONGEST_MS, ...options }, async (t) => {
    const stage = new Stage();
    stages.add(stage);
    // A timeout of the runner abandons the function below: end the stage too.
    const abandon = () => stage.printLogs().finally(() => stage.endNow());
    t.signal.addEventListener("abort", abandon, { once: true });
    try {
      await tell(stage);
    } catch (error) {
      await stage.printLogs();
      throw error;
    } finally {
      await stage.end();
      stages.delete(stage);
    }
  });
}
