import js from "@eslint/js";
import { functionLength } from "./frontend/tools/lint/function-length.js";
import { layers } from "./frontend/tools/lint/layers.js";
import { listenerLifetime } from "./frontend/tools/lint/listener-lifetime.js";
import { noGlobals } from "./frontend/tools/lint/no-globals.js";
import { noWorkAtImport } from "./frontend/tools/lint/no-work-at-import.js";
import { safeDom } from "./frontend/tools/lint/safe-dom.js";

/** Undefined names are left to the type checker, which knows each script's scope. */
const COMMON = {
  ...js.configs.recommended.rules,
  "no-undef": "off",
  "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
  "no-var": "error",
  "prefer-const": "error",
  eqeqeq: "error",
  curly: "error",
  "no-eval": "error",
  "no-implied-eval": "error",
  "no-new-func": "error",
  "no-script-url": "error",
  "no-alert": "error",
};

const SHAPE = {
  "max-lines": ["error", { max: 300, skipBlankLines: true }],
  "waveforge/function-length": ["error", 40],
  "max-depth": ["error", 4],
  complexity: ["error", 15],
};

/** @type {import("eslint").Linter.Config[]} */
export default [
  { ignores: ["build/", "frontend/assets/vendor/", "frontend/sw.js"] },
  {
    files: ["**/*.js", "**/*.mjs"],
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: /** @type {any} */ (COMMON),
  },
  {
    files: ["frontend/assets/js/**/*.js"],
    plugins: {
      waveforge: {
        rules: {
          "function-length": functionLength,
          layers,
          "listener-lifetime": listenerLifetime,
          "no-globals": noGlobals,
          "no-work-at-import": noWorkAtImport,
          "safe-dom": safeDom,
        },
      },
    },
    rules: /** @type {any} */ ({
      ...SHAPE,
      "no-console": "error",
      "waveforge/layers": "error",
      "waveforge/listener-lifetime": "error",
      "waveforge/no-globals": "error",
      "waveforge/no-work-at-import": "error",
      "waveforge/safe-dom": "error",
    }),
  },
];
