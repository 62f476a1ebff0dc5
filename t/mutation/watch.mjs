/**
 * Sources that write down where they refuse: a suite in which a refusal never
 * comes about cannot miss it.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { extend } from "./sites.mjs";

/** @typedef {import("./sites.mjs").Site} Site */

const declaration = "int wf_watch(const char *site);\n";

/** @param {string} file where it is written to */
const definition = (file) => `
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

int
wf_watch(const char *site)
{
    int  fd, saved = errno;

    fd = open("${file}", O_WRONLY | O_APPEND | O_CREAT, 0666);
    if (fd >= 0) {
        if (write(fd, site, strlen(site)) < 0) {
            /* a suite less that can miss it */
        }
        close(fd);
    }
    errno = saved;
    return 1;
}
`;

/**
 * @param {string} folder of the sources
 * @param {Site[]} sites
 * @param {string} log what is refused while they run, a line for each
 */
export function watch(folder, sites, log) {
  const files = new Set(sites.map(({ file }) => file));

  for (const file of files) {
    const path = `${folder}/${file}`;
    const watched = sites
      .filter((site) => site.file === file)
      .sort((a, b) => b.open - a.open)
      .reduce(
        (text, site) =>
          extend(text, site, `wf_watch("${file}:${site.line}\\n")`),
        readFileSync(path, "utf8"),
      );
    writeFileSync(path, declaration + watched);
  }
  const [first] = [...files].filter((file) => file.startsWith("libwfstore/"));
  const path = `${folder}/${first}`;
  writeFileSync(path, readFileSync(path, "utf8") + definition(log));
}

/**
 * @param {string} log
 * @returns {string[]} FILE:LINE of each site that has refused since it was asked
 *   last
 */
export function readLog(log) {
  const text = readFileSync(log, "utf8");

  writeFileSync(log, "");
  return [...new Set(text.trim().split("\n"))];
}
