import { setAttribute } from "./dom.js";
import { createRecordingRow } from "./recording-row.js";
import { layOut, rowAt, rowsFor } from "./row-window.js";

/** @typedef {import("./ports.js").LibraryRow} LibraryRow */
/** @typedef {import("./pace.js").Paces} Paces */
/** @typedef {ReturnType<typeof createRecordingRow>} RowNode */

const USUAL_HEIGHT = 72;
const NONE = Object.freeze({ first: 0, end: 0 });

/**
 * The elements of rows, each at its place.
 *
 * @param {HTMLElement} list
 * @param {object} options
 * @param {import("./dom.js").Messages} options.messages
 * @param {import("./ports.js").LibraryActions} options.actions
 * @param {import("./player.js").Player} options.player
 */
export function createRowStack(list, { messages, actions, player }) {
  /** @type {Map<string, RowNode>} */
  const nodes = new Map();
  /** @type {Map<string, number>} */
  const heights = new Map();
  /** @type {Set<string>} */
  let fresh = new Set();
  let usual = USUAL_HEIGHT;
  let tops = layOut([], heights, usual);
  /** @type {number[]} */
  let wanted = [];

  /** What of the list is in sight. */
  function sight() {
    const { top } = list.getBoundingClientRect();
    return { from: Math.max(0, -top), to: globalThis.innerHeight - top };
  }

  /** @param {readonly LibraryRow[]} rows @param {number} first @param {number} end @param {number} [pinned] */
  function want(rows, first, end, pinned) {
    const around = Array.from({ length: end - first }, (_, i) => first + i);
    const isBeside = pinned !== undefined && (pinned < first || pinned >= end);
    wanted = isBeside ? [...around, pinned].sort((a, b) => a - b) : around;
    const ids = new Set(wanted.map((at) => rows[at].id));
    for (const [id, node] of nodes) {
      if (!ids.has(id)) {
        node.remove();
        nodes.delete(id);
      }
    }
  }

  /** @param {readonly LibraryRow[]} rows */
  function lay(rows) {
    tops = layOut(rows, heights, usual);
    // The border's two pixels are part of the size.
    list.style.blockSize = `${tops[rows.length] + 2}px`;
  }

  /** @param {LibraryRow} row */
  function nodeFor({ id }) {
    const known = nodes.get(id);
    const node = known ?? createRecordingRow({ messages, actions });
    if (!known) {
      nodes.set(id, node);
      fresh.add(id);
    }
    return node;
  }

  return {
    /** @param {readonly LibraryRow[]} rows @param {number} [pinned] */
    place(rows, pinned) {
      lay(rows);
      const range = rows.length > 0 ? rowsFor(tops, sight()) : NONE;
      want(rows, range.first, range.end, pinned);
      return range;
    },

    /** Has one row only, besides those that are there. @param {readonly LibraryRow[]} rows @param {number} goal */
    pin(rows, goal) {
      lay(rows);
      const { first, end } = rowsFor(tops, sight());
      want(rows, first, end, goal);
    },

    /**
     * @param {readonly LibraryRow[]} rows
     * @param {{isNews: boolean, now: number, paces: Paces}} moment
     */
    write(rows, { isNews, now, paces }) {
      arrange(
        list,
        wanted.map((at) => nodeFor(rows[at]).node),
      );
      wanted.forEach((at) => {
        const row = rows[at];
        const node = nodeFor(row);
        node.node.style.insetBlockStart = `${tops[at]}px`;
        setAttribute(node.node, "aria-posinset", String(at + 1));
        setAttribute(node.node, "aria-setsize", String(rows.length));
        if (isNews || fresh.has(row.id)) {
          const secondsLeft = paces.secondsLeft(row, now);
          node.update(row, player, { now, secondsLeft });
        }
      });
      fresh = new Set();
    },

    /** @returns {boolean} whether a row has another height than was thought */
    measure() {
      const found = [...nodes].map(
        ([id, { node }]) => /** @type {const} */ ([id, node.offsetHeight]),
      );
      const news = found.filter(([id, height]) => heights.get(id) !== height);
      news.forEach(([id, height]) => heights.set(id, height));
      usual = heights.size === news.length ? (news[0]?.[1] ?? usual) : usual;
      return news.length > 0;
    },

    /** All heights are others now. */
    forget: () => heights.clear(),
    firstInSight: () => rowAt(tops, sight().from),
    countInSight() {
      const { from, to } = sight();
      return Math.max(1, rowAt(tops, to) - rowAt(tops, from) - 1);
    },
    focused: () =>
      [...nodes].find(([, { node }]) =>
        node.contains(document.activeElement),
      )?.[0] ?? null,
    /** @param {string} id */
    nodeOf: (id) => nodes.get(id),
    /** @param {string} reachable */
    setReachable: (reachable) =>
      nodes.forEach((node, id) => node.setReachable(id === reachable)),
    /** @param {{has: (id: string) => boolean}} selection */
    setChosen: (selection) =>
      nodes.forEach((node, id) => node.setChosen(selection.has(id))),
    repaint: () => nodes.forEach((node) => node.repaint()),
  };
}

/**
 * Brings the children of a list into an order. The one with the focus stays and
 * the others go around it: an element that is moved loses the focus.
 *
 * @param {HTMLElement} list that has no others
 * @param {readonly HTMLElement[]} nodes
 */
function arrange(list, nodes) {
  const held = nodes.findIndex((node) => node.contains(document.activeElement));
  for (let at = held - 1; at >= 0; at -= 1) {
    if (nodes[at].nextElementSibling !== nodes[at + 1]) {
      nodes[at + 1].before(nodes[at]);
    }
  }
  for (let at = held + 1; at < nodes.length; at += 1) {
    const before = at === 0 ? null : nodes[at - 1];
    const isThere = nodes[at].parentElement === list;
    if (!isThere || nodes[at].previousElementSibling !== before) {
      list.insertBefore(
        nodes[at],
        before ? before.nextSibling : list.firstChild,
      );
    }
  }
}
