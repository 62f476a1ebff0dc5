import assert from "node:assert/strict";
import { test } from "node:test";
import {
  describeFailure,
  NO_ANSWER,
  parseRetryAfter,
} from "../../assets/js/upload/answers.js";
import { judge, pauseBefore } from "../../assets/js/upload/retry.js";

/** @param {number} status @param {string | null} [code] */
const failure = (status, code = null) => ({ status, code, retryAfterMs: null });

test("what may pass by itself is tried again", () => {
  for (const status of [0, 302, 408, 423, 425, 429, 500, 502, 503, 504, 507]) {
    assert.equal(judge(failure(status)), "retry", String(status));
  }
  assert.equal(judge(NO_ANSWER), "retry");
  assert.equal(judge(failure(422, "DIGEST_MISMATCH")), "retry");
  assert.equal(judge(failure(507, "STORAGE_FULL")), "retry");
});

test("who is not signed in is asked to, instead of tried again", () => {
  assert.equal(judge(failure(401)), "sign-in");
  assert.equal(judge(failure(403, "FORBIDDEN_ORIGIN")), "sign-in");
});

test("a disagreement is looked into, a deleted id is left", () => {
  for (const code of ["CHUNK_CONFLICT", "CHUNKS_MISSING", "ALREADY_COMPLETE"]) {
    assert.equal(judge(failure(409, code)), "ask", code);
  }
  assert.equal(judge(failure(404, "UPLOAD_NOT_FOUND")), "ask");
  assert.equal(judge(failure(410, "DELETED")), "rename");
});

test("what no repetition can mend fails", () => {
  assert.equal(judge(failure(413, "FILE_TOO_LARGE")), "fail");
  assert.equal(judge(failure(415, "UNSUPPORTED_TYPE")), "fail");
  assert.equal(judge(failure(400)), "fail");
});

test("pauses double up to a minute and are spread by chance", () => {
  /** @param {number} attempts @param {number} random */
  const pause = (attempts, random) =>
    pauseBefore({ attempts, retryAfterMs: null, random });
  assert.deepEqual(
    [1, 2, 3, 4].map((attempts) => pause(attempts, 1)),
    [1000, 2000, 4000, 8000],
  );
  assert.equal(pause(3, 0), 2000);
  assert.equal(pause(1000, 1), 60_000);
});

test("no pause is shorter than the server asks for", () => {
  const options = { attempts: 1, random: 0 };
  assert.equal(pauseBefore({ ...options, retryAfterMs: 90_000 }), 90_000);
  assert.equal(pauseBefore({ ...options, retryAfterMs: 10 }), 500);
});

test("Retry-After is read as seconds and as a date", () => {
  const now = Date.UTC(2024, 0, 15, 14, 0, 0);
  assert.equal(parseRetryAfter("7", now), 7000);
  assert.equal(parseRetryAfter("Mon, 15 Jan 2024 14:00:30 GMT", now), 30_000);
  assert.equal(parseRetryAfter("Mon, 15 Jan 2024 13:00:00 GMT", now), 0);
  assert.equal(parseRetryAfter("soon", now), null);
  assert.equal(parseRetryAfter(null, now), null);
});

test("no Retry-After is longer than an hour, as far as it may be away", () => {
  const now = Date.UTC(2024, 0, 15, 14, 0, 0);
  const hour = 3_600_000;
  for (const value of ["3601", "9999999", "9".repeat(400)]) {
    assert.equal(parseRetryAfter(value, now), hour, value);
  }
  assert.equal(parseRetryAfter("Mon, 15 Jan 2074 14:00:00 GMT", now), hour);
});

test("a refusal's code is read, an error page of a proxy has none", () => {
  const answer = { status: 409, retryAfter: null, now: 0 };
  const problem = '{"status":409,"code":"CHUNK_CONFLICT","detail":"…"}';
  assert.equal(
    describeFailure({ ...answer, text: problem }).code,
    "CHUNK_CONFLICT",
  );
  for (const text of ["<html>", "", "[]", "null", '{"code":7}']) {
    assert.equal(describeFailure({ ...answer, text }).code, null, text);
  }
});
