/** Tasks of a page's main thread, from Chromium's own trace. */

/** @typedef {import("../../frontend/tests/e2e/support/chromium.js").Chromium} Chromium */

/**
 * @typedef {object} Task
 * @property {number} cpuMs  time of a processor
 * @property {number} ms  by the clock, so that other processes are in it
 */

/**
 * @param {Chromium} chromium
 * @param {number} pid  of the renderer
 * @returns {Promise<{end: () => Promise<Task[]>}>}
 */
export async function startTrace(chromium, pid) {
  const session = await chromium.browser.newBrowserCDPSession();
  /** @type {Task[]} */
  const tasks = [];
  session.on("Tracing.dataCollected", ({ value }) => {
    for (const event of /** @type {any[]} */ (value)) {
      const isOurs = event.pid === pid && event.tid === pid;
      if (isOurs && event.name === "ThreadControllerImpl::RunTask") {
        tasks.push({ cpuMs: event.tdur / 1000, ms: event.dur / 1000 });
      }
    }
  });
  await session.send("Tracing.start", {
    traceConfig: {
      recordMode: "recordContinuously",
      includedCategories: ["toplevel"],
      excludedCategories: ["*"],
    },
  });
  return {
    async end() {
      const complete = new Promise((resolve) => {
        session.once("Tracing.tracingComplete", resolve);
      });
      await session.send("Tracing.end");
      await complete;
      await session.detach();
      return tasks;
    },
  };
}
