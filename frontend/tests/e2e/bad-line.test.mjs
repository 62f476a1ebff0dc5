import { assertAudio, assertKept } from "./support/assertions.js";
import { startChromium } from "./support/chromium.js";
import { startProxy, untilAllHappened } from "./support/proxy.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio } from "./support/studio.js";

/** @typedef {import("./support/proxy.js").Fate} Fate */

const NAME = "Against all odds";

/** @type {Record<string, Fate[]>} */
const DURING = {
  "/upload/chunk": [
    ...pairs(500, "lost", "reset", 503),
    ...pairs("stall", 429),
  ],
  "/upload/": pairs(503, "reset"),
};

/** @param {Fate[]} fates @returns {Fate[]} each after one that is good */
function pairs(...fates) {
  return fates.flatMap((fate) => /** @type {Fate[]} */ (["pass", fate]));
}

/** @type {Record<string, Fate[]>} */
const AFTER = { "/recording/complete": [500, "lost", "pass"] };

story(
  "a take is whole on the server though its line failed in every way",
  async (stage) => {
    const server = await startServer(stage);
    const proxy = await startProxy(stage, server, { ...DURING, ...AFTER });
    const chromium = await startChromium(stage);
    const studio = await Studio.open(chromium, proxy.url);
    await studio.record();
    await studio.waitForSafety(/on the server to 0:0[1-9]/);

    for (let flap = 0; flap < 2; flap += 1) {
      await chromium.context.setOffline(flap % 2 === 0);
      proxy.cut();
      await studio.recordUntil((await studio.seconds()) + 0.7);
      proxy.mend();
      await chromium.context.setOffline(false);
      await studio.recordUntil((await studio.seconds()) + 0.7);
    }
    await server.kill();
    await studio.recordUntil((await studio.seconds()) + 1);
    await server.start();
    await untilAllHappened(proxy, DURING);
    await studio.stop(NAME);
    const seconds = await studio.seconds();

    await studio.waitForSafety(/on the server, verified/);
    await untilAllHappened(proxy, AFTER);
    const { file } = await assertKept(server, studio, NAME);
    await assertAudio(file, seconds);
  },
  { timeout: 600_000 },
);
