import { isCompositionRoot } from "./paths.js";

/**
 * @param {any} options the third argument of addEventListener
 * @returns {boolean} whether it ends the listener: `{ signal }` or `{ once: true }`
 */
function ends(options) {
  if (options?.type !== "ObjectExpression") {
    return false;
  }
  return options.properties.some((/** @type {any} */ property) => {
    const name = property.key?.name ?? property.key?.value;
    const isOnce = name === "once" && property.value.value === true;
    return name === "signal" || isOnce;
  });
}

/**
 * Everything that listens has an end. The one exception is `self` in a worker,
 * worklet or service worker, whose listeners end with its global scope.
 *
 * @type {import("eslint").Rule.RuleModule}
 */
export const listenerLifetime = {
  meta: {
    type: "problem",
    docs: { description: "listeners take { signal } or { once: true }" },
    schema: [],
    messages: {
      endless: "This listener never ends: pass { signal } or { once: true }.",
    },
  },
  create(context) {
    const path = context.filename.replaceAll("\\", "/");
    const ownsScope = isCompositionRoot(path) && !path.endsWith("/main.js");
    return {
      CallExpression(/** @type {any} */ node) {
        const callee = node.callee;
        const isMember = callee.type === "MemberExpression";
        const name = isMember ? callee.property.name : callee.name;
        if (name !== "addEventListener" || ends(node.arguments[2])) {
          return;
        }
        if (ownsScope && (!isMember || callee.object.name === "self")) {
          return;
        }
        context.report({ node, messageId: "endless" });
      },
    };
  },
};
