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
  return {
    " ": whenLoaded(() =>
      player.isPlaying ? player.pause() : void player.resume(),
    ),
    arrowleft: whenLoaded(() => jump(-STEP_SECONDS)),
    arrowright: whenLoaded(() => jump(STEP_SECONDS)),
    l: whenLoaded(() => player.set({ isLooped: !player.playback.isLooped })),
  };
}
