/**
 * Addresses of audio for players: object URLs of what is on the device, each
 * made once and revoked at the end.
 *
 * @param {AbortSignal} signal the end
 */
export function createAudioUrls(signal) {
  /** @type {Map<string, Promise<string>>} */
  const urls = new Map();

  /** @param {string} id */
  function revoke(id) {
    urls.get(id)?.then(URL.revokeObjectURL, () => undefined);
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
     * @param {() => Promise<Blob>} open
     */
    async get(id, open) {
      const url = urls.get(id) ?? make(open);
      urls.set(id, url);
      try {
        return await url;
      } catch (error) {
        if (urls.get(id) === url) {
          urls.delete(id);
        }
        throw error;
      }
    },
  };
}
