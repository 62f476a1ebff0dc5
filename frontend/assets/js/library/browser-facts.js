/**
 * What a fault may have to do with, of the browser and what it gives this page.
 *
 * @module
 */

/** @type {Readonly<Record<string, (scope: any) => boolean>>} */
const CAPABILITIES = Object.freeze({
  secureContext: ({ isSecureContext }) => isSecureContext === true,
  microphone: ({ navigator }) => Boolean(navigator.mediaDevices?.getUserMedia),
  audioWorklet: ({ AudioWorkletNode }) => Boolean(AudioWorkletNode),
  audioEncoder: ({ AudioEncoder }) => Boolean(AudioEncoder),
  privateFiles: ({ navigator }) => Boolean(navigator.storage?.getDirectory),
  writableFiles: ({ FileSystemFileHandle }) =>
    Boolean(FileSystemFileHandle?.prototype.createWritable),
  savePicker: ({ showSaveFilePicker }) => Boolean(showSaveFilePicker),
  locks: ({ navigator }) => Boolean(navigator.locks),
  wakeLock: ({ navigator }) => Boolean(navigator.wakeLock),
  serviceWorker: ({ navigator }) => Boolean(navigator.serviceWorker),
  runsFromServiceWorker: ({ navigator }) =>
    Boolean(navigator.serviceWorker?.controller),
});

/** @param {any} scope the global object */
export async function readBrowserFacts(scope) {
  const { navigator, innerWidth, innerHeight, devicePixelRatio } = scope;
  const { storage } = navigator;
  const [estimate, persisted] = await Promise.all([
    storage?.estimate?.().catch(() => null),
    storage?.persisted?.().catch(() => null),
  ]);
  return {
    browser: {
      userAgent: navigator.userAgent,
      languages: [...navigator.languages],
      processors: navigator.hardwareConcurrency,
      window: { width: innerWidth, height: innerHeight, devicePixelRatio },
      online: navigator.onLine,
    },
    capabilities: Object.fromEntries(
      Object.entries(CAPABILITIES).map(([name, has]) => [name, has(scope)]),
    ),
    storage: {
      quotaBytes: estimate?.quota ?? null,
      usageBytes: estimate?.usage ?? null,
      persisted: persisted ?? null,
    },
  };
}
