import assert from "node:assert/strict";
import { startChromium } from "./support/chromium.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio } from "./support/studio.js";

/** Runs in the page: a minute goes by of which it knows by the clock alone. */
function sleepAMinute() {
  const now = Date.now.bind(Date);
  Date.now = () => now() + 60_000;
}

story(
  "a take is as long as it took, though the machine slept",
  async (stage) => {
    const server = await startServer(stage);
    const chromium = await startChromium(stage);
    const studio = await Studio.open(chromium, server.url);
    const { page } = studio;
    await studio.record();
    await studio.recordUntil(2);
    await page.evaluate(sleepAMinute);
    await page
      .getByText("The sound is back. The take goes on.")
      .first()
      .waitFor();
    const toast = page.locator(".toast", { hasText: "stopped giving audio" });
    assert.equal(await toast.count(), 0);
    await studio.recordUntil(63);
    await studio.stop("Slept");

    const [row] = await studio.rows();
    const rate = row.segments?.[0].rate ?? 0;
    const gaps = row.markers?.filter(({ kind }) => kind === "gap") ?? [];
    const lost = gaps.reduce((sum, { frames = 0 }) => sum + frames, 0) / rate;
    assert.ok(lost > 59.5 && lost < 65, `${lost} s`);
    assert.ok(row.durationMs >= 63_000, `${row.durationMs} ms`);
  },
);
