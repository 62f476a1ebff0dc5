import { dateFormat } from "../core/intl.js";
import { mountChoiceCheck } from "./choice-field.js";
import { cloneTemplate, find, listen, setText } from "./dom.js";
import { mountKeyList } from "./key-list.js";

/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {{name: string, version: string, license: string, text: string}} Licence */

/** When the statement on accessibility was last gone through. */
const STATED_AT = Date.UTC(2026, 10, 23, 12);

/**
 * @typedef {object} InfoParts
 * @property {Messages} messages
 * @property {import("./choices.js").Choices} choices
 * @property {import("./router.js").Router} router
 * @property {() => Promise<string>} version
 * @property {() => Promise<Licence[]>} licences
 * @property {() => Promise<unknown>} operator what who runs the server tells
 * @property {AbortSignal} signal
 */

/**
 * What the studio is, what it keeps where, its keys, how accessible it is, and
 * whose work is in it. What is not in the page is read when somebody looks.
 *
 * @param {HTMLElement} root
 * @param {InfoParts} parts
 */
export function mountInfoView(root, parts) {
  const { messages, choices, router, signal } = parts;
  const keys = find(root, ".single-keys", HTMLInputElement);
  mountChoiceCheck(keys, { choice: choices.singleKeys, signal });
  mountKeyList(find(root, ".keys", HTMLElement), { messages, signal });
  const write = mountFacts(root, parts);
  mountLicences(find(root, ".licences", HTMLDetailsElement), parts);
  const look = () => router.current === "info" && void write();
  listen(router.changes, "changed", look, signal);
  listen(messages.changes, "changed", look, signal);
  look();
}

/**
 * Version, date, and whom to tell.
 *
 * @param {HTMLElement} root
 * @param {InfoParts} parts
 * @returns {() => Promise<void>} writes them
 */
function mountFacts(root, { messages, version, operator }) {
  const number = find(root, ".version", HTMLElement);
  const stated = find(root, ".stated", HTMLElement);
  const contact = find(root, ".contact", HTMLElement);
  return async () => {
    const options = /** @type {const} */ ({ dateStyle: "long" });
    const date = dateFormat(messages.locale, options).format(STATED_AT);
    setText(stated, messages.text("info.stated", { date }));
    const [running, told] = await Promise.all([version(), operator()]);
    setText(number, messages.text("info.version", { number: running }));
    const { text, href } = contactOf(told);
    const name = text ?? messages.text("info.operator");
    const link = document.createElement("a");
    link.textContent = messages.text("plain.value", { text: name });
    link.href = href ?? "";
    // In this tab it would end a take.
    link.target = "_blank";
    link.rel = "noopener";
    contact.replaceChildren(href ? link : messages.text("info.operator"));
  };
}

/**
 * Whom to tell of a barrier, as the operator has set it: an address of mail, or
 * of a page.
 *
 * @param {any} told
 * @returns {{text: string | null, href: string | null}}
 */
export function contactOf(told) {
  const text = String(Object(told).contact ?? "").trim();
  if (/^[^\s@:/]+@[^\s@:/]+$/.test(text)) {
    return { text, href: `mailto:${text}` };
  }
  return /^https?:\/\/\S+$/.test(text)
    ? { text, href: text }
    : { text: null, href: null };
}

/**
 * @param {HTMLDetailsElement} box
 * @param {InfoParts} parts
 */
function mountLicences(box, { messages, licences, signal }) {
  const list = find(box, ".licence-list", HTMLElement);
  const fault = find(box, ".licence-fault", HTMLElement);
  async function read() {
    if (!box.open || list.childElementCount > 0) {
      return;
    }
    const found = await licences().catch(() => null);
    fault.hidden = found !== null;
    list.replaceChildren(...(found ?? []).map(entryOf));
  }

  /** @param {Licence} licence */
  function entryOf({ name, version, license, text }) {
    const entry = cloneTemplate("licence", messages);
    const title = messages.text("info.licence", { name, version, license });
    setText(find(entry, "summary", HTMLElement), title);
    const place = find(entry, "pre", HTMLElement);
    const isOpen = () => entry.hasAttribute("open");
    const show = () => setText(place, isOpen() ? text : "");
    entry.addEventListener("toggle", show, { signal });
    return entry;
  }

  box.addEventListener("toggle", () => void read(), { signal });
}
