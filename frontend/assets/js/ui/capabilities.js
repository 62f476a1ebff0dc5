/**
 * What each part of recording needs of the browser.
 *
 * @type {Readonly<Record<string, (scope: any) => boolean>>}
 */
const NEEDS = Object.freeze({
  audioWorklet: ({ AudioWorkletNode }) =>
    typeof AudioWorkletNode === "function",
  storage: ({ navigator, indexedDB }) =>
    typeof navigator.storage?.getDirectory === "function" ||
    typeof indexedDB === "object",
  microphone: ({ navigator }) =>
    typeof navigator.mediaDevices?.getUserMedia === "function",
});

/**
 * What recording needs and does not find here. Without a secure context all of
 * it is missing, for that one reason.
 *
 * @param {object} scope the global object
 * @returns {string[]} `missing.<code>` has the fix in words
 */
export function missingCapabilities(scope) {
  if (!Reflect.get(scope, "isSecureContext")) {
    return ["secureContext"];
  }
  return Object.keys(NEEDS).filter((code) => !NEEDS[code](scope));
}

/**
 * Whether takes can be small; without it they are lossless.
 *
 * @param {object} scope the global object
 */
export function canEncode(scope) {
  return typeof Reflect.get(scope, "AudioEncoder") === "function";
}
