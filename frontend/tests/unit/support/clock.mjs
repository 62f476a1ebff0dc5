/**
 * Lets the clock of the test run until a promise is settled.
 *
 * @param {import("node:test").TestContext} t
 * @param {Promise<unknown>} promise
 */
export async function runClock(t, promise) {
  let isSettled = false;
  const settle = () => {
    isSettled = true;
  };
  promise.then(settle, settle);
  while (!isSettled) {
    t.mock.timers.tick(5);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
