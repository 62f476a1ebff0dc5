import { mountDownloadDialog } from "./download-as.js";
import { find } from "./dom.js";
import { mountImport } from "./import.js";
import { mountJobBar } from "./job-bar.js";

/**
 * What the library offers of other formats, and of files.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {import("./dom.js").Messages} options.messages
 * @param {import("./toasts.js").Toasts} options.toasts
 * @param {import("./announcer.js").Announcer} options.announcer
 * @param {object} options.formats
 * @param {Parameters<typeof mountJobBar>[1]["jobs"]} options.formats.jobs
 * @param {() => Promise<boolean>} options.formats.canMakeM4a
 * @param {(row: {id: string, name: string}, format: any) => void} options.formats.make
 * @param {(files: readonly File[]) => void} options.formats.bringIn
 * @param {(id: string) => void} options.onStored downloads as it is stored
 * @param {(error: unknown) => string} options.codeOf
 * @param {AbortSignal} options.signal
 */
export function mountOtherFormats(root, { formats, ...options }) {
  mountImport(find(root, "#view-library", HTMLElement), {
    onFiles: formats.bringIn,
    signal: options.signal,
  });
  mountJobBar(root, { ...options, jobs: formats.jobs });
  const { canMakeM4a, make: onFormat } = formats;
  return mountDownloadDialog(root, { ...options, canMakeM4a, onFormat });
}
