import { CHUNK_SIZES } from "../core/chunk-size.js";
import { mountDeviceCard } from "./device-card.js";
import { mountChoiceCheck, mountChoiceList } from "./choice-field.js";
import { find, listen, onPress } from "./dom.js";
import { preRollOptions } from "./pre-roll.js";
import { mountUploadLimit } from "./upload-limit.js";

/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {import("./choices.js").Choices} Choices */
/** @typedef {import("./choice-field.js").Option} Option */
/** @typedef {import("../core/chunk-size.js").ServerSizes} ServerSizes */

/** What is set here and goes back to what it is by itself; of sound the preset. */
const SET_HERE = /** @type {const} */ ([
  "language",
  "theme",
  "sound",
  "preRoll",
  "chunkSize",
  "uploadLimit",
  "singleKeys",
]);

/**
 * @typedef {object} OwnParts
 * @property {Messages} messages
 * @property {Choices} choices
 * @property {{config: () => Promise<ServerSizes>}} server
 * @property {EventTarget & {online: boolean | null}} reachability
 * @property {Pick<import("./toasts.js").Toasts, "show">} toasts
 * @property {AbortSignal} signal
 */

/** @typedef {OwnParts & import("./device-card.js").DeviceParts} SettingsParts */

/**
 * What a person may set, in one place; each also where else it is set.
 *
 * @param {HTMLElement} root
 * @param {SettingsParts} parts
 */
export function mountSettingsView(root, parts) {
  const { messages, choices, toasts, signal } = parts;
  mountDeviceCard(root, parts);
  mountLists(root, parts);
  mountChunkSize(root, parts);
  mountUploadLimit(root, { ...parts, choice: choices.uploadLimit });
  const keys = find(root, "#set-keys", HTMLInputElement);
  mountChoiceCheck(keys, { choice: choices.singleKeys, signal });
  onPress(
    root,
    ".set-defaults",
    () => {
      const undo = reset(choices);
      toasts.show({
        text: messages.text("set.isDefault"),
        action: messages.text("action.undo"),
        onAction: undo,
      });
    },
    signal,
  );
}

/**
 * @param {Choices} choices
 * @returns {() => void} brings back what was chosen
 */
export function reset(choices) {
  const here = { ...choices, sound: presetOf(choices.sound) };
  const before = SET_HERE.map((name) => here[name].value);
  SET_HERE.forEach((name) => void here[name].choose(null));
  return () =>
    SET_HERE.forEach((name, index) => void here[name].choose(before[index]));
}

/** @param {HTMLElement} root @param {SettingsParts} parts */
function mountLists(root, { messages, choices, signal }) {
  /** @param {string} key @returns {(value: string) => Option} */
  const option = (key) => (value) => ({
    value,
    text: messages.text(`set.${key}.${value || "own"}`),
  });
  const { language, theme, preRoll } = choices;
  const sound = presetOf(choices.sound);
  const lists = /** @type {const} */ ({
    "#set-language": [language, () => ["", "de", "en"].map(option("language"))],
    "#set-theme": [theme, () => ["", "light", "dark"].map(option("theme"))],
    "#set-sound": [
      sound,
      () =>
        ["voice", "music", "unprocessed"].map((value) => ({
          value,
          text: messages.text(`sound.${value}`),
        })),
    ],
    "#set-pre-roll": [preRoll, () => preRollOptions(messages)],
  });
  for (const [place, [choice, options]] of Object.entries(lists)) {
    const select = find(root, place, HTMLSelectElement);
    mountChoiceList(select, { choice, options, messages, signal });
  }
}

/**
 * The preset alone, of all that is wished of a microphone.
 *
 * @param {Choices["sound"]} sound
 */
function presetOf(sound) {
  return {
    changes: sound.changes,
    get value() {
      return sound.value.preset;
    },
    /** @param {unknown} preset */
    choose: (preset) => sound.choose({ ...sound.value, preset }),
  };
}

/**
 * What the server takes is asked when it is there.
 *
 * @param {HTMLElement} root
 * @param {SettingsParts} parts
 */
function mountChunkSize(root, { messages, choices, signal, ...parts }) {
  const { server, reachability } = parts;
  const { chunkSize: choice } = choices;
  /** @type {ServerSizes | null} */
  let sizes = null;
  const list = mountChoiceList(find(root, "#set-chunk", HTMLSelectElement), {
    choice,
    options: () => chunkOptions(messages, sizes, choice.value),
    messages,
    signal,
  });
  async function ask() {
    if (reachability.online && sizes === null) {
      sizes = await server.config().catch(() => null);
      list.write();
    }
  }
  listen(reachability, "changed", ask, signal);
  listen(choice.changes, "changed", list.write, signal);
  void ask();
}

/**
 * @param {Messages} messages
 * @param {ServerSizes | null} sizes
 * @param {number | null} chosen stays in the list, whatever the server takes
 * @returns {Option[]}
 */
export function chunkOptions(messages, sizes, chosen) {
  const most = sizes?.max_chunk_size ?? 0;
  const fit = CHUNK_SIZES.filter((size) => size <= most || size === chosen);
  const size = sizes && messages.bytes(Math.min(sizes.chunk_size, most));
  const own = size
    ? messages.text("set.chunk.advised", { size })
    : messages.text("set.chunk.own");
  return [
    { value: "", text: own },
    ...fit.map((bytes) => ({
      value: String(bytes),
      text: messages.text("plain.value", { text: messages.bytes(bytes) }),
    })),
  ];
}
