/**
 * Brings the texts of a language when it is spoken, and of no other.
 *
 * @module
 */

/** @typedef {import("../core/messages.js").Dictionary} Dictionary */

/** @type {Readonly<Record<string, () => Promise<Dictionary>>>} */
const TEXTS = Object.freeze({
  en: async () => (await import("./en.js")).en,
  de: async () => (await import("./de.js")).de,
});

/** The first is spoken where none is wished for that is there. */
export const LANGUAGES = Object.freeze(Object.keys(TEXTS));

/**
 * @param {import("../core/messages.js").Messages} messages
 * @returns {(wish: string | null) => Promise<void>} speaks as wished, null being
 *   the browser's wish, once the texts are there; of several wishes the last.
 *   Rejects where they cannot be had: then nothing changes.
 */
export function createSpeaker(messages) {
  /** @type {Set<string>} */
  const known = new Set();
  let turns = 0;

  return async (wish) => {
    const turn = ++turns;
    const language = messages.languageFor(wish);
    if (!known.has(language)) {
      messages.add(language, await TEXTS[language]());
      known.add(language);
    }
    if (turn === turns) {
      messages.use(language);
    }
  };
}
