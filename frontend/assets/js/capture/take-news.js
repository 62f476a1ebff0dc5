/**
 * Passes on what the spool says of a take, as long as it runs.
 *
 * @param {{id: string, frames: number, heardAt: number}} take  frames: that the
 *   spool has, since `heardAt`; kept up to date
 * @param {object} options
 * @param {{now: () => number}} options.clock
 * @param {EventTarget} options.events  the spool's
 * @param {(name: "progress" | "peaks" | "marker" | "back", detail: object) => void} options.onNews
 * @param {(code: string) => void} options.onFault
 * @param {AbortSignal} options.signal
 */
export function followTake(take, { clock, events, onNews, onFault, signal }) {
  /** @type {Record<string, (detail: {frames: number, code: string}) => void>} */
  const handlers = {
    progress: (detail) => {
      if (detail.frames !== take.frames) {
        take.frames = detail.frames;
        take.heardAt = clock.now();
      }
      onNews("progress", detail);
    },
    peaks: (detail) => onNews("peaks", detail),
    marker: (detail) => onNews("marker", detail),
    fault: ({ code }) => onFault(code),
  };
  for (const [name, handler] of Object.entries(handlers)) {
    events.addEventListener(
      name,
      (event) => {
        const { detail } = /** @type {CustomEvent} */ (event);
        if (detail.id === take.id) {
          handler(detail);
        }
      },
      { signal },
    );
  }
}
