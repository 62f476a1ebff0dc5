import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";

const TOP = fileURLToPath(new URL("../../../", import.meta.url));

test("assets/app.css is what Tailwind makes of styles/", (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), "waveforge-css-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const made = path.join(folder, "app.css");
  const tailwind = path.join(TOP, "node_modules/.bin/tailwindcss");
  const styles = path.join(TOP, "frontend/styles/app.css");
  execFileSync(tailwind, ["--input", styles, "--output", made], {
    cwd: TOP,
    stdio: "pipe",
  });
  const committed = path.join(TOP, "frontend/assets/app.css");
  assert.equal(
    readFileSync(committed, "utf8"),
    readFileSync(made, "utf8"),
    "run npm run css",
  );
});
