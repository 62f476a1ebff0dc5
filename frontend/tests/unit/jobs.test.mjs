import assert from "node:assert/strict";
import test from "node:test";
import { Jobs } from "../../assets/js/media/jobs.js";

/** Jobs that end when a test says so, and what is told of them. */
function makeJobs() {
  const jobs = new Jobs();
  /** @type {string[]} */
  const told = [];
  for (const type of ["begun", "done", "cancelled", "failed"]) {
    jobs.addEventListener(type, (event) => {
      const { job, faults } = /** @type {CustomEvent} */ (event).detail;
      const about = faults ?? [{ job }];
      const names = about.map((/** @type {any} */ each) => each.job.name);
      told.push(`${names} ${type}`);
    });
  }
  /** @type {Record<string, {finish: () => void, fail: () => void, progress: (fraction: number) => void}>} */
  const hands = {};
  /** @param {"export" | "import"} kind @returns {(name: string) => import("../../assets/js/media/jobs.js").Job} */
  const jobOf = (kind) => (name) => ({
    kind,
    name,
    run: ({ signal, onProgress }) =>
      new Promise((resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
        const fail = () => reject(new Error("broken"));
        const finish = () => resolve(null);
        hands[name] = { finish, fail, progress: onProgress };
      }),
  });
  /** @param {string} name */
  const add = (name) => jobs.add(jobOf("export")(name));
  /** @param {string[]} names */
  const bringIn = (...names) => jobs.add(...names.map(jobOf("import")));
  return { jobs, told, hands, add, bringIn };
}

const turn = () => new Promise((resolve) => setTimeout(resolve));

test("jobs run one after another, each told of when it is over", async () => {
  const { jobs, told, hands, add } = makeJobs();
  ["a", "b"].forEach(add);
  await turn();
  assert.deepEqual(Object.keys(hands), ["a"]);
  hands.a.progress(0.5);
  assert.equal(jobs.current?.job.name, "a");
  assert.deepEqual([jobs.current?.fraction, jobs.current?.waiting], [0.5, 1]);
  hands.a.fail();
  await turn();
  assert.deepEqual([jobs.current?.fraction, jobs.current?.waiting], [0, 0]);
  hands.b.finish();
  await turn();
  assert.equal(jobs.current, null);
  assert.deepEqual(told, ["a begun", "a failed", "b begun", "b done"]);
});

test("what is called off has not failed, and the next goes on", async () => {
  const { jobs, told, hands, add } = makeJobs();
  ["a", "b"].forEach(add);
  await turn();
  jobs.cancel();
  await turn();
  assert.equal(jobs.current?.job.name, "b");
  hands.b.finish();
  await turn();
  add("c");
  await turn();
  hands.c.finish();
  await turn();
  const ends = told.filter((text) => !text.endsWith("begun"));
  assert.deepEqual(ends, ["a cancelled", "b done", "c done"]);
});

test("what failed of one import is told of at its end, together", async () => {
  const { told, hands, bringIn } = makeJobs();
  bringIn("a", "b", "c");
  bringIn("d");
  for (const name of ["a", "b", "c", "d"]) {
    await turn();
    hands[name][name === "b" ? "finish" : "fail"]();
  }
  await turn();
  const first = ["a begun", "b done", "a,c failed"];
  assert.deepEqual(told, [...first, "d begun", "d failed"]);
});

test("with an import those are called off that wait, and no other job", async () => {
  const { jobs, told, hands, add, bringIn } = makeJobs();
  bringIn("a", "b", "c");
  add("e");
  bringIn("d");
  await turn();
  hands.a.fail();
  await turn();
  jobs.cancel();
  assert.equal(jobs.current?.waiting, 1);
  await turn();
  hands.e.finish();
  await turn();
  assert.equal(jobs.current, null);
  const first = ["a begun", "b cancelled", "a failed"];
  assert.deepEqual(told, [...first, "e begun", "e done"]);
});
