const SCOPES = new Set(["window", "globalThis", "self"]);
const DEFINERS = new Set(["assign", "defineProperty", "defineProperties"]);

/** @param {any} node @returns {boolean} whether it names the global object */
function isScope(node) {
  return node?.type === "Identifier" && SCOPES.has(node.name);
}

/**
 * Nothing is put on the global object: what is shared is passed.
 *
 * @type {import("eslint").Rule.RuleModule}
 */
export const noGlobals = {
  meta: {
    type: "problem",
    docs: { description: "nothing on window, globalThis or self" },
    schema: [],
    messages: { global: "Nothing goes on the global object: pass it instead." },
  },
  create(context) {
    /** @param {any} node a write @param {any} target what it writes to */
    function check(node, target) {
      if (target.type === "MemberExpression" && isScope(target.object)) {
        context.report({ node, messageId: "global" });
      }
    }
    return {
      AssignmentExpression: (/** @type {any} */ node) => check(node, node.left),
      UpdateExpression: (/** @type {any} */ node) => check(node, node.argument),
      CallExpression(/** @type {any} */ node) {
        const { object, property } = node.callee;
        const defines =
          object?.name === "Object" && DEFINERS.has(property?.name);
        if (defines && isScope(node.arguments[0])) {
          context.report({ node, messageId: "global" });
        }
      },
    };
  },
};
