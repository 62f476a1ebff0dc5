import assert from "node:assert/strict";
import path from "node:path";
import {
  assertAudio,
  assertKept,
  assertUnbroken,
} from "./support/assertions.js";
import { decode, probe, sha256 } from "./support/audio.js";
import { startChromium } from "./support/chromium.js";
import { waitFor } from "./support/processes.js";
import { readGiven } from "./support/given.js";
import { startServer } from "./support/server.js";
import { LOOK_RATE, heardSeconds } from "./support/stairs.js";
import { story } from "./support/story.js";
import { Studio } from "./support/studio.js";
import { writeStaircase } from "./support/wav.js";

/** What a crash may cost at most. */
const LOSS_SECONDS = 0.5;

/**
 * Plays a recording until it is heard.
 *
 * @param {Studio} studio
 * @param {string} name
 */
async function play({ page }, name) {
  const label = `Play ${name}`;
  await page.getByRole("button", { name: label, exact: true }).click();
  const time = page.locator(".dock-time").first();
  await waitFor("it to be heard", async () =>
    /0:0[1-9]/.test((await time.textContent()) ?? ""),
  );
}

story(
  "a take survives a SIGKILL of the browser to the last half second",
  async (stage) => {
    const server = await startServer(stage);
    const folder = await stage.folder();
    const microphone = await writeStaircase(path.join(folder, "stairs.wav"));
    const first = await startChromium(stage, { microphone });
    const before = await Studio.open(first, server.url);
    await before.record();
    // Far into a cluster: what is in none yet has to come from the PCM.
    await before.recordUntil(5.8);
    const reported = await before.seconds();
    await first.crash();
    assert.deepEqual(await server.files(), []);

    const second = await startChromium(stage, {
      microphone,
      profile: first.profile,
    });
    const studio = await Studio.open(second, server.url);
    const banner = studio.page.getByText("1 take was interrupted");
    await banner.waitFor();
    await studio.button("Switch on microphone").waitFor();
    await studio.goTo("Library");
    const row = studio.page.getByRole("listitem").filter({
      hasText: "Interrupted",
    });
    await row.waitFor();
    const name = await row.getByRole("heading").innerText();
    await play(studio, name);
    await studio.page.locator(".dock-close").click();
    await studio.act(name, "Keep");
    await banner.waitFor({ state: "detached" });

    await studio.row(name).getByText("On server").waitFor();
    const { file } = await assertKept(server, studio, name);
    const { duration } = await probe(file);
    const least = reported - LOSS_SECONDS;
    assert.ok(duration >= least, `${duration} s, reported: ${reported} s`);
    await assertAudio(file, duration, 0);
    const { id } = await studio.waitForRow(
      "the take",
      ({ sha256: own }) => own,
    );
    await assertUnbroken(studio, id, file);

    // The bytes that were played before are no longer what is kept.
    await play(studio, name);
    const saved = await second.download(() => studio.act(name, "Download"));
    assert.equal(await sha256(saved), await sha256(file));
  },
);

/**
 * Opens the studio again after a crash, and goes on with the take that it cut.
 *
 * @param {import("./support/story.js").Stage} stage
 * @param {string} url
 * @param {{microphone: string, profile: string}} options
 */
async function comeBackTo(stage, url, options) {
  const chromium = await startChromium(stage, options);
  const studio = await Studio.open(chromium, url);
  const { page } = studio;
  await page.getByText("1 take was interrupted").waitFor();
  await studio.button("Continue").first().click();
  await studio.button("Stop").waitFor();
  return { chromium, studio };
}

story(
  "a take that was interrupted twice goes on, and is one recording",
  async (stage) => {
    const server = await startServer(stage);
    const folder = await stage.folder();
    const microphone = await writeStaircase(path.join(folder, "stairs.wav"));
    const first = await startChromium(stage, { microphone });
    const before = await Studio.open(first, server.url);
    await before.record();
    await before.recordUntil(2.5);
    const reported = [await before.seconds()];
    await first.crash();
    const began = Date.now() - 1000 * reported[0];

    const options = { microphone, profile: first.profile };
    const second = await comeBackTo(stage, server.url, options);
    // The silence has to be over: what is heard follows it.
    await second.studio.recordUntil((Date.now() - began) / 1000 + 1);
    reported.push(await second.studio.seconds());
    await second.chromium.crash();

    const { studio } = await comeBackTo(stage, server.url, options);
    await studio.recordUntil((Date.now() - began) / 1000 + 1);
    await studio.button("Pause").click();
    await studio.page.getByText(/ Paused$/).waitFor();
    await studio.stop("Thrice");
    await studio.goTo("Library");
    await studio.row("Thrice").getByText("On server").waitFor();

    const { file } = await assertKept(server, studio, "Thrice");
    const [row, ...others] = await studio.rows();
    assert.deepEqual(others, []);
    const { segments = [], markers = [] } = row;
    const [{ rate }] = segments;
    assert.equal(segments.length, 3);
    const kinds = markers.map(({ kind, code }) => code ?? kind);
    const cut = ["TAKE_INTERRUPTED", "gap"];
    assert.deepEqual(kinds, [...cut, ...cut, "pause"]);
    reported.forEach((seconds, index) => {
      const { frame } = markers[2 * index];
      assert.ok(frame / rate >= seconds - LOSS_SECONDS, `${frame}`);
      assert.equal(markers[2 * index + 1].frame, frame);
    });
    const frames = segments.reduce((sum, each) => sum + each.frames, 0);
    assert.ok(Math.abs(markers[4].frame - frames) < rate / 2);
    await assertAudio(file, frames / rate, 0.001);
    const missed = markers.reduce((sum, each) => sum + (each.frames ?? 0), 0);
    const { silentSeconds: silent } = await studio.page.evaluate(readGiven, {
      id: row.id,
      rate: LOOK_RATE,
    });
    assert.ok(silent >= missed / rate - 0.001, `${silent} s, not ${missed}`);
    const heard = heardSeconds(await decode(file));
    const whole = frames / rate;
    assert.ok(Math.abs(heard + silent - whole) < 0.3, `${heard} + ${silent}`);
  },
);

/** Runs in the page: @returns {Promise<string[]>} folders of takes in OPFS */
async function listTakes() {
  const root = await navigator.storage.getDirectory();
  const takes = await root.getDirectoryHandle("takes", { create: true });
  const names = [];
  for await (const name of /** @type {any} */ (takes).keys()) {
    names.push(name);
  }
  return names;
}

story("a take that was interrupted can be discarded", async (stage) => {
  const server = await startServer(stage);
  const first = await startChromium(stage);
  const before = await Studio.open(first, server.url);
  await before.record();
  await before.recordUntil(2);
  await first.crash();

  const second = await startChromium(stage, { profile: first.profile });
  const studio = await Studio.open(second, server.url);
  await studio.goTo("Library");
  const row = studio.page.getByRole("listitem").filter({
    hasText: "Interrupted",
  });
  const name = await row.getByRole("heading").innerText();
  await studio.act(name, "Discard");
  await row.waitFor({ state: "detached" });
  await studio.button("Undo").waitFor();

  const later = await studio.comeBackAfter(60_000);
  await waitFor("it to leave the library", async () => {
    const rows = await later.rows();
    return rows.length === 0;
  });
  await waitFor("the server to delete what it had", async () => {
    const files = await server.files();
    return files.length === 0;
  });
  await later.goTo("Library");
  await later.button("Trash 1").click();
  await later.row(name).waitFor();
  await later.button("Empty trash").click();
  const dialog = later.page.getByRole("alertdialog");
  await dialog.getByRole("button", { name: "Delete for good" }).click();
  await waitFor("its bytes to be freed", async () => {
    const folders = await later.page.evaluate(listTakes);
    return folders.length === 0;
  });
});
