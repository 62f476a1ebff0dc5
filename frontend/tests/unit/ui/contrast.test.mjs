import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const THEME = new URL("../../../styles/theme.css", import.meta.url);
const TEXT = 4.5;
const EDGE = 3;

/** [text or edge, what it lies on, ratio] by role */
const PAIRS = /** @type {const} */ ([
  ["ink", "ground", TEXT],
  ["ink", "surface", TEXT],
  ["ink", "raised", TEXT],
  ["ink", "pressed", TEXT],
  ["ink", "warn-wash", TEXT],
  ["muted", "ground", TEXT],
  ["muted", "surface", TEXT],
  ["muted", "raised", TEXT],
  ["accent", "surface", TEXT],
  ["on-accent", "accent", TEXT],
  ["on-record", "record", TEXT],
  ["record", "ground", TEXT],
  ["warn", "surface", TEXT],
  ["warn", "ground", TEXT],
  ["warn", "warn-wash", TEXT],
  ["edge", "ground", EDGE],
  ["edge", "surface", EDGE],
  ["accent", "ground", EDGE],
  ["accent", "raised", EDGE],
]);

/** @returns {Record<"light" | "dark", Record<string, string>>} colours by role */
function readThemes() {
  const css = readFileSync(THEME, "utf8").split("@media (prefers-contrast")[0];
  const [light, dark] = css
    .slice(css.indexOf("color-scheme: light"))
    .split("@variant dark");
  const colours = (/** @type {string} */ part) =>
    Object.fromEntries(
      [...part.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(
        ([, role, colour]) => [role, colour],
      ),
    );
  return { light: colours(light), dark: colours(dark) };
}

/** @param {string} colour `#rrggbb` @returns {number} WCAG 2.1 relative luminance */
function luminance(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** @param {string} one @param {string} other */
function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort(
    (a, b) => a - b,
  );
  return (light + 0.05) / (dark + 0.05);
}

for (const [name, colours] of Object.entries(readThemes())) {
  test(`every pair of colours can be told apart in the ${name} theme`, () => {
    for (const [front, back, least] of PAIRS) {
      const ratio = contrast(colours[front], colours[back]);
      assert.ok(ratio >= least, `${front} on ${back}: ${ratio.toFixed(2)}`);
    }
  });
}

test("both themes have the same roles", () => {
  const { light, dark } = readThemes();
  assert.deepEqual(Object.keys(dark), Object.keys(light));
});
