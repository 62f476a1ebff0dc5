/**
 * What the studio says, in the chosen language: texts by key, and numbers,
 * dates and durations as that language writes them.
 *
 * A dictionary maps a key to a text with `{name}` places, or to one text per
 * plural form (`one`, `other`), chosen by the value `count`. A key that is
 * missing is shown as itself, so that a hole is seen and not hidden.
 *
 * @module
 */
import {
  dateFormat,
  listFormat,
  numberFormat,
  pluralRules,
  relativeTimeFormat,
} from "./intl.js";

/** @typedef {string | {one: string, other: string}} Entry */
/** @typedef {Readonly<Record<string, Entry>>} Dictionary */
/** @typedef {Record<string, string | number>} Values */
/** @typedef {ReturnType<typeof createMessages>} Messages */

const KIB = 1024;
const BYTE_UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"];

/**
 * Languages the studio speaks, best first, as a browser wishes them.
 *
 * @param {readonly string[]} wishes BCP 47 tags, as `navigator.languages`
 * @param {readonly string[]} available
 * @returns {string} the first wish that is available, else the first available
 */
export function chooseLanguage(wishes, available) {
  const plain = wishes.map((wish) => wish.toLowerCase().split("-")[0]);
  return plain.find((wish) => available.includes(wish)) ?? available[0];
}

/**
 * @param {string} text with `{name}` places
 * @param {Values} values
 */
export function fillIn(text, values) {
  return text.replace(/\{(\w+)\}/g, (place, name) =>
    name in values ? String(values[name]) : place,
  );
}

/**
 * How people who read `language` write numbers where they live.
 *
 * @param {string} language
 * @param {readonly string[]} wishes BCP 47 tags, best first
 */
export function chooseLocale(language, wishes) {
  const regional = wishes.filter((wish) => wish.includes("-"));
  return (
    regional.find((wish) => wish.toLowerCase().startsWith(`${language}-`)) ??
    language
  );
}

/**
 * @param {object} options
 * @param {Readonly<Record<string, Dictionary>>} options.dictionaries by language
 * @param {string} options.language
 * @param {readonly string[]} [options.languages] that it may speak; by default
 *   those that it has texts of
 * @param {readonly string[]} [options.wishes] of the browser, for the region
 */
export function createMessages(options) {
  const { language, wishes = [] } = options;
  const dictionaries = { ...options.dictionaries };
  const { languages = Object.keys(dictionaries) } = options;
  let current = language;
  let locale = chooseLocale(language, wishes);
  const changes = new EventTarget();

  /**
   * @param {string} key
   * @param {Values} [values]
   */
  function text(key, values = {}) {
    const entry = dictionaries[current]?.[key] ?? key;
    if (typeof entry === "string") {
      return fillIn(entry, values);
    }
    const count = Number(values.count);
    const form = pluralRules(locale).select(count);
    const shown = { ...values, count: formatNumber(locale, count) };
    return fillIn(form === "one" ? entry.one : entry.other, shown);
  }

  /** @param {string} next */
  function use(next) {
    if (next !== current && next in dictionaries) {
      current = next;
      locale = chooseLocale(next, wishes);
      changes.dispatchEvent(new Event("changed"));
    }
  }

  return {
    /** Dispatches `changed` after each change of language. */
    changes,
    text,
    get language() {
      return current;
    },
    /** For Intl. */
    get locale() {
      return locale;
    },
    /** @param {string} key */
    has: (key) => key in (dictionaries[current] ?? {}),
    /**
     * Further texts of a language, whichever is spoken.
     *
     * @param {string} of
     * @param {Dictionary} texts
     */
    add(of, texts) {
      dictionaries[of] = { ...dictionaries[of], ...texts };
      if (of === current) {
        changes.dispatchEvent(new Event("changed"));
      }
    },
    use,
    /** @param {string | null} wish null: as the browser wishes */
    languageFor: (wish) => chooseLanguage([wish ?? "", ...wishes], languages),
    /** @param {number} value @param {Intl.NumberFormatOptions} [options] */
    number: (value, options) => formatNumber(locale, value, options),
    /** @param {number} fraction */
    percent: (fraction) =>
      formatNumber(locale, Math.floor(fraction * 100) / 100, {
        style: "percent",
      }),
    /** @param {number} seconds @param {{tenths?: boolean}} [options] */
    clock: (seconds, options) => formatClock(locale, seconds, options),
    /** @param {number} seconds */
    duration: (seconds) => formatDuration(locale, seconds),
    /** @param {number} bytes */
    bytes: (bytes) => formatBytes(locale, bytes),
    /** @param {number} at Unix ms */
    time: (at) => dateFormat(locale, { timeStyle: "medium" }).format(at),
    /** @param {number} at Unix ms @param {number} now Unix ms */
    date: (at, now) => formatDate(locale, at, now),
  };
}

/**
 * @param {string} language
 * @param {number} value
 * @param {Intl.NumberFormatOptions} [options]
 */
export function formatNumber(language, value, options) {
  return numberFormat(language, options).format(value);
}

/**
 * A position for the eye, rounded down: `2:14`, `1:02:14`, `2:14.3`.
 *
 * @param {string} language
 * @param {number} seconds
 * @param {{tenths?: boolean}} [options]
 */
export function formatClock(language, seconds, { tenths = false } = {}) {
  const all = Math.floor(Math.max(0, seconds) * 10 + 1e-6);
  const whole = Math.floor(all / 10);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  const rest = tenths ? (all % 600) / 10 : whole % 60;
  const digits = tenths ? 1 : 0;
  const last = formatNumber(language, rest, {
    minimumIntegerDigits: 2,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  const first =
    hours > 0 ? [hours, String(minutes).padStart(2, "0")] : [minutes];
  return [...first, last].join(":");
}

/**
 * A duration in words, for the ear: `2 minutes, 14 seconds`.
 *
 * @param {string} language
 * @param {number} seconds
 */
export function formatDuration(language, seconds) {
  const whole = Math.floor(Math.max(0, seconds) + 1e-6);
  const units = /** @type {const} */ ([
    ["hour", Math.floor(whole / 3600)],
    ["minute", Math.floor(whole / 60) % 60],
    ["second", whole % 60],
  ]);
  const spoken = units
    .filter(([unit, value]) => value > 0 || (unit === "second" && whole === 0))
    .map(([unit, value]) =>
      formatNumber(language, value, {
        style: "unit",
        unit,
        unitDisplay: "long",
      }),
    );
  return listFormat(language, {
    style: "narrow",
    type: "unit",
  }).format(spoken);
}

/**
 * @param {string} language
 * @param {number} bytes
 */
export function formatBytes(language, bytes) {
  const power = Math.max(
    0,
    Math.floor(Math.log(Math.max(1, bytes)) / Math.log(KIB)),
  );
  const index = Math.min(power, BYTE_UNITS.length - 1);
  const value = bytes / KIB ** index;
  return formatNumber(language, value, {
    style: "unit",
    unit: BYTE_UNITS[index],
    unitDisplay: index === 0 ? "long" : "short",
    maximumFractionDigits: index > 1 && value < 100 ? 1 : 0,
  });
}

/**
 * A moment as people say it: `today, 10:12`, `yesterday, 18:40`, `3 May 2026, 09:15`.
 *
 * @param {string} language
 * @param {number} at Unix ms
 * @param {number} now Unix ms
 */
export function formatDate(language, at, now) {
  const days = calendarDay(at) - calendarDay(now);
  const time = dateFormat(language, { timeStyle: "short" }).format(at);
  if (days === 0 || days === -1) {
    const relative = relativeTimeFormat(language, { numeric: "auto" });
    return `${relative.format(days, "day")}, ${time}`;
  }
  const date = dateFormat(language, {
    dateStyle: "medium",
  }).format(at);
  return `${date}, ${time}`;
}

/** @param {number} at Unix ms @returns {number} of the local calendar, counted through */
function calendarDay(at) {
  const date = new Date(at);
  return Math.round(
    Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86400000,
  );
}
