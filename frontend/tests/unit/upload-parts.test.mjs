import assert from "node:assert/strict";
import { test } from "node:test";
import { StudioError } from "../../assets/js/core/errors.js";
import { HEADER_BYTES } from "../../assets/js/core/webm.js";
import { SECOND, setUp, setUpWav, webm } from "./support/part-upload.mjs";

/** @param {number} seconds @param {boolean} isFinished */
function takeOf(seconds, isFinished) {
  const availableBytes = HEADER_BYTES + seconds * SECOND;
  const borders = [{ to: availableBytes, seconds }];
  const headerBytes = HEADER_BYTES;
  return {
    source: { availableBytes, isFinished, headerBytes, borders },
    sha256: isFinished ? "ab" : null,
  };
}

/** The second part of a lossless take that runs, three seconds of it here. */
function setUpRunning() {
  const all = setUpWav();
  all.takes.set("a", takeOf(3, false));
  return all;
}

test("what a take's last part plays is known as it is sent", async () => {
  const { run, end, takes, driver, sent, reports, reported } = setUpRunning();
  const begun = sent(HEADER_BYTES + 2 * SECOND);
  const over = run();
  await begun;
  const { source, sha256 } = takeOf(9, true);
  takes.set("a", takeOf(9, true));
  driver().dispatch({ type: "finished", source, sha256 });
  await reported(({ state }) => state === "uploading" || state === "verifying");
  await reported(({ state }) => state === "verifying");
  const { serverSeconds } = reports.find(({ state }) => state === "verifying");
  end.abort();
  await over;
  assert.equal(serverSeconds, 9);
});

test("what cannot be read of a part is neither sent nor left out", async () => {
  const { file, ends } = webm();
  for (const hole of [ends[0], ends[1]]) {
    const torn = file.slice();
    torn.fill(0, hole, hole + 9);
    const { run, row, recordings, uploads } = setUp({
      file: torn,
      from: ends[0],
    });
    await run();
    const { state, error } = uploads.get("a");
    assert.deepEqual([state, error], ["failed", "TAKE_TORN"]);
    assert.deepEqual(recordings.get("a"), row);
  }
});

test("a part that has nothing but the index is left out, and all is there", async () => {
  const { file, ends } = webm();
  const { run, recordings, reports } = setUp({ file, from: ends[3] });
  await run();
  assert.equal(recordings.get("a")?.parts.length, 1);
  assert.deepEqual(
    reports.map(({ state, ackBytes, totalBytes, serverSeconds, parts }) => [
      state,
      ackBytes,
      totalBytes,
      serverSeconds,
      parts,
    ]),
    [["done", 9000, file.length, 1, 1]],
  );
});

test("a part that cannot be read just now is tried again", async () => {
  const { file, ends } = webm();
  for (const code of ["TAKE_UNREADABLE", "DATABASE_FAILED"]) {
    const { run, faults, uploads, reports } = setUp({ file, from: ends[3] });
    faults.push(code, code);
    await run();
    assert.deepEqual(
      reports.map(({ state }) => state),
      ["done"],
      code,
    );
    assert.equal(uploads.size, 0);
  }
});

test("who gives up a part that cannot be read does not wait for it", async () => {
  const { file, ends } = webm();
  const { run, end, parts, surroundings } = setUp({ file, from: ends[3] });
  surroundings.tickMs = 2 ** 30;
  parts.bytes.read = async () => {
    setTimeout(() => end.abort());
    throw new StudioError("TAKE_UNREADABLE");
  };
  await run();
  assert.ok(end.signal.aborted);
});

test("the end of a take that cannot be read just now is read later", async () => {
  const { run, end, takes, driver, sent, faults, reported, uploads } =
    setUpRunning();
  const begun = sent(HEADER_BYTES + 2 * SECOND);
  const over = run();
  await begun;
  takes.set("a", takeOf(9, true));
  faults.push("TAKE_UNREADABLE", "DATABASE_FAILED");
  driver().dispatch({ type: "finished", ...takeOf(9, true) });
  await reported(({ state }) => state === "verifying" || state === "failed");
  end.abort();
  await over;
  assert.equal(faults.length, 0);
  assert.notEqual(uploads.get("a").state, "failed");
});

test("a part that is given up as its end is found is neither left out nor followed", async () => {
  const { file, ends } = webm();
  const { run, end, parts, row, recordings, reports } = setUp({
    file,
    from: ends[3],
  });
  const { read } = parts.bytes;
  parts.bytes.read = async (/** @type {any[]} */ ...where) => {
    end.abort();
    return read(...where);
  };
  await run();
  assert.deepEqual(recordings.get("a"), row);
  assert.deepEqual(reports, []);
});
