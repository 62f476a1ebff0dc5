import assert from "node:assert/strict";
import { startChromium } from "./support/chromium.js";
import { whenKept } from "./support/kept.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio } from "./support/studio.js";

const NAME = "Meyer";

/** Leads all who have no cookie to a page where they could sign in. */
const GATE = `
location = /sign-in {
  default_type text/html;
  return 200 "<title>Who is it?</title>";
}
set $visitor $cookie_user$uri;
if ($visitor !~ ^meyer/|^/sign-in$) {
  return 302 /sign-in;
}`;

story(
  "a take goes on while its sign-in expires, and its upload after the next",
  async (stage) => {
    const server = await startServer(stage);
    await server.configure(GATE);
    const chromium = await startChromium(stage);
    const { context } = chromium;
    const cookie = { name: "user", value: "meyer", url: server.url };
    await context.addCookies([cookie]);
    const studio = await Studio.open(chromium, server.url);
    await whenKept(studio);
    await studio.record();
    await studio.waitForSafety(/on the server to 0:0[1-9]/);

    await context.clearCookies();
    await studio.waitForSafety(/sign in again to go on/);
    const before = await studio.seconds();
    const opened = context.waitForEvent("page");
    await studio.button("Sign in").click();
    const door = await opened;
    await door.waitForURL("**/sign-in");
    assert.equal(await door.title(), "Who is it?");
    await context.addCookies([cookie]);
    await door.goto(`${server.url}?sign-in`);
    await door.waitForURL(server.url);
    await new Studio(door).goTo("Library");
    await door.close();

    const said = studio.page.locator(".toasts");
    await said.getByText("Signed in again. Uploads go on.").waitFor();
    await studio.waitForSafety(/on the server to [\d:]+$/);
    assert.ok((await studio.seconds()) > before);
    await studio.stop(NAME);
    await studio.waitForSafety(/on the server, verified/);
    const { recordings } = await studio.page.evaluate(async () =>
      (await fetch("recordings")).json(),
    );
    assert.equal(recordings.length, 1);
    const [{ id, sha256 }] = recordings;
    assert.equal(sha256, await studio.deviceDigest(id));

    // What a person asks for says that it waits for that, and nothing of uploads.
    await studio.goTo("Library");
    await studio.act(NAME, "Remove from this device");
    await studio.page.getByText("On the server only").waitFor();
    await context.clearCookies();
    await studio.act(NAME, "Download as…");
    await studio.page.getByRole("button", { name: /^FLAC/ }).click();
    const refused = said.locator(".toast", { hasText: "could not be made" });
    await refused.getByText("sign in again. Then try once more.").waitFor();
    const again = context.waitForEvent("page");
    await refused.getByRole("button", { name: "Sign in" }).click();
    await (await again).waitForURL("**/sign-in");
  },
);
