import { mountDock } from "./dock.js";
import { find, listen } from "./dom.js";
import { mountMediaKeys } from "./media-keys.js";
import { leavePosition, positionIn, positionsOf } from "./playback.js";
import { playerKeys } from "./player-keys.js";
import { Player } from "./player.js";
import { mountShortcuts } from "./shortcuts.js";

/**
 * The player with all that leads to it: dock, keys, lock screen; what was set and
 * where each recording was left is kept.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {import("./dom.js").Messages} options.messages
 * @param {import("./ports.js").Preferences} options.preferences
 * @param {import("./library-choices.js").LibraryChoices} options.choices
 * @param {import("./toasts.js").Toasts} options.toasts
 * @param {{value: boolean}} options.singleKeys
 * @param {(id: string) => Promise<string>} options.audioUrl
 * @param {(id: string) => Uint8Array | null | undefined} options.peaksOf
 * @param {(id: string) => readonly import("../core/markers.js").Moment[] | undefined} options.momentsOf
 * @param {import("./announcer.js").Announcer} options.announcer
 * @param {{state: string} | null} options.recorder
 * @param {AbortSignal} options.signal
 */
export function mountPlaying(root, { preferences, choices, ...options }) {
  const { recorder, singleKeys, signal } = options;
  let positions = choices.positions;
  const player = new Player({
    ...options,
    playback: choices.playback,
    placeOf: (id) => positionIn(positions, id),
  });
  mountDock(find(root, ".dock", HTMLElement), { ...options, player });
  mountMediaKeys(player, signal);
  const isRecording = () =>
    recorder?.state === "recording" || recorder?.state === "paused";
  const keys = playerKeys({ player, isRecording });
  mountShortcuts(document, { keys, singleKeys, signal });

  /** @param {{id: string, seconds: number, length: number}} left */
  function keepPosition(left) {
    positions = leavePosition(positions, left);
    void preferences.update("positions", (stored) =>
      leavePosition(positionsOf(stored), left),
    );
  }
  listen(player, "fault", () => options.toasts.fault("PLAYBACK"), signal);
  listen(player, "left", keepPosition, signal);
  // The last that a page which is being closed gets to do.
  const leave = () => player.leave();
  document.addEventListener("visibilitychange", leave, { signal });
  listen(
    player,
    "set",
    () => void preferences.set("playback", player.playback),
    signal,
  );
  return player;
}
