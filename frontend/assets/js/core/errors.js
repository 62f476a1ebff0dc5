/**
 * A failure the studio knows: `code` is what programs compare and what the
 * interface looks up as `error.<code>`; the message is for logs only.
 */
export class StudioError extends Error {
  /**
   * @param {string} code  upper case, as `STORAGE_FULL`
   * @param {ErrorOptions} [options]  `cause` is what was thrown below
   */
  constructor(code, options) {
    super(code, options);
    this.name = "StudioError";
    this.code = code;
  }
}

/**
 * The code of anything thrown; `fallback` for what is not a StudioError.
 *
 * @param {unknown} error
 * @param {string} fallback
 */
export function codeOf(error, fallback) {
  return error instanceof StudioError ? error.code : fallback;
}
