import { bindKeys } from "./keys.js";

/** @typedef {import("./player.js").Player} Player */

const STEP_SECONDS = 5;

/**
 * Keys of the player, while something is loaded: Space, the arrows, L.
 *
 * @param {object} options
 * @param {Player} options.player
 * @param {() => boolean} options.isRecording Space then does nothing
 * @returns {import("./shortcuts.js").Keys}
 */
export function playerKeys({ player, isRecording }) {
  /** @param {() => void} act */
  const whenLoaded = (act) => () => {
    if (player.id === null || isRecording()) {
      return false;
    }
    act();
    return true;
  };
  /** @param {number} seconds */
  const jump = (seconds) => player.seek(player.position + seconds);
  return bindKeys({
    play: whenLoaded(() =>
      player.isPlaying ? player.pause() : void player.resume(),
    ),
    back: whenLoaded(() => jump(-STEP_SECONDS)),
    forward: whenLoaded(() => jump(STEP_SECONDS)),
    loop: whenLoaded(() => player.set({ isLooped: !player.playback.isLooped })),
  });
}
