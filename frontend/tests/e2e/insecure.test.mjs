import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { startChromium } from "./support/chromium.js";
import { waitFor } from "./support/processes.js";
import { putOnServer } from "./support/server-recordings.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio } from "./support/studio.js";
import { writeRamp } from "./support/wav.js";

const NAME = "studio.test";
const HTTPS = "by https, or as http://localhost";

story(
  "by plain http one listens and puts in order, and is told what the rest needs",
  async (stage) => {
    const server = await startServer(stage, { names: [NAME] });
    const wav = path.join(await stage.folder(), "lecture.wav");
    await writeRamp(wav);
    const lecture = { id: "lecture", name: "Lecture" };
    await putOnServer(server, { ...lecture, wav: await readFile(wav) });
    const flags = [`--host-resolver-rules=MAP ${NAME} 127.0.0.1`];
    const chromium = await startChromium(stage, { flags });
    const url = `http://${NAME}:${server.port}/`;
    const studio = await Studio.open(chromium, url);
    const { page } = studio;
    assert.equal(await page.evaluate(() => isSecureContext), false);
    await page.getByText(HTTPS).waitFor();

    await studio.goTo("Library");
    await studio.button("Play Lecture").click();
    const position = page.getByRole("slider", { name: "Position" });
    await waitFor("it to be heard", async () =>
      /^[1-9]/.test((await position.getAttribute("aria-valuetext")) ?? ""),
    );
    const told = page.locator(".toast").filter({ hasText: HTTPS });
    await studio.act("Lecture", "Download as…");
    await page.getByRole("button", { name: /^FLAC/ }).click();
    await told.filter({ hasText: "could not be made" }).waitFor();
    await page.locator(".import-files").setInputFiles({
      name: "song.wav",
      mimeType: "audio/wav",
      buffer: Buffer.from("RIFF"),
    });
    await told.filter({ hasText: "was not imported" }).waitFor();
    await studio.act("Lecture", "Keep on this device");
    await page.getByText(/^This works over HTTPS only/).waitFor();

    await studio.rename("Lecture", "First lecture");
    await waitFor("the server to know the name", async () =>
      (await server.metadata()).some(({ name }) => name === "First lecture"),
    );
  },
);
