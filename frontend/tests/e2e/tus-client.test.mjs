import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { Upload } from "tus-js-client";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";

/** @typedef {import("tus-js-client").UploadOptions} UploadOptions */
/** @typedef {import("./support/server.js").Server} Server */

const MIB = 1024 * 1024;
const BYTES = 3 * MIB + 44;

/** @returns {Buffer} noise in a WAV */
function makeWav() {
  const wav = randomBytes(BYTES);
  const words = ["RIFF", BYTES - 8, "WAVEfmt ", 16, 0x10001, 48_000, 96_000];
  let at = 0;
  for (const word of [...words, 0x100002, "data", BYTES - 44]) {
    at =
      typeof word === "number"
        ? wav.writeUInt32LE(word, at)
        : at + wav.write(word, at, "latin1");
  }
  return wav;
}

/**
 * @param {Server} server
 * @param {Buffer | Readable} input
 * @param {Partial<UploadOptions>} [options]
 * @param {(upload: Upload, sent: number) => void} [onSent]
 * @returns {Promise<string>} where the file is; rejects as the client does
 */
function send(server, input, options = {}, onSent = () => {}) {
  return new Promise((resolve, reject) => {
    const upload = new Upload(/** @type {any} */ (input), {
      endpoint: `${server.url}files/`,
      retryDelays: null,
      metadata: { filename: "From a client.wav", filetype: "audio/wav" },
      onError: reject,
      onSuccess: () => resolve(upload.url ?? ""),
      onProgress: (sent) => onSent(upload, sent),
      ...options,
    });
    upload.start();
  });
}

/**
 * @param {Server} server
 * @param {string} url
 * @param {Buffer} wav
 */
async function expectRecording(server, url, wav) {
  const answer = await server.fetch(url);

  assert.equal(answer.status, 200);
  assert.ok(wav.equals(Buffer.from(await answer.arrayBuffer())));

  const list = await (await server.fetch("recordings")).json();
  const id = url.split("/").at(-1);
  const recording = list.recordings.find(
    (/** @type {{id: string}} */ each) => each.id === id,
  );
  assert.equal(recording.name, "From a client.wav");
  assert.equal(recording.size, BYTES);
}

story("a client of tus uploads a file whole and in pieces", async (stage) => {
  const server = await startServer(stage);
  const wav = makeWav();

  await expectRecording(server, await send(server, wav), wav);
  await expectRecording(
    server,
    await send(server, wav, { chunkSize: MIB }),
    wav,
  );
  await expectRecording(
    server,
    await send(server, wav, { uploadDataDuringCreation: true }),
    wav,
  );
});

story(
  "an upload that was given up goes on in another client",
  async (stage) => {
    const server = await startServer(stage);
    const wav = makeWav();

    const uploadUrl = await new Promise((resolve, reject) => {
      send(server, wav, { chunkSize: MIB }, async (upload, sent) => {
        if (sent >= MIB && upload.url) {
          await upload.abort();
          resolve(upload.url);
        }
      }).catch(reject);
    });
    const head = await server.fetch(uploadUrl, {
      method: "HEAD",
      headers: { "Tus-Resumable": "1.0.0" },
    });
    const offset = Number(head.headers.get("Upload-Offset"));
    assert.ok(offset >= MIB && offset < BYTES, `${offset}`);

    let first = Infinity;
    const url = await send(server, wav, { uploadUrl }, (_, sent) => {
      first = Math.min(first, sent);
    });
    assert.equal(url, uploadUrl);
    assert.ok(first >= offset, "nothing was sent again");
    await expectRecording(server, url, wav);
  },
);

story(
  "parts that are sent side by side become one recording",
  async (stage) => {
    const server = await startServer(stage);
    const wav = makeWav();

    const url = await send(server, wav, { parallelUploads: 3 });
    await expectRecording(server, url, wav);
  },
);

story(
  "a stream of which nobody knows the length is uploaded",
  async (stage) => {
    const server = await startServer(stage);
    const wav = makeWav();

    const url = await send(server, Readable.from([wav]), {
      uploadLengthDeferred: true,
      chunkSize: MIB,
    });
    await expectRecording(server, url, wav);
  },
);

story("what a client ends is gone", async (stage) => {
  const server = await startServer(stage);
  const url = await send(server, makeWav());

  await Upload.terminate(url, { retryDelays: null });
  assert.equal((await server.fetch(url)).status, 404);
});
