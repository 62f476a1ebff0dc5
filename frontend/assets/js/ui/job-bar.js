import { listFormat } from "../core/intl.js";
import { find, listen, onPress, setAttribute, setText } from "./dom.js";
import { signInOffer } from "./sign-in.js";
import { faultText } from "./toasts.js";

/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {{kind: "export" | "import", name: string, format?: string}} Job */

/** @typedef {{job: Job, error: unknown}} Fault */

const SHUT_OUT = "UNAUTHORIZED";

/** So many files are named of those that one reason kept out. */
const MOST_NAMES = 3;

/** @type {Readonly<Record<string, string>>} */
const MADE_OF_SOUND = Object.freeze({
  "audio/webm": "webm",
  "audio/wav": "wav",
  "audio/flac": "flac",
  "audio/mpeg": "mp3",
  "audio/mp4": "m4a",
});

/**
 * What is being made or brought in: how far it is, what waits behind it, and the
 * word that calls it off. What came of it is told as a message, or said.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {Messages} options.messages
 * @param {EventTarget & {current: {job: Job, fraction: number, waiting: number} | null, cancel: () => void}} options.jobs
 * @param {import("./toasts.js").Toasts} options.toasts
 * @param {import("./announcer.js").Announcer} options.announcer
 * @param {(error: unknown) => string} options.codeOf
 * @param {AbortSignal} options.signal
 */
export function mountJobBar(root, options) {
  const { messages, jobs, toasts, announcer, codeOf, signal } = options;
  const bar = find(root, ".job-bar", HTMLElement);
  const text = find(bar, ".job-bar-text", HTMLElement);
  const meter = find(bar, "progress", HTMLProgressElement);
  let closeLast = () => {};
  onPress(bar, ".cancel", () => jobs.cancel(), signal);

  function render() {
    const { current } = jobs;
    const hadFocus = bar.contains(document.activeElement);
    bar.hidden = current === null;
    if (bar.hidden && hadFocus) {
      find(root, "#library-title", HTMLElement).focus();
    }
    if (current) {
      const { job, fraction, waiting } = current;
      const percent = messages.percent(fraction);
      const words = messages.text(`job.${job.kind}`, {
        name: job.name,
        format: messages.text(`as.${job.format ?? "stored"}`),
        percent,
      });
      const more = messages.text("job.waiting", { count: waiting });
      setText(text, waiting > 0 ? `${words} ${more}` : words);
      meter.value = fraction;
      setAttribute(meter, "aria-valuetext", percent);
    }
  }

  /** @param {{job: Job, count: number}} news */
  function tellBegun({ job: { kind, name, format }, count }) {
    const made = messages.text(`as.${format ?? "stored"}`);
    const values = { name, count, format: made };
    announcer.say(messages.text(`job.${kind}Begun`, values));
  }

  /** @param {{job: Job}} news */
  function tellCancelled({ job }) {
    announcer.say(messages.text(`job.${job.kind}Cancelled`));
  }

  /** @param {{faults: readonly Fault[]}} news */
  function tellFaults({ faults }) {
    const words = faultsText(messages, faults, codeOf);
    const isShutOut = faults.some(({ error }) => codeOf(error) === SHUT_OUT);
    const offer = isShutOut ? signInOffer(messages) : {};
    toasts.show({ text: words, isUrgent: true, ms: Infinity, ...offer });
  }

  /** @param {{job: Job, result: any}} news */
  function tellDone({ job: { kind, name, format }, result }) {
    const isPart = kind === "import" && !result.isWhole;
    const made = isPart ? MADE_OF_SOUND[result.mimeType] : format;
    const values = { name, format: messages.text(`as.${made ?? "stored"}`) };
    const key = isPart ? "job.importSound" : `job.${kind}Done`;
    closeLast();
    closeLast = toasts.show({ text: messages.text(key, values) });
  }

  listen(jobs, "changed", render, signal);
  listen(jobs, "begun", tellBegun, signal);
  listen(jobs, "cancelled", tellCancelled, signal);
  listen(jobs, "failed", tellFaults, signal);
  listen(jobs, "done", tellDone, signal);
  listen(messages.changes, "changed", render, signal);
  render();
}

/**
 * What did not succeed of what was wanted together, and why: of several files
 * how many, and of each reason the first names.
 *
 * @param {Messages} messages
 * @param {readonly Fault[]} faults
 * @param {(error: unknown) => string} codeOf
 */
export function faultsText(messages, faults, codeOf) {
  /** @type {Map<string, string[]>} names by reason */
  const reasons = new Map();
  for (const { job, error } of faults) {
    const reason = faultText(messages, codeOf(error));
    reasons.set(reason, [...(reasons.get(reason) ?? []), job.name]);
  }
  const found = [...reasons];
  if (faults.length === 1) {
    const [[reason, [name]]] = found;
    return messages.text(`job.${faults[0].job.kind}Failed`, { name, reason });
  }
  const because = found.map(([reason, names]) =>
    messages.text("job.reason", { names: listed(messages, names), reason }),
  );
  const count = messages.text("job.importsFailed", { count: faults.length });
  return [count, ...because].join(" ");
}

/** @param {Messages} messages @param {readonly string[]} names */
function listed(messages, names) {
  const texts = names
    .slice(0, MOST_NAMES)
    .map((name) => messages.text("job.named", { name }));
  const more = names.length - texts.length;
  if (more > 0) {
    texts.push(messages.text("job.more", { count: more }));
  }
  return listFormat(messages.locale, { type: "conjunction" }).format(texts);
}
