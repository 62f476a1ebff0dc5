/**
 * @tus/server, keeping uploads in files: `node server.mjs PORT FOLDER PROCESSES`.
 */
import cluster from "node:cluster";
import { mkdirSync } from "node:fs";
import { FileStore } from "@tus/file-store";
import { Server } from "@tus/server";

const [port, folder, processes] = process.argv.slice(2);

if (cluster.isPrimary) {
  mkdirSync(folder, { recursive: true });
  for (let i = 0; i < Number(processes); i++) {
    cluster.fork();
  }
  process.on("SIGTERM", () => {
    for (const worker of Object.values(cluster.workers)) {
      worker.kill();
    }
    process.exit();
  });
} else {
  const server = new Server({
    path: "/files",
    datastore: new FileStore({ directory: folder }),
  });
  server.listen({ host: "127.0.0.1", port: Number(port) });
}
