/**
 * What recording needs of the browser, and what is missing here.
 *
 * @param {object} scope the global object
 * @returns {string[]} `missing.<code>` has the fix in words
 */
export function missingCapabilities(scope) {
  const { isSecureContext, AudioWorkletNode, navigator } = /** @type {any} */ (
    scope
  );
  if (!isSecureContext) {
    return ["secureContext"];
  }
  const missing = [];
  if (typeof AudioWorkletNode !== "function") {
    missing.push("audioWorklet");
  }
  if (typeof navigator?.storage?.getDirectory !== "function") {
    missing.push("opfs");
  }
  if (typeof navigator?.mediaDevices?.getUserMedia !== "function") {
    missing.push("microphone");
  }
  return missing;
}
