import { listFormat } from "../core/intl.js";
import { wishedAmong } from "../core/microphones.js";
import { PRESETS, PROCESSING, differences } from "../core/presets.js";
import { find, listen, setText } from "./dom.js";

/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {import("./ports.js").Granted} Granted */
/** @typedef {import("./ports.js").SoundWishes} SoundWishes */
/** @typedef {import("../core/microphones.js").Device} Device */

const STEREO = 2;

/**
 * Which microphone, which sound and how many channels are wished for; and what
 * the browser has granted of it.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {Messages} options.messages
 * @param {import("./choice.js").Choice<SoundWishes>} options.choice
 * @param {() => Promise<Device[]>} options.listDevices
 * @param {AbortSignal} options.signal
 */
export function mountSound(root, options) {
  const { messages, listDevices, choice, signal } = options;
  const device = find(root, "#device", HTMLSelectElement);
  const preset = find(root, "#preset", HTMLSelectElement);
  const channels = find(root, "#channels", HTMLSelectElement);
  const line = find(root, ".granted", HTMLElement);
  /** @type {Device[]} */
  let devices = [];
  let inputs = STEREO;

  function choose() {
    void choice.choose({
      preset: presetNamed(preset.value) ?? choice.value.preset,
      ...chosenAmong(devices, device.value, choice.value),
      ...channelsNamed(channels.value),
    });
  }

  function write() {
    const wishes = choice.value;
    writeOptions(device, deviceChoices(messages, devices, wishes));
    const there = wishedAmong(devices, wishes);
    device.value = there?.id ?? wishes.deviceId ?? "";
    preset.value = wishes.preset;
    writeOptions(channels, channelChoices(messages, inputs, wishes.input));
    channels.value = nameOfChannels(wishes);
  }

  let asked = 0;

  /** Looks again which microphones there are; the last answer counts. */
  async function readDevices() {
    const turn = ++asked;
    const found = await listDevices().catch(() => devices);
    if (turn === asked) {
      devices = found;
      write();
    }
  }

  for (const select of [device, preset, channels]) {
    select.addEventListener("change", choose, { signal });
  }
  listen(choice.changes, "changed", write, signal);
  void readDevices();

  return {
    readDevices,
    /** @param {Granted | null} granted @param {boolean} isFixed */
    update(granted, isFixed) {
      inputs = granted?.inputs ?? STEREO;
      write();
      for (const select of [device, preset, channels]) {
        select.disabled = isFixed;
      }
      line.hidden = granted === null;
      setText(
        line,
        granted ? grantedText(messages, granted, choice.value) : "",
      );
    },
  };
}

/**
 * @param {unknown} name
 * @returns {SoundWishes["preset"] | null}
 */
export function presetNamed(name) {
  const names = /** @type {SoundWishes["preset"][]} */ (Object.keys(PRESETS));
  return names.find((each) => each === name) ?? null;
}

/**
 * The microphone that is chosen, with its name as long as that is known.
 *
 * @param {readonly Device[]} devices
 * @param {string} id  empty: the default one
 * @param {Pick<SoundWishes, "deviceId" | "label">} before
 */
export function chosenAmong(devices, id, { deviceId, label }) {
  const known = id === deviceId ? label : null;
  const there = devices.find((each) => each.id === id);
  return id === ""
    ? { deviceId: null, label: null }
    : { deviceId: id, label: there?.label || known };
}

/**
 * Microphones to choose from, the default one first, one that is wished for and
 * not there last. Before the permission no browser tells which are there.
 *
 * @param {Messages} messages
 * @param {readonly Device[]} devices
 * @param {Pick<SoundWishes, "deviceId" | "label">} wishes
 * @returns {Device[]}
 */
export function deviceChoices(messages, devices, wishes) {
  const known = devices.filter(({ id }) => id !== "");
  const named = known.map(({ id, label }, index) => ({
    id,
    label: label
      ? messages.text("plain.value", { text: label })
      : messages.text("microphone.nth", { number: index + 1 }),
  }));
  const { deviceId, label: name } = wishes;
  const chosen = name
    ? messages.text("plain.value", { text: name })
    : messages.text("microphone.chosen");
  const isTold = known.length === devices.length;
  return [
    { id: "", label: messages.text("microphone.unnamed") },
    ...named,
    ...(deviceId !== null && !wishedAmong(known, wishes)
      ? [
          {
            id: deviceId,
            label: isTold
              ? messages.text("microphone.away", { name: chosen })
              : chosen,
          },
        ]
      : []),
  ];
}

/**
 * How many channels to choose from, and which input alone.
 *
 * @param {Messages} messages
 * @param {number} inputs  that the microphone is known to have
 * @param {number | null} wished
 * @returns {Device[]}
 */
export function channelChoices(messages, inputs, wished) {
  const count = Math.max(inputs, wished ?? 0);
  const each = Array.from({ length: count }, (_, i) => i + 1);
  return [
    { id: "", label: messages.text("sound.usual") },
    { id: "1", label: messages.text("sound.mono") },
    { id: "2", label: messages.text("sound.stereo") },
    ...each.map((input) => ({
      id: nameOfChannels({ channels: null, input }),
      label: messages.text("sound.input", { number: input }),
    })),
  ];
}

/** @param {Pick<SoundWishes, "channels" | "input">} wishes */
function nameOfChannels({ channels, input }) {
  return input ? `input-${input}` : String(channels ?? "");
}

/** @param {string} name */
function channelsNamed(name) {
  const [, input] = name.split("-");
  return input
    ? { channels: null, input: Number(input) }
    : { channels: Number(name) || null, input: null };
}

/**
 * What the microphone gives, and what of it is not as it was wished.
 *
 * @param {Messages} messages
 * @param {Granted} granted
 * @param {SoundWishes} wishes
 */
export function grantedText(messages, granted, { preset, input }) {
  const text = soundText(messages, granted);
  const different = namesOf(messages, differences(preset, granted));
  const isOther = input !== null && granted.input !== input;
  const names = [
    ...different,
    ...(isOther ? [inputText(messages, input)] : []),
  ];
  return names.length > 0
    ? messages.text("granted.differs", { text, list: listed(messages, names) })
    : messages.text("plain.value", { text });
}

/**
 * Microphone, rate, channels, and what is done to its sound.
 *
 * @param {Messages} messages
 * @param {Granted} granted
 */
export function soundText(messages, granted) {
  const { label, sampleRate } = granted;
  const given = PROCESSING.filter((name) => granted[name]);
  return [
    label || messages.text("microphone.unnamed"),
    ...(sampleRate ? [`${messages.number(sampleRate / 1000)} kHz`] : []),
    ...channelsTexts(messages, granted),
    given.length > 0
      ? listed(messages, namesOf(messages, given))
      : messages.text("granted.raw"),
  ].join(", ");
}

/** @param {Messages} messages @param {Granted} granted */
function channelsTexts(messages, { channelCount = 1, input }) {
  if (channelCount === STEREO && !input) {
    return [messages.text("microphone.stereo")];
  }
  const count = input ? 1 : channelCount;
  return [
    messages.text("microphone.channels", { count }),
    ...(input ? [inputText(messages, input)] : []),
  ];
}

/** @param {Messages} messages @param {number} number */
function inputText(messages, number) {
  return messages.text("granted.input", { number });
}

/** @param {Messages} messages @param {readonly string[]} names */
function namesOf(messages, names) {
  return names.map((name) => messages.text(`granted.${name}`));
}

/** @param {Messages} messages @param {readonly string[]} texts */
function listed({ locale }, texts) {
  return listFormat(locale, { type: "conjunction" }).format(texts);
}

/** @param {HTMLSelectElement} select @param {readonly Device[]} choices */
function writeOptions(select, choices) {
  while (select.options.length > choices.length) {
    select.options[choices.length].remove();
  }
  choices.forEach(({ id, label }, index) => {
    const option = select.options[index] ?? document.createElement("option");
    if (!option.parentNode) {
      select.append(option);
    }
    if (option.value !== id || !option.hasAttribute("value")) {
      option.value = id;
    }
    setText(option, label);
  });
}
