/**
 * What the log of this device may say: which entries there are, and of what shape
 * each member is. What is of another shape is left out, so no text that a person
 * wrote and no address gets in, whoever notes it. Pure.
 *
 * @module
 */

/** @typedef {typeof KINDS[number]} LogKind */
/** @typedef {typeof PLACES[number]} LogPlace */

/**
 * @typedef {object} LogEntry
 * @property {number} at Unix ms
 * @property {LogPlace} from which part noted it
 * @property {LogKind} kind
 * @property {string} [code] of a StudioError
 * @property {string} [error] name of an error that no part knows
 * @property {string} [place] script and line that it came from
 * @property {string} [take] how the take is called here (see shortId)
 * @property {string} [version] of the studio
 * @property {number} [seconds]
 * @property {number} [bytes]
 * @property {number} [gaps]
 */

/** @typedef {{[Name in Exclude<keyof LogEntry, "at" | "from" | "kind">]?: unknown}} LogFacts */

export const KINDS = /** @type {const} */ ([
  "start",
  "worker",
  "fault",
  "uncaught",
  "takeBegun",
  "takeGoesOn",
  "takeEnded",
  "takeInterrupted",
  "takeRecovered",
  "upload",
]);

const PLACES = /** @type {const} */ (["page", "spool", "upload"]);

const SHAPES = Object.freeze({
  code: /^[A-Z][A-Z0-9_]{2,39}$/,
  error: /^[A-Z][A-Za-z]{0,30}Error$/,
  place: /^(?:[a-z-]+\/)?[a-z.-]+\.js:\d+$/,
  take: /^[0-9a-f]{8}$/,
  version: /^\d+\.\d+\.\d+(?: \([0-9a-f]{16}\))?$/,
});

const UUID = /^([0-9a-f]{8})-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/**
 * Enough of a take's id to know it again, too little to ask a server for it. Ids
 * that this studio has not made may be anything, and are not told.
 *
 * @param {unknown} id
 * @returns {string | undefined}
 */
export function shortId(id) {
  return UUID.exec(String(id))?.[1];
}

/** @param {unknown} value @returns {string | undefined} a code, if it is one */
export function codeIn(value) {
  return fit(value, SHAPES.code);
}

/**
 * @param {unknown} value
 * @param {RegExp} shape
 */
function fit(value, shape) {
  return typeof value === "string" && shape.test(value) ? value : undefined;
}

/** @param {unknown} value @returns {number | undefined} */
export function numberIn(value) {
  return typeof value === "number" && Number.isFinite(value)
    ? value
    : undefined;
}

/**
 * @param {any} raw as it was noted, or stored
 * @returns {LogEntry | null} null: it is none
 */
export function entryOf(raw) {
  const { at, from, kind, take, seconds, bytes, gaps, ...told } = Object(raw);
  const when = numberIn(at);
  if (when === undefined || !KINDS.includes(kind) || !PLACES.includes(from)) {
    return null;
  }
  const entry = {
    at: when,
    from,
    kind,
    code: codeIn(told.code),
    error: fit(told.error, SHAPES.error),
    place: fit(told.place, SHAPES.place),
    take: fit(take, SHAPES.take) ?? shortId(take),
    version: fit(told.version, SHAPES.version),
    seconds: numberIn(seconds),
    bytes: numberIn(bytes),
    gaps: numberIn(gaps),
  };
  return /** @type {LogEntry} */ (
    Object.fromEntries(
      Object.entries(entry).filter(([, value]) => value !== undefined),
    )
  );
}

/**
 * The line of the studio's own script that an error came from.
 *
 * @param {unknown} error
 * @returns {string | undefined} as `ui/dock.js:31`
 */
export function placeOf(error) {
  const stack = error instanceof Error ? String(error.stack) : "";
  const found = /assets\/js\/((?:[a-z-]+\/)?[a-z.-]+\.js):(\d+)/.exec(stack);
  return found ? `${found[1]}:${found[2]}` : undefined;
}
