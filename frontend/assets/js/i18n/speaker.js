/**
 * Brings the texts of a language when it is spoken, and of no other: first those
 * of the first view, and the rest when it is there that needs them.
 *
 * @module
 */

/** @typedef {import("../core/messages.js").Dictionary} Dictionary */
/** @typedef {"first" | "later"} Part */

/** @type {Readonly<Record<string, Record<Part, () => Promise<Dictionary>>>>} */
const TEXTS = Object.freeze({
  en: {
    first: async () => (await import("./en.js")).en,
    later: async () => (await import("./en-later.js")).enLater,
  },
  de: {
    first: async () => (await import("./de.js")).de,
    later: async () => (await import("./de-later.js")).deLater,
  },
});

/** The first is spoken where none is wished for that is there. */
export const LANGUAGES = Object.freeze(Object.keys(TEXTS));

/**
 * @typedef {object} Speaker
 * @property {(wish: string | null) => Promise<void>} speak  as wished, null being
 *   the browser's wish, once the texts are there; of several wishes the last.
 *   Rejects where they cannot be had: then nothing changes.
 * @property {() => Promise<void>} speakAll  has all texts of what is spoken, from
 *   now on; rejects like speak()
 *
 * @param {import("../core/messages.js").Messages} messages
 * @returns {Speaker}
 */
export function createSpeaker(messages) {
  /** @type {Set<Dictionary>} */
  const known = new Set();
  /** @type {Part[]} */
  const parts = ["first"];
  let wished = messages.language;
  let turns = 0;

  /** @param {string} language */
  async function learn(language) {
    for (const part of parts) {
      const texts = await TEXTS[language][part]();
      if (!known.has(texts)) {
        known.add(texts);
        messages.add(language, texts);
      }
    }
  }

  return {
    async speak(wish) {
      const turn = ++turns;
      wished = messages.languageFor(wish);
      await learn(wished);
      if (turn === turns) {
        messages.use(wished);
      }
    },
    async speakAll() {
      if (!parts.includes("later")) {
        parts.push("later");
      }
      await learn(wished);
    },
  };
}
