import assert from "node:assert/strict";
import { test } from "node:test";
import { dateFormat } from "../../assets/js/core/intl.js";
import { createMessages } from "../../assets/js/core/messages.js";

const DICTIONARIES = {
  en: { takes: { one: "{count} take", other: "{count} takes" } },
  de: { takes: { one: "{count} Aufnahme", other: "{count} Aufnahmen" } },
};
const NOON = new Date(2026, 4, 3, 12, 0).getTime();
const KINDS = /** @type {const} */ ([
  "NumberFormat",
  "DateTimeFormat",
  "PluralRules",
  "ListFormat",
  "RelativeTimeFormat",
]);

/**
 * @param {import("node:test").TestContext} t
 * @returns {() => number} how many formatters were made since
 */
function countMade(t) {
  let count = 0;
  for (const kind of KINDS) {
    const Kind = /** @type {any} */ (Intl)[kind];
    const Counted = new Proxy(Kind, {
      construct(target, args) {
        count += 1;
        return Reflect.construct(target, args);
      },
    });
    Object.defineProperty(Intl, kind, { value: Counted });
    t.after(() => Object.defineProperty(Intl, kind, { value: Kind }));
  }
  return () => count;
}

/** @param {ReturnType<typeof createMessages>} messages @param {number} index */
function describe(messages, index) {
  return [
    messages.text("takes", { count: index }),
    messages.clock(index),
    messages.duration(3600 + index),
    messages.bytes(index * 1000),
    messages.date(NOON - index * 86_400_000, NOON),
  ].join(", ");
}

test("a thousand rows are written with a dozen formatters", (t) => {
  const made = countMade(t);
  const messages = createMessages({
    dictionaries: DICTIONARIES,
    language: "de",
    wishes: ["de-LI"], // of which no other test has made any
  });
  const rows = Array.from({ length: 1000 }, (_, i) => describe(messages, i));
  assert.equal(new Set(rows).size, 1000);
  assert.ok(made() <= 16, `${made()} formatters`);
});

test("each language has formatters of its own", () => {
  const messages = createMessages({
    dictionaries: DICTIONARIES,
    language: "en",
    wishes: ["en-GB", "de-DE"],
  });
  assert.equal(messages.number(1234.5), "1,234.5");
  messages.use("de");
  assert.equal(messages.number(1234.5), "1.234,5");
  assert.equal(messages.percent(0.5), "50\u00a0%");
});

test("who travels reads the time of where they are", (t) => {
  const options = /** @type {const} */ ({ timeStyle: "short" });
  let offset = 0;
  t.mock.method(Date.prototype, "getTimezoneOffset", () => offset);
  const before = dateFormat("en-GB", options);
  assert.equal(dateFormat("en-GB", options), before);
  offset = -600;
  assert.notEqual(dateFormat("en-GB", options), before);
});
