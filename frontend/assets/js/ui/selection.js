/** @typedef {import("./ports.js").LibraryRow} LibraryRow */

/**
 * The recordings that are chosen, by id: a long list has elements for a few only.
 * What is not shown is not chosen. Dispatches `changed`.
 */
export class Selection extends EventTarget {
  /** @type {Set<string>} */
  #ids = new Set();
  /** @type {string[]} those that can be chosen, in their order */
  #order = [];
  /** @type {string | null} where a range begins */
  #anchor = null;
  /** @type {string[]} what the latest range has added */
  #range = [];

  get count() {
    return this.#ids.size;
  }

  /** @param {string} id */
  has(id) {
    return this.#ids.has(id);
  }

  /** @param {string} id */
  toggle(id) {
    this.#anchor = id;
    this.#range = [];
    if (!this.#ids.delete(id)) {
      this.#ids.add(id);
    }
    this.#tell();
  }

  /**
   * Chooses all from where the range begins up to a row, in place of what the same
   * range had reached before; nothing if that row cannot be chosen.
   *
   * @param {string} id
   * @param {string} [from] where it begins if it has not yet, or is gone
   */
  reach(id, from = id) {
    const at = (/** @type {string | null} */ one) =>
      one === null ? -1 : this.#order.indexOf(one);
    if (at(id) < 0) {
      return;
    }
    this.#range.forEach((each) => this.#ids.delete(each));
    if (at(this.#anchor) < 0) {
      this.#anchor = at(from) < 0 ? id : from;
    }
    const ends = [at(this.#anchor), at(id)];
    this.#range = this.#order
      .slice(Math.min(...ends), Math.max(...ends) + 1)
      .filter((each) => !this.#ids.has(each));
    this.#range.forEach((each) => this.#ids.add(each));
    this.#tell();
  }

  all() {
    this.#ids = new Set(this.#order);
    this.#range = [];
    this.#tell();
  }

  clear() {
    this.#ids.clear();
    this.#anchor = null;
    this.#range = [];
    this.#tell();
  }

  /** @param {readonly LibraryRow[]} rows that are shown; a running take is none to choose */
  show(rows) {
    this.#order = rows
      .filter(({ state }) => state !== "recording")
      .map(({ id }) => id);
    if (this.#ids.size > 0) {
      const shown = new Set(this.#order);
      const before = this.#ids.size;
      this.#ids = new Set([...this.#ids].filter((id) => shown.has(id)));
      if (this.#anchor !== null && !shown.has(this.#anchor)) {
        this.#anchor = null;
      }
      if (this.#ids.size !== before) {
        this.#tell();
      }
    }
  }

  #tell() {
    this.dispatchEvent(new Event("changed"));
  }
}
