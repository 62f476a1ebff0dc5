/**
 * Formatters of Intl, each made once: making one takes far longer than using it.
 *
 * @module
 */

/** @type {Map<string, unknown>} */
const made = new Map();

/**
 * @template Formatter, Options
 * @param {new (locale: string, options?: Options) => Formatter} Kind
 * @param {string} locale
 * @param {Options} [options]
 * @param {number} [zone] of the clock they go by, if they do
 * @returns {Formatter}
 */
function once(Kind, locale, options, zone) {
  const key = JSON.stringify([Kind.name, locale, options, zone]);
  const formatter = made.get(key) ?? new Kind(locale, options);
  made.set(key, formatter);
  return /** @type {Formatter} */ (formatter);
}

/** @param {string} locale @param {Intl.NumberFormatOptions} [options] */
export const numberFormat = (locale, options) =>
  once(Intl.NumberFormat, locale, options);

/** @param {string} locale */
export const pluralRules = (locale) => once(Intl.PluralRules, locale);

/** @param {string} locale @param {Intl.ListFormatOptions} options */
export const listFormat = (locale, options) =>
  once(Intl.ListFormat, locale, options);

/** @param {string} locale @param {Intl.RelativeTimeFormatOptions} options */
export const relativeTimeFormat = (locale, options) =>
  once(Intl.RelativeTimeFormat, locale, options);

/** @param {string} locale @param {Intl.CollatorOptions} options */
export const collator = (locale, options) =>
  once(Intl.Collator, locale, options);

/**
 * In the zone of the device as it is now: people travel.
 *
 * @param {string} locale
 * @param {Intl.DateTimeFormatOptions} options
 */
export const dateFormat = (locale, options) =>
  once(Intl.DateTimeFormat, locale, options, new Date().getTimezoneOffset());
