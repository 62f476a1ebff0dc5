/** A recording that nobody had to make. */

/**
 * Runs in the page: puts a finished recording on the device, noise in a WAV.
 *
 * @param {object} what
 * @param {string} what.id
 * @param {string} what.name
 * @param {number} what.bytes
 * @param {"server" | "device"} [what.wanted] to the server it goes by itself
 */
export async function putRecording({ id, name, bytes, wanted = "server" }) {
  const frames = (bytes - 44) / 2;
  const file = new DataView(new ArrayBuffer(bytes));
  const words = ["RIFF", bytes - 8, "WAVEfmt ", 16, 0x10001, 48_000, 96_000];
  let at = 0;
  for (const word of [...words, 0x100002, "data", frames * 2]) {
    if (typeof word === "number") {
      file.setUint32(at, word, true);
      at += 4;
    } else {
      [...word].forEach((c) => file.setUint8(at++, c.charCodeAt(0)));
    }
  }
  for (; at < bytes; at += 65_536) {
    const most = Math.min(65_536, bytes - at);
    crypto.getRandomValues(new Uint8Array(file.buffer, at, most));
  }
  const root = await navigator.storage.getDirectory();
  const takes = await root.getDirectoryHandle("takes", { create: true });
  const folder = await takes.getDirectoryHandle(id, { create: true });
  const handle = await folder.getFileHandle("audio.webm", { create: true });
  const stream = await handle.createWritable();
  await stream.write(file.buffer);
  await stream.close();

  const module = new URL("assets/js/library/database.js", document.baseURI);
  const { openDatabase } = await import(module.href);
  await (
    await openDatabase()
  ).recordings.put({
    id,
    name,
    timestamp: Date.now(),
    durationMs: frames / 48,
    sizeBytes: bytes,
    mimeType: "audio/wav",
    sha256: null,
    peaks: null,
    place: "device",
    state: "finished",
    uploaded: null,
    wanted,
    gaps: 0,
    granted: null,
  });
}

/**
 * Runs in the page.
 *
 * @returns {Promise<string[]>} what is there of takes and of what is being made
 */
export async function foldersOfTakes() {
  const root = await navigator.storage.getDirectory();
  const takes = await root.getDirectoryHandle("takes", { create: true });
  const names = [];
  for await (const name of takes.keys()) {
    names.push(name);
  }
  return names.sort();
}

/** Runs in a page without the studio: what a browser does that cannot read it. */
export function loseDatabase() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase("waveforge");
    request.onsuccess = resolve;
    request.onerror = reject;
  });
}

/**
 * Runs in the page.
 *
 * @param {string} id
 * @returns {Promise<string[]>} names of what lies there
 */
export async function filesOfTake(id) {
  const root = await navigator.storage.getDirectory();
  const takes = await root.getDirectoryHandle("takes");
  const folder = await takes.getDirectoryHandle(id);
  const names = [];
  for await (const name of folder.keys()) {
    names.push(name);
  }
  return names;
}

/**
 * Puts small recordings on the device that stay there, and has the library list
 * them by name.
 *
 * @param {import("./studio.js").Studio} studio that shows the library
 * @param {readonly string[]} names
 */
export async function putNamed(studio, names) {
  const { page } = studio;
  for (const name of names) {
    const wanted = /** @type {const} */ ("device");
    await page.evaluate(putRecording, { id: name, name, bytes: 1004, wanted });
    await studio.row(name).waitFor();
  }
  await page
    .getByRole("combobox", { name: "Order" })
    .selectOption("Name, A to Z");
}
