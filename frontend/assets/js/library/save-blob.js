/**
 * Files that are handed to the browser.
 *
 * @module
 */

/** How long a browser may take to write a download to where it goes. */
export const SAVING_MS = 10 * 60_000;

/**
 * Nobody tells when a download is over: after a while it is.
 *
 * @param {Blob} blob
 * @param {string} name
 * @param {() => void} onSaved
 */
export function saveBlob(blob, name, onSaved) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
    onSaved();
  }, SAVING_MS);
}
