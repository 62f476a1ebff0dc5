import { cloneTemplate, find, listen, setAttribute, setText } from "./dom.js";
import { FILTERS, SORTS } from "./row-query.js";
import { after } from "./timers.js";

/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {import("./row-query.js").Query} Query */
/** @typedef {import("./row-query.js").Filter} Filter */
/** @typedef {import("./row-query.js").Sort} Sort */
/** @typedef {import("./row-query.js").Counts} Counts */

const TYPING_PAUSE_MS = 700;

/**
 * Search, filters and order of the library. What they lead to is said once
 * nothing more is typed.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {Messages} options.messages
 * @param {import("./announcer.js").Announcer} options.announcer
 * @param {Sort} options.sort
 * @param {(sort: Sort) => void} options.onSort
 * @param {() => void} options.onChange the query is another one
 * @param {AbortSignal} options.signal
 */
export function mountLibraryTools(
  root,
  { messages, announcer, sort, onSort, onChange, signal },
) {
  const tools = find(root, ".library-tools", HTMLElement);
  const search = find(tools, "#library-search", HTMLInputElement);
  /** @type {Query} */
  let query = { filter: "all", text: "", sort };
  let found = 0;
  let callOff = () => {};

  /** @param {Partial<Query>} change */
  function change(change) {
    query = { ...query, ...change };
    onChange();
    callOff();
    callOff = after(TYPING_PAUSE_MS, () => announcer.say(foundText()), signal);
  }
  const foundText = () =>
    found === 0
      ? messages.text("library.nothingTitle")
      : messages.text("library.found", { count: found });

  const onFilter = (/** @type {Filter} */ filter) => change({ filter });
  const filters = mountFilters(tools, { messages, onFilter, signal });
  const order = mountOrder(tools, {
    messages,
    onChoose: (next) => {
      onSort(next);
      change({ sort: next });
    },
    signal,
  });
  search.addEventListener("input", () => change({ text: search.value }), {
    signal,
  });

  return {
    get query() {
      return query;
    },

    /** Lets everything through again. */
    clear() {
      search.value = "";
      change({ filter: "all", text: "" });
      search.focus();
    },

    /**
     * @param {{counts: Counts, shown: number, isUseful: boolean}} news isUseful:
     *   there is something to look for
     */
    update({ counts, shown, isUseful }) {
      found = shown;
      tools.hidden = !isUseful;
      filters.update(query.filter, counts);
      order.update(query.sort);
    },
  };
}

/**
 * @param {HTMLElement} root
 * @param {{messages: Messages, onFilter: (filter: Filter) => void, signal: AbortSignal}} options
 */
function mountFilters(root, { messages, onFilter, signal }) {
  const group = find(root, ".filters", HTMLElement);
  const buttons = FILTERS.map((filter) => {
    const button = cloneTemplate("filter", messages);
    button.addEventListener("click", () => onFilter(filter), { signal });
    group.append(button);
    const word = find(button, ".filter-word", HTMLElement);
    const count = find(button, ".filter-count", HTMLElement);
    return { filter, button, word, count };
  });
  return {
    /** @param {Filter} chosen @param {Counts} counts */
    update(chosen, counts) {
      for (const { filter, button, word, count } of buttons) {
        setAttribute(button, "aria-pressed", String(filter === chosen));
        setText(word, messages.text(`filter.${filter}`));
        setText(count, messages.number(counts[filter]));
        // From the trash one leads back, also to nothing.
        const isNeeded = filter === chosen || filter === "all";
        const isIdle = counts[filter] === 0 && !isNeeded;
        setAttribute(button, "data-idle", isIdle ? "" : null);
      }
    },
  };
}

/**
 * @param {HTMLElement} root
 * @param {{messages: Messages, onChoose: (sort: Sort) => void, signal: AbortSignal}} options
 */
function mountOrder(root, { messages, onChoose, signal }) {
  const select = find(root, "#library-sort", HTMLSelectElement);
  const options = SORTS.map((sort) => new Option("", sort));
  const write = () =>
    options.forEach((option) =>
      setText(option, messages.text(`sort.${option.value}`)),
    );
  select.append(...options);
  select.addEventListener(
    "change",
    () => onChoose(/** @type {Sort} */ (select.value)),
    { signal },
  );
  listen(messages.changes, "changed", write, signal);
  write();
  return {
    /** @param {Sort} chosen */
    update(chosen) {
      select.value = chosen;
    },
  };
}
