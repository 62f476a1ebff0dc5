/**
 * Addresses of audio for players: object URLs of what is on the device, each
 * made once and revoked at the end.
 *
 * @param {AbortSignal} signal the end
 */
export function createAudioUrls(signal) {
  /** @type {Map<string, string>} */
  const urls = new Map();

  /** @param {string} id */
  function revoke(id) {
    URL.revokeObjectURL(urls.get(id) ?? "");
    urls.delete(id);
  }
  signal.addEventListener("abort", () => [...urls.keys()].forEach(revoke), {
    once: true,
  });

  return {
    revoke,

    /**
     * @param {string} id
     * @param {() => Promise<Blob>} open
     */
    async get(id, open) {
      const known = urls.get(id);
      if (known !== undefined) {
        return known;
      }
      const url = URL.createObjectURL(await open());
      urls.set(id, url);
      return url;
    },
  };
}
