/**
 * Addresses of audio for players: object URLs of what is on the device, each
 * made once and revoked at the end.
 *
 * @module
 */

/**
 * @param {object} options
 * @param {Pick<import("./take-files.js").TakeFiles, "stored">} options.files
 * @param {Pick<import("./ports.js").LibraryServer, "audioUrl" | "uploadAudioUrl">} options.server
 * @param {AbortSignal} options.signal the end
 */
export function createAudioUrls({ files, server, signal }) {
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

  /**
   * @param {string} id
   * @param {string} version of its bytes: those of another are made anew
   * @param {() => Promise<Blob>} open
   */
  async function get(id, version, open) {
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
  }

  return {
    revoke,

    /**
     * Of what is on the device, or else on the server.
     *
     * @param {import("./rows.js").LibraryRow} row
     */
    async of({ id, fileId, onDevice, onServer, ...row }) {
      try {
        if (onDevice) {
          // To keep a take that was cut mends its file, to continue it adds to it.
          const version = `${row.state} ${row.sizeBytes}`;
          return await get(id, version, async () =>
            (await files.stored(id)).blob(row.mimeType),
          );
        }
      } catch (error) {
        if (!onServer) {
          throw error;
        }
      }
      const isCut = row.state === "interrupted";
      const { audioUrl, uploadAudioUrl } = server;
      return (isCut ? uploadAudioUrl : audioUrl)(fileId ?? id);
    },
  };
}
