import assert from "node:assert/strict";
import { startChromium } from "./support/chromium.js";
import { startProxy } from "./support/proxy.js";
import { putRecording } from "./support/recording.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio } from "./support/studio.js";

const BYTES = 100_044;

/** @type {[import("./support/proxy.js").Proxy["refusal"], string][]} */
const REFUSALS = [
  [{ status: 429, seconds: 600 }, "the server limits how often it is asked"],
  [{ status: 503, seconds: 600 }, "the server is busy"],
  [{ status: 423, seconds: 600 }, "another connection is still sending this"],
];

story(
  "an upload that waits says what for, and when it is tried again",
  async (stage) => {
    const server = await startServer(stage);
    const proxy = await startProxy(stage, server, {});
    const chromium = await startChromium(stage);
    const studio = await Studio.open(chromium, `${proxy.url}#library`);
    for (const [refusal, reason] of REFUSALS) {
      const name = `Met with ${refusal?.status}`;
      proxy.refusal = refusal;
      await studio.page.evaluate(putRecording, {
        id: `take-${refusal?.status}`,
        name,
        bytes: BYTES,
      });
      const badge = `Waiting, 0%: ${reason}; next try at `;
      await studio.row(name).getByText(badge).waitFor();
      await studio.act(name, "Pause upload");
      await studio.row(name).getByText("Upload paused").waitFor();
    }

    proxy.refusal = null;
    await server.configure("waveforge_reserve 1000000g;");
    const full = { id: "take-507", name: "Met with 507", bytes: BYTES };
    await studio.page.evaluate(putRecording, full);
    const badge = "the server is full until space is freed there";
    await studio.row(full.name).getByText(badge).waitFor();
  },
);

/**
 * @param {import("./support/chromium.js").Chromium} chromium
 * @returns {{at: number, status: number}[]} when an upload asked, and what it was
 *   answered; filled as it goes on
 */
function watchUploads({ context }) {
  /** @type {{at: number, status: number}[]} */
  const answers = [];
  context.on("response", (response) => {
    const request = response.request();
    if (request.method() === "POST") {
      const at = request.timing().startTime;
      answers.push({ at, status: response.status() });
    }
  });
  return answers;
}

story(
  "a take goes on while its server limits requests, and reaches it whole",
  async (stage) => {
    const server = await startServer(stage);
    await server.limitRequests("20r/m");
    const chromium = await startChromium(stage);
    const answers = watchUploads(chromium);
    const studio = await Studio.open(chromium, server.url);
    await studio.record();
    await studio.waitForSafety(
      /waiting: the server limits how often it is asked; next try at /,
    );
    const before = await studio.seconds();
    await studio.waitForSafety(/on the server to [\d:]+$/);
    assert.ok((await studio.seconds()) > before);
    await studio.stop("Limited");
    await studio.waitForSafety(/on the server, verified/);

    const [{ id, sha256 }] = await server.metadata();
    assert.equal(sha256, await studio.deviceDigest(id));
    const kinds = new Set(answers.map(({ status }) => status));
    assert.deepEqual([...kinds].sort(), [200, 429]);
    answers.slice(1).forEach(({ at }, index) => {
      const { status, at: before } = answers[index];
      assert.ok(status !== 429 || at - before >= 1000, `${at - before} ms`);
    });
  },
);
