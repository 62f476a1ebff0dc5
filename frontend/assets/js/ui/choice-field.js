import { listen, setText } from "./dom.js";

/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {{value: string, text: string}} Option */

/**
 * A list that shows a choice and makes it; an empty value is null.
 *
 * @param {HTMLSelectElement} select
 * @param {object} parts
 * @param {import("./choice.js").Choice<string | number | null>} parts.choice
 * @param {() => Option[]} parts.options in the language of now
 * @param {Messages} parts.messages
 * @param {AbortSignal} parts.signal
 */
export function mountChoiceList(select, parts) {
  const { choice, options, messages, signal } = parts;

  function show() {
    select.value = String(choice.value ?? "");
  }

  /** Writes into what is there: a list that is open stays open. */
  function write() {
    const wanted = options();
    while (select.options.length > wanted.length) {
      select.options[wanted.length].remove();
    }
    wanted.forEach(({ value, text }, index) => {
      const option = select.options[index] ?? select.appendChild(new Option());
      option.value = value;
      setText(option, text);
    });
    show();
  }

  select.addEventListener(
    "change",
    () => void choice.choose(select.value === "" ? null : select.value),
    { signal },
  );
  listen(choice.changes, "changed", show, signal);
  listen(messages.changes, "changed", write, signal);
  write();
  return { write };
}

/**
 * @param {HTMLInputElement} check
 * @param {object} options
 * @param {import("./choice.js").Choice<boolean>} options.choice
 * @param {AbortSignal} options.signal
 */
export function mountChoiceCheck(check, { choice, signal }) {
  const show = () => (check.checked = choice.value);
  check.addEventListener("change", () => void choice.choose(check.checked), {
    signal,
  });
  listen(choice.changes, "changed", show, signal);
  show();
}
