import assert from "node:assert/strict";
import { test } from "node:test";
import { StudioError, codeOf } from "../../../assets/js/core/errors.js";
import { createMessages } from "../../../assets/js/core/messages.js";
import { de, en } from "../support/texts.mjs";
import { faultsText } from "../../../assets/js/ui/job-bar.js";

/** @param {string} name @param {string} code */
const fault = (name, code) => ({
  job: { kind: /** @type {const} */ ("import"), name },
  error: new StudioError(code),
});

/**
 * @param {string} language
 * @param {Parameters<typeof faultsText>[1]} faults
 */
function said(language, faults) {
  const messages = createMessages({ dictionaries: { en, de }, language });
  return faultsText(messages, faults, (error) => codeOf(error, "UNKNOWN"));
}

test("a file that failed alone is told of by itself", () => {
  assert.equal(
    said("en", [fault("a.jpg", "MEDIA_SILENT")]),
    "“a.jpg” was not imported. There is no sound in this file.",
  );
});

test("of many files the first are named, by reason", () => {
  const covers = ["a", "b", "c", "d", "e"].map((name) =>
    fault(`${name}.jpg`, "MEDIA_SILENT"),
  );
  const empty = fault("z.mp3", "MEDIA_EMPTY");
  assert.equal(
    said("en", [...covers, empty]),
    "6 files were not imported. “a.jpg”, “b.jpg”, “c.jpg”, and 2 more: " +
      "There is no sound in this file. “z.mp3”: The file is empty.",
  );
  assert.equal(
    said("de", covers),
    "5 Dateien wurden nicht importiert. „a.jpg“, „b.jpg“, „c.jpg“ und " +
      "2 weitere: In dieser Datei ist kein Ton.",
  );
});
