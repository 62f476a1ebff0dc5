/**
 * What a browser gives to pages of HTTPS and of this machine alone: locks, digests,
 * a place for files. Elsewhere what is on the server can be listed and heard.
 *
 * @module
 */
import { StudioError } from "../core/errors.js";

/** @param {{isSecureContext?: boolean}} [scope] */
export function demandSecure(scope = globalThis) {
  if (scope.isSecureContext === false) {
    throw new StudioError("INSECURE");
  }
}
