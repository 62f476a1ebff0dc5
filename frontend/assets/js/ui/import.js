import { find, onPress } from "./dom.js";

/**
 * Files for the library: by a button, or dropped on it. A file that is dropped
 * anywhere else does not take the page's place.
 *
 * @param {HTMLElement} root the library
 * @param {object} options
 * @param {(files: readonly File[]) => void} options.onFiles
 * @param {AbortSignal} options.signal
 */
export function mountImport(root, { onFiles, signal }) {
  const field = find(root, ".import-files", HTMLInputElement);
  const zone = find(root, ".drop-zone", HTMLElement);
  onPress(root, ".import", () => field.click(), signal);
  field.addEventListener(
    "change",
    () => {
      onFiles([...(field.files ?? [])]);
      field.value = "";
    },
    { signal },
  );

  /** @param {DragEvent} event */
  function over(event) {
    const { dataTransfer } = event;
    if (dataTransfer?.types.includes("Files")) {
      event.preventDefault();
      const isHere = !root.hidden;
      zone.hidden = !isHere;
      dataTransfer.dropEffect = isHere ? "copy" : "none";
    }
  }

  /** @param {DragEvent} event */
  function drop(event) {
    if (event.dataTransfer?.types.includes("Files")) {
      event.preventDefault();
      zone.hidden = true;
      const files = [...event.dataTransfer.files];
      if (!root.hidden) {
        onFiles(files);
      }
    }
  }

  /** @param {DragEvent} event */
  function leave({ relatedTarget }) {
    zone.hidden ||= relatedTarget === null;
  }
  document.addEventListener("dragenter", over, { signal });
  document.addEventListener("dragover", over, { signal });
  document.addEventListener("dragleave", leave, { signal });
  document.addEventListener("drop", drop, { signal });
}
