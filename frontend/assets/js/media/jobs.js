/**
 * What is being made or brought in, one after another.
 *
 * @module
 */

/** @typedef {"export" | "import"} JobKind */

/**
 * @typedef {object} Job
 * @property {JobKind} kind
 * @property {string} name of what it is about
 * @property {string} [format]
 * @property {(options: {signal: AbortSignal, onProgress: (fraction: number) => void}) => Promise<unknown>} run
 */

/** @typedef {{job: Job, error: unknown}} Fault */

/**
 * Jobs that were added together.
 *
 * @typedef {{jobs: readonly Job[], faults: Fault[]}} Batch
 */

/**
 * Dispatches `changed`; `begun` {job, count} when the first of those begins that
 * were added together; `done` {job, result} or `cancelled` {job} after each; and
 * `failed` {faults} once, when none of those is left.
 */
export class Jobs extends EventTarget {
  /** @type {{job: Job, end: AbortController, batch: Batch}[]} the first one runs */
  #queue = [];
  #fraction = 0;
  #isRunning = false;

  /** @returns {{job: Job, fraction: number, waiting: number} | null} */
  get current() {
    const [first] = this.#queue;
    const waiting = this.#queue.length - 1;
    return first ? { job: first.job, fraction: this.#fraction, waiting } : null;
  }

  /** @param {Job[]} jobs */
  add(...jobs) {
    const batch = { jobs, faults: [] };
    for (const job of jobs) {
      this.#queue.push({ job, batch, end: new AbortController() });
    }
    this.#tell("changed");
    void this.#work();
  }

  /** Calls the one off that runs; with an import those that wait, too. */
  cancel() {
    const [first, ...others] = this.#queue;
    if (first?.job.kind === "import") {
      const stay = others.filter(({ job }) => job.kind !== "import");
      this.#queue = [first, ...stay];
    }
    first?.end.abort();
  }

  async #work() {
    if (this.#isRunning) {
      return;
    }
    this.#isRunning = true;
    while (this.#queue.length > 0) {
      await this.#workOne(this.#queue[0]);
    }
    this.#isRunning = false;
  }

  /** @param {{job: Job, end: AbortController, batch: Batch}} entry */
  async #workOne({ job, end, batch }) {
    const { signal } = end;
    this.#note(0);
    if (batch.jobs[0] === job) {
      this.#tell("begun", { job, count: batch.jobs.length });
    }
    let tell = () => {};
    try {
      const onProgress = (/** @type {number} */ part) => this.#note(part);
      const result = await job.run({ signal, onProgress });
      tell = () => this.#tell("done", { job, result });
    } catch (error) {
      if (signal.aborted) {
        tell = () => this.#tell("cancelled", { job });
      } else {
        batch.faults.push({ job, error });
      }
    }
    this.#queue.shift();
    this.#tell("changed");
    tell();
    this.#end(batch);
  }

  /** @param {Batch} batch */
  #end(batch) {
    const isOver = !this.#queue.some((entry) => entry.batch === batch);
    const { faults } = batch;
    if (isOver && faults.length > 0) {
      this.#tell("failed", { faults });
    }
  }

  /** @param {number} fraction */
  #note(fraction) {
    this.#fraction = fraction;
    this.#tell("changed");
  }

  /** @param {string} type @param {object} [detail] */
  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
