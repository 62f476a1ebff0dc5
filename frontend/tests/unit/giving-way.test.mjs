import assert from "node:assert/strict";
import { once } from "node:events";
import test from "node:test";
import {
  createCopyPeers,
  hearTakes,
} from "../../assets/js/library/copy-peers.js";
import { createGivingWay } from "../../assets/js/library/giving-way.js";
import { Jobs } from "../../assets/js/media/jobs.js";

test("what runs when a take begins in any page ends, and says why", async (t) => {
  const page = new AbortController();
  t.after(() => page.abort());
  const { signal } = page;
  const locks = /** @type {any} */ (null);
  const { until } = createGivingWay((onTake) => hearTakes(onTake, signal));
  const jobs = new Jobs();
  const failed = once(jobs, "failed");
  jobs.add({
    kind: "import",
    name: "a",
    run: ({ signal: own }) =>
      new Promise((_resolve, reject) => {
        const both = until(own);
        both.addEventListener("abort", () => reject(both.reason));
      }),
  });
  const peers = createCopyPeers(locks, signal);
  peers.tell({ type: "stop", id: "b" });
  peers.tell({ type: "makeWay" });
  const [{ detail }] = await failed;
  assert.equal(detail.faults[0].error.code, "MEDIA_DURING_TAKE");
  assert.equal(until(new AbortController().signal).aborted, false);
});

test("only a take ends it, or who began it", () => {
  const { until } = createGivingWay(() => {});
  const own = new AbortController();
  const both = until(own.signal);
  assert.equal(both.aborted, false);
  own.abort("enough");
  assert.equal(both.reason, "enough");
});
