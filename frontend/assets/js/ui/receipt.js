import { dateFormat } from "../core/intl.js";
import { makeReceipt } from "../core/receipt.js";
import { find, onPress, setText } from "./dom.js";
import { soundText } from "./sound.js";
import { faultText } from "./toasts.js";
import { toneText } from "./tone.js";

/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {import("../core/receipt.js").Facts} Facts */
/** @typedef {import("../core/receipt.js").Receipt} Receipt */

/**
 * A recording's receipt, which can be printed.
 *
 * @param {HTMLElement} root
 * @param {{messages: Messages, signal: AbortSignal}} options
 */
export function mountReceiptDialog(root, { messages, signal }) {
  const dialog = find(root, "dialog.receipt", HTMLDialogElement);
  const list = find(dialog, "dl", HTMLElement);
  onPress(dialog, ".print", () => globalThis.print(), signal);
  onPress(dialog, ".close", () => dialog.close(), signal);

  return {
    /** @param {Facts} facts */
    open(facts) {
      const name = find(dialog, ".receipt-name", HTMLElement);
      setText(name, facts.name);
      const parts = describeReceipt(messages, facts).flatMap(([term, text]) => {
        const dt = document.createElement("dt");
        const dd = document.createElement("dd");
        setText(dt, messages.text(`receipt.${term}`));
        setText(dd, messages.text("plain.value", { text }));
        return [dt, dd];
      });
      list.replaceChildren(...parts);
      dialog.showModal();
    },
  };
}

/**
 * @param {Messages} messages
 * @param {Facts} facts
 * @returns {[string, string][]} terms (`receipt.<term>`) and what is said of each
 */
export function describeReceipt(messages, facts) {
  const receipt = makeReceipt(facts);
  const { seconds, heardSeconds, copies, parts, sha256 } = receipt;
  const { granted, tone } = facts;
  const unknown = messages.text("receipt.unknown");
  const length = messages.text("receipt.heardOf", {
    heard: messages.clock(heardSeconds),
    whole: messages.clock(seconds),
  });
  return [
    ["made", dateText(messages, facts.timestamp)],
    ["length", length],
    ["events", eventsText(messages, receipt)],
    ["sound", granted ? soundText(messages, granted) : unknown],
    ...(tone ? [toneFact(messages, tone)] : []),
    ["copies", messages.text(`receipt.copies.${copies}`, { count: parts })],
    ["sha256", sha256 ?? unknown],
  ];
}

/**
 * @param {Messages} messages
 * @param {import("./ports.js").Tone} tone
 * @returns {[string, string]}
 */
function toneFact(messages, tone) {
  return ["tone", toneText(messages, tone)];
}

/**
 * Not "today": a receipt is read on other days.
 *
 * @param {Messages} messages
 * @param {number} at
 */
function dateText({ locale }, at) {
  const options = /** @type {const} */ ({
    dateStyle: "long",
    timeStyle: "medium",
  });
  return dateFormat(locale, options).format(at);
}

/**
 * @param {Messages} messages
 * @param {Receipt} receipt
 */
function eventsText(messages, receipt) {
  const { gaps, pauses, interruptions, interruptedSeconds } = receipt;
  const time = messages.clock(interruptedSeconds);
  const gone = { count: interruptions, time };
  return [
    messages.text("receipt.gaps", { count: gaps }),
    messages.text("receipt.pauses", { count: pauses }),
    ...(gone.count ? [messages.text("receipt.interruptions", gone)] : []),
    ...receipt.faults.map(({ code, count }) =>
      messages.text("receipt.fault", {
        count,
        reason: faultText(messages, code),
      }),
    ),
  ].join(" · ");
}
