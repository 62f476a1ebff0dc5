import { codeOf } from "../core/errors.js";
import { readChoices } from "./choices.js";
import { find, onPress, setAttribute } from "./dom.js";
import { mountEraseDialog } from "./erase-dialog.js";
import { readLibraryChoices } from "./library-choices.js";
import { mountZipBar, today } from "./zip-bar.js";

/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {import("./choices.js").Choices} Choices */

/**
 * @typedef {object} Holdings what is on this device
 * @property {number} here recordings that can be taken along
 * @property {number} running takes
 * @property {number} onlyHere recordings, and takes
 * @property {number} unheard changes that the server has yet to hear of
 * @property {number} trashed recordings that could be restored
 */

/**
 * What concerns all that is on this device.
 *
 * @typedef {object} DeviceCare
 * @property {(file: {name: string, preferences: object}) => Promise<void>} saveDiagnostics
 * @property {() => Promise<Holdings>} holdings
 * @property {() => Promise<void>} demandRest rejects where it cannot be erased now
 * @property {() => Promise<void>} erase
 */

/** @typedef {{count: number, leftOut: readonly {reason: string}[]}} Exported */
/** @typedef {Parameters<import("./ports.js").Zip["save"]>[1]} ZipRun */

/**
 * @typedef {object} DeviceParts
 * @property {Messages} messages
 * @property {import("./ports.js").Preferences} preferences
 * @property {import("./toasts.js").Toasts} toasts
 * @property {import("./announcer.js").Announcer} announcer
 * @property {DeviceCare} care
 * @property {{saveAll: (run: ZipRun) => Promise<Exported>}} zip
 * @property {AbortSignal} signal
 */

/**
 * What can be done with all that is on this device.
 *
 * @param {HTMLElement} root
 * @param {DeviceParts} parts
 */
export function mountDeviceCard(root, parts) {
  const { messages, toasts, care, signal } = parts;

  async function saveDiagnostics() {
    try {
      const title = messages.text("device.diagnosticsName", { date: today() });
      const preferences = await readPreferences(parts);
      await care.saveDiagnostics({ name: `${title}.json`, preferences });
      toasts.show({ text: messages.text("device.diagnosticsDone") });
    } catch (error) {
      toasts.fault(codeOf(error, "UNKNOWN"));
    }
  }

  onPress(root, ".save-diagnostics", () => void saveDiagnostics(), signal);
  const exporting = mountExport(root, parts);
  onPress(root, ".export-all", () => void exporting.start(), signal);
  mountErasing(root, { ...parts, exporting });
}

/**
 * @param {HTMLElement} root
 * @param {DeviceParts & {exporting: ReturnType<typeof mountExport>}} parts
 */
function mountErasing(root, { exporting, ...parts }) {
  const { toasts, care, signal } = parts;
  const dialog = mountEraseDialog(document.body, {
    ...parts,
    onErase: care.erase,
    onExport: () => void exporting.start(),
    codeOf: (error) => codeOf(error, "UNKNOWN"),
  });

  async function ask() {
    if (exporting.isBusy) {
      return toasts.fault("ERASE_DURING_ZIP");
    }
    try {
      await care.demandRest();
      dialog.open(await care.holdings());
    } catch (error) {
      toasts.fault(codeOf(error, "UNKNOWN"));
    }
  }

  onPress(root, ".erase-device", () => void ask(), signal);
}

/**
 * @param {HTMLElement} root
 * @param {DeviceParts} parts
 */
function mountExport(root, { zip, care, ...parts }) {
  const { messages, toasts } = parts;
  const button = find(root, ".export-all", HTMLButtonElement);
  /** @type {Exported | null} */
  let exported = null;
  const bar = mountZipBar(root, {
    ...parts,
    zip: {
      async save(_ids, run) {
        exported = await zip.saveAll(run);
        return exported.count;
      },
    },
    doneText: (count) => exportedText(messages, exported ?? { count }),
    // What has the focus keeps it.
    onChange: () =>
      setAttribute(button, "aria-disabled", bar.isBusy ? "true" : null),
  });
  return {
    get isBusy() {
      return bar.isBusy;
    },

    async start() {
      if (bar.isBusy) {
        return;
      }
      const { here, running } = await care.holdings();
      if (here > 0) {
        await bar.make([]);
      } else {
        const key = running > 0 ? "device.onlyRunning" : "device.none";
        toasts.show({ text: messages.text(key) });
      }
    },
  };
}

/**
 * @param {Messages} messages
 * @param {{count: number, leftOut?: Exported["leftOut"]}} exported
 */
export function exportedText(messages, { count, leftOut = [] }) {
  /** @param {string} reason @param {string} key */
  const left = (reason, key) => {
    const number = leftOut.filter((one) => one.reason === reason).length;
    return number > 0 ? [messages.text(key, { count: number })] : [];
  };
  return [
    messages.text("zip.done", { count }),
    ...left("still being recorded", "device.leftRunning"),
    ...left("only on the server", "device.leftServer"),
    ...left("cannot be read", "device.leftUnreadable"),
  ].join(" ");
}

/** @param {Pick<DeviceParts, "preferences">} parts */
async function readPreferences({ preferences }) {
  const end = new AbortController();
  const { signal } = end;
  const languages = ["de", "en"];
  try {
    const options = { languages, signal };
    const choices = await readChoices(preferences, options);
    const more = await readLibraryChoices(preferences);
    return describeChoices({ ...choices, ...more });
  } finally {
    end.abort();
  }
}

/**
 * Choices as those who look for a fault need them. Each is named: what is chosen of
 * what people named themselves stays here.
 *
 * @param {Choices & import("./library-choices.js").LibraryChoices} choices
 */
export function describeChoices(choices) {
  const { preset, channels, deviceId } = choices.sound.value;
  return {
    language: choices.language.value,
    theme: choices.theme.value,
    singleKeys: choices.singleKeys.value,
    sound: { preset, channels, isMicrophoneChosen: deviceId !== null },
    preRoll: choices.preRoll.value,
    uploadLimit: choices.uploadLimit.value,
    chunkSize: choices.chunkSize.value,
    wanted: choices.wanted,
    format: choices.format,
    tone: choices.tone,
    hasCountIn: choices.hasCountIn,
    stopAfter: choices.stopAfter,
    playback: choices.playback,
    rememberedPositions: choices.positions.length,
    librarySort: choices.librarySort,
  };
}
