/**
 * A web server that has a folder, below a path, and whatever else a test wants
 * to be answered in its own way.
 */
import { readFile } from "node:fs/promises";
import http from "node:http";
import path from "node:path";

/** @type {Record<string, string>} */
const TYPES = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".webmanifest": "application/manifest+json",
};

/**
 * @typedef {object} FolderServer
 * @property {string} url of the folder
 * @property {() => Promise<void>} stop nothing answers any more
 */

/**
 * @param {import("./story.js").Stage} stage
 * @param {string} folder
 * @param {string} [base] path that the folder lies at
 * @param {(request: http.IncomingMessage, response: http.ServerResponse) => boolean} [answer]
 *   true if it answers, or does not on purpose
 * @returns {Promise<FolderServer>}
 */
export async function serveFolder(
  stage,
  folder,
  base = "/",
  answer = () => false,
) {
  const server = http.createServer(async (request, response) => {
    if (answer(request, response)) {
      return;
    }
    const { pathname } = new URL(request.url ?? "", "http://localhost");
    const name = pathname.slice(base.length) || "index.html";
    const isBelow = pathname.startsWith(base) && !name.includes("..");
    const body = isBelow
      ? await readFile(path.join(folder, name)).catch(() => null)
      : null;
    const type = TYPES[path.extname(name)] ?? "application/octet-stream";
    response.writeHead(body === null ? 404 : 200, { "Content-Type": type });
    response.end(body ?? "");
  });
  await new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(null));
  });
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const stopNow = () => {
    server.close();
    server.closeAllConnections();
  };
  const stop = async () => stopNow();
  stage.add({ name: "folder", end: stop, endNow: stopNow, log: () => "" });
  return { url: `http://localhost:${port}${base}`, stop };
}
