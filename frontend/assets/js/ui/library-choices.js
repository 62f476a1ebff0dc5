import { oneOf } from "./choices.js";
import { playbackOf, positionsOf } from "./playback.js";
import { SORTS } from "./row-query.js";

/** @typedef {Awaited<ReturnType<typeof readLibraryChoices>>} LibraryChoices */

/**
 * What the person has chosen before of the library and the player.
 *
 * @param {Pick<import("./ports.js").Preferences, "get">} preferences
 */
export async function readLibraryChoices(preferences) {
  const [librarySort, playback, positions] = await Promise.all(
    ["librarySort", "playback", "positions"].map(preferences.get),
  );
  return {
    librarySort: oneOf(SORTS, librarySort) ?? "newest",
    playback: playbackOf(playback),
    positions: positionsOf(positions),
  };
}
