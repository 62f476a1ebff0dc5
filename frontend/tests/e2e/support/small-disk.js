/** A disk of a few megabytes, to be filled up: a tmpfs, for which one must be root. */
import { execFileSync } from "node:child_process";
import { open, rm } from "node:fs/promises";
import path from "node:path";
import process from "node:process";

/** Why a story with such a disk is left out; false: it is told. */
export const noSmallDisk =
  process.getuid?.() === 0 ? false : "only root may mount a small disk";

/** Pieces that are written to fill it: large ones first, then what fits. */
const PIECES = [1 << 20, 4096];

/** @param {string} file */
async function fillUp(file) {
  const handle = await open(file, "a");
  for (const bytes of PIECES) {
    const piece = Buffer.alloc(bytes);
    for (let written = bytes; written === bytes;) {
      written = await handle
        .write(piece)
        .then(({ bytesWritten }) => bytesWritten, whenFull);
    }
  }
  await handle.close();
}

/** @param {NodeJS.ErrnoException} error @returns {number} bytes written */
function whenFull(error) {
  if (error.code === "ENOSPC") {
    return 0;
  }
  throw error;
}

/** @param {string} folder */
function unmount(folder) {
  execFileSync("umount", ["--lazy", folder]);
}

/**
 * @param {import("./story.js").Stage} stage
 * @param {number} megabytes
 */
export async function mountSmallDisk(stage, megabytes) {
  const folder = await stage.folder("disk");
  const size = `size=${megabytes}m,mode=0700`;
  execFileSync("mount", ["-t", "tmpfs", "-o", size, "tmpfs", folder]);
  stage.add({
    name: folder,
    end: async () => unmount(folder),
    endNow: () => unmount(folder),
    log: () => "",
  });
  const filler = path.join(folder, "filler");
  return {
    folder,

    /** Takes all that is free. */
    fill: () => fillUp(filler),

    /** Gives it back. */
    free: () => rm(filler),
  };
}
