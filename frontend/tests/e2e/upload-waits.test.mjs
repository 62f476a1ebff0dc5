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
