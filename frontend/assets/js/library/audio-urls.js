/**
 * Addresses of audio for players: object URLs of what is on the device, each
 * made once and revoked at the end.
 *
 * @param {AbortSignal} signal the end
 */
export function createAudioUrls(signal) {
  /** @type {Map<string, {version: string, url: Promise<string>}>} */
  const urls = new Map();

  /** @param {string} id */
  function revoke(id) {
    urls.get(id)?.url.then(URL.revokeObjectURL, () => undefined);
    urls.delete(id);
  }
  signal.addEventListener("abort", () => [...urls.keys()].forEach(revoke), {
    once: true,
  });

  /** @param {() => Promise<Blob>} open */
  const make = async (open) => URL.createObjectURL(await open());

  return {
    revoke,

    /**
     * @param {string} id
     * @param {string} version of its bytes: those of another are made anew
     * @param {() => Promise<Blob>} open
     */
    async get(id, version, open) {
      if (urls.get(id)?.version !== version) {
        revoke(id);
      }
      const entry = urls.get(id) ?? { version, url: make(open) };
      urls.set(id, entry);
      try {
        return await entry.url;
      } catch (error) {
        if (urls.get(id) === entry) {
          urls.delete(id);
        }
        throw error;
      }
    },
  };
}
