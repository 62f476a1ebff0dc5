/**
 * The composition root of a page that erases this device, or finds it erased.
 * main.js loads it in the place of all else.
 *
 * @module
 */
import { openDatabase } from "./library/database.js";
import { createErasePlaces } from "./library/erase-places.js";
import { createErasing } from "./library/erase.js";
import { erasingMark, unmarkErasing } from "./library/erasing-mark.js";
import { device } from "./offline/device.js";
import { eraseOffline } from "./offline/erase.js";
import { showErased } from "./ui/erased.js";

/**
 * @param {object} options
 * @param {import("./core/messages.js").Messages} options.messages
 * @param {import("./i18n/speaker.js").Speaker["speak"]} options.speak
 * @param {import("./i18n/speaker.js").Speaker["speakAll"]} options.speakAll
 * @param {AbortSignal} options.signal ends with the page
 */
export async function finishErasing({ messages, speak, speakAll, signal }) {
  // Before the app's own files go.
  await speak(erasingMark());
  await speakAll();
  const { caches, navigator } = globalThis;
  const { serviceWorker, locks } = navigator;
  const erasing = createErasing({
    openDatabase,
    locks,
    isRecording: device.isRecording,
    places: createErasePlaces({
      eraseOffline: () => eraseOffline({ caches, serviceWorker }),
    }),
  });
  const outcome = await erasing.finish();
  unmarkErasing();
  if (outcome === "erased") {
    showErased(document.body, { messages, onBegin: beginAnew, signal });
  }
  return outcome;
}

/** As somebody does who comes for the first time: not with the settings. */
function beginAnew() {
  history.replaceState(null, "", "./");
  location.reload();
}
