/**
 * Asks the browser not to clear what is kept here. It may ask the person, never
 * answer, or say no: nothing waits for it.
 *
 * It is asked once by a page, and once more when its mind may have changed: after
 * the app was installed, or when the person has changed the permission.
 *
 * @param {object} options
 * @param {Partial<Pick<StorageManager, "persist" | "persisted">>} options.storage
 * @param {Pick<Permissions, "query"> | undefined} options.permissions
 * @param {EventTarget} options.page the window
 * @param {AbortSignal} options.signal
 */
export function createPersistence({ storage, permissions, page, signal }) {
  let isAsked = false;
  /** @type {Promise<PermissionStatus | null> | null} */
  let status = null;
  const again = () => {
    isAsked = false;
  };
  page.addEventListener("appinstalled", again, { signal });

  /** Its state, where the browser has one; watched from then on. */
  async function readStatus() {
    const name = /** @type {PermissionName} */ ("persistent-storage");
    const found = await permissions?.query({ name }).catch(() => null);
    found?.addEventListener("change", again, { signal });
    return found ?? null;
  }

  async function askOnce() {
    if (isAsked || !storage.persist) {
      return;
    }
    isAsked = true;
    if (await storage.persisted?.()) {
      return;
    }
    const permission = await (status ??= readStatus());
    if (permission?.state !== "denied") {
      await storage.persist();
    }
  }

  return {
    /** Something is kept here that nobody would like to lose. */
    ask: () => void askOnce().catch(() => undefined),
  };
}
