import { listen } from "./dom.js";

/** @typedef {import("./player.js").Player} Player */

const JUMP_SECONDS = 10;

/**
 * The keys of keyboards, headsets and lock screens, and what stands there.
 *
 * @param {Player} player
 * @param {AbortSignal} signal
 */
export function mountMediaKeys(player, signal) {
  if (!("mediaSession" in navigator)) {
    return;
  }
  const session = navigator.mediaSession;
  /** @param {number} seconds */
  const jump = (seconds) => player.seek(player.position + seconds);
  /** @type {[MediaSessionAction, MediaSessionActionHandler][]} */
  const handlers = [
    ["play", () => void player.resume()],
    ["pause", () => player.pause()],
    ["stop", () => player.close()],
    ["seekto", ({ seekTime }) => player.seek(seekTime ?? 0)],
    ["seekbackward", ({ seekOffset }) => jump(-(seekOffset ?? JUMP_SECONDS))],
    ["seekforward", ({ seekOffset }) => jump(seekOffset ?? JUMP_SECONDS)],
  ];
  let name = "";

  function update() {
    const isLoaded = player.id !== null;
    if (name !== player.name || !isLoaded) {
      name = player.name;
      session.metadata = isLoaded ? new MediaMetadata({ title: name }) : null;
      handlers.forEach(([action, handler]) =>
        session.setActionHandler(action, isLoaded ? handler : null),
      );
    }
    session.playbackState = stateOf(player);
    if (isLoaded && player.length > 0) {
      session.setPositionState({
        duration: player.length,
        position: Math.min(player.position, player.length),
        playbackRate: player.playback.rate,
      });
    }
  }

  listen(player, "changed", update, signal);
}

/** @param {Player} player */
function stateOf(player) {
  if (player.id === null) {
    return "none";
  }
  return player.isPlaying ? "playing" : "paused";
}
