#!/usr/bin/env node
/**
 * Holds every answer the suites got against docs/openapi.yaml, and the document
 * against the answers: nothing is answered that it does not describe, and
 * nothing is described that no suite has seen answered.
 *
 *     node t/contract/check.mjs ANSWERS
 *
 * ANSWERS is what t/lib/WaveForge/Answers.pm has written.
 */

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Validator } from "@seriousme/openapi-schema-validator";
import { readAnswer } from "./answer.mjs";
import { Judge } from "./judge.mjs";
import { readNames } from "./names.mjs";
import { readDocument, readSpec } from "./spec.mjs";

const top = fileURLToPath(new URL("../..", import.meta.url));

/** @param {string} file */
async function main(file) {
  const document = readDocument(`${top}docs/openapi.yaml`);
  const judge = new Judge(readSpec(document));
  const faults = await findFaultsOf(document);

  for (const line of readFileSync(file, "utf8").split("\n")) {
    const answer = line && readAnswer(line);
    if (answer) {
      judge.hear(answer);
    }
  }
  faults.push(...judge.faults, ...judge.findUnseen());
  faults.push(...judge.findUnnamed(readNames(document), readTitles()));

  for (const fault of faults) {
    console.error(fault);
  }
  console.log(
    `${judge.heard} answers described by ${judge.seen.size} of the document's ` +
      `responses, ${judge.codes.size} codes; ${faults.length} faults`,
  );
  process.exitCode = faults.length > 0 || judge.heard === 0 ? 1 : 0;
}

/**
 * @param {any} document
 * @returns {Promise<string[]>} what makes it no OpenAPI 3.1
 */
async function findFaultsOf(document) {
  const validator = new Validator();
  const result = await validator.validate(structuredClone(document));

  return result.valid
    ? []
    : [`docs/openapi.yaml: ${JSON.stringify(result.errors)}`];
}

/** The titles of Test::Nginx's blocks and the names of Test::More's checks. */
function readTitles() {
  return readdirSync(`${top}t`)
    .filter((name) => name.endsWith(".t"))
    .flatMap((name) => readFileSync(`${top}t/${name}`, "utf8").split("\n"))
    .filter((line) => /^=== |^subtest |['"][^'"]*['"]\);$/.test(line))
    .join("\n");
}

await main(process.argv[2]);
