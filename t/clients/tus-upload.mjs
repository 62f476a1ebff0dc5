#!/usr/bin/env node
/**
 * Uploads a file as tus-js-client does, and prints where it is.
 *
 *     node t/clients/tus-upload.mjs ENDPOINT FILE PROTOCOL OPTIONS
 *
 * PROTOCOL is one of the client's, OPTIONS more of its options, in JSON.
 */

import { readFileSync } from "node:fs";
import { Upload } from "tus-js-client";

const [endpoint, file, protocol, options] = process.argv.slice(2);

const upload = new Upload(readFileSync(file), {
  endpoint,
  protocol,
  retryDelays: [],
  ...JSON.parse(options),
  onError: (error) => {
    console.error(String(error));
    process.exitCode = 1;
  },
  onSuccess: () => {
    console.log(upload.url);
  },
});

upload.start();
