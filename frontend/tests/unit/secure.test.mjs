import assert from "node:assert/strict";
import { test } from "node:test";
import { createCopyPeers } from "../../assets/js/library/copy-peers.js";
import { demandSecure } from "../../assets/js/library/secure.js";

test("plain http is told what it needs, and nobody else", () => {
  assert.throws(() => demandSecure({ isSecureContext: false }), {
    code: "INSECURE",
  });
  demandSecure({ isSecureContext: true });
});

test("a page without locks waits for none", async (t) => {
  const end = new AbortController();
  t.after(() => end.abort());
  const { alone } = createCopyPeers(undefined, end.signal);
  let isMade = false;
  await alone("a", end.signal, async () => {
    isMade = true;
  });
  assert.ok(isMade);
});
