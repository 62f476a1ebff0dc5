import assert from "node:assert/strict";
import { startChromium } from "./support/chromium.js";
import { waitFor } from "./support/processes.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio } from "./support/studio.js";

story("markers and notes stay with a take, here and there", async (stage) => {
  const server = await startServer(stage);
  const chromium = await startChromium(stage);
  const studio = await Studio.open(chromium, server.url);
  await studio.record();
  await studio.recordUntil(1);
  await studio.page.keyboard.press("m");
  await studio.page.getByText("0:01 Marker").waitFor();
  const note = studio.page.getByRole("textbox", { name: "Note" });
  await note.fill("Mayer arrives");
  await studio.recordUntil(2.5);
  await note.press("Enter");
  await studio.page.getByText(/0:0[12] Mayer arrives/).waitFor();
  await studio.button("Pause").click();
  await studio.page.getByText(/^0:0\d Paused$/).waitFor();
  await studio.stop("Marked");

  const [row] = await studio.rows();
  const kinds = row.markers?.map(({ kind, text }) => text ?? kind);
  assert.deepEqual(kinds, ["marker", "Mayer arrives", "pause"]);
  const [marker, noted] = row.markers ?? [];
  assert.ok(noted.frame < 2.4 * (row.segments?.[0].rate ?? 0));
  assert.ok(noted.frame > marker.frame);

  await studio.goTo("Library");
  await studio.row("Marked").getByText("On server").waitFor();
  const answer = await waitFor("the server's copy", async () => {
    const got = await fetch(new URL(`recording/${row.id}`, server.url));
    return got.ok && got.json();
  });
  assert.deepEqual(answer.metadata.waveforge.markers, row.markers);
});
