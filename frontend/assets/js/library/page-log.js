import { codeOf } from "../core/errors.js";
import { placeOf } from "../core/log-entry.js";
import { createLog } from "./log.js";

/**
 * The page's log: when it began and with which version, what nobody caught, and
 * which service worker took over.
 *
 * @param {object} options
 * @param {Parameters<typeof createLog>[0]["store"]} options.store
 * @param {() => Promise<string>} options.version
 * @param {AbortSignal} options.signal ends with the page
 */
export function createPageLog({ store, version, signal }) {
  const log = createLog({ store, from: "page" });

  /** @param {"start" | "worker"} kind */
  const noteVersion = async (kind) =>
    log.note(kind, { version: await version() });

  /** @param {unknown} error */
  function noteUncaught(error) {
    const name = error instanceof Error ? error.name : "Error";
    const code = codeOf(error, "") || undefined;
    log.note("uncaught", { error: name, code, place: placeOf(error) });
  }

  void noteVersion("start");
  addEventListener("error", ({ error }) => noteUncaught(error), { signal });
  addEventListener("unhandledrejection", ({ reason }) => noteUncaught(reason), {
    signal,
  });
  addEventListener("pagehide", () => void log.flush(), { signal });
  navigator.serviceWorker?.addEventListener(
    "controllerchange",
    () => void noteVersion("worker"),
    { signal },
  );
  return log;
}
