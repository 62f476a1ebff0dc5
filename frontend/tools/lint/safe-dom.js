const MARKUP = new Set(["innerHTML", "outerHTML", "srcdoc"]);
const PARSERS = new Set([
  "insertAdjacentHTML",
  "setHTMLUnsafe",
  "parseHTMLUnsafe",
  "createContextualFragment",
]);
const WRITERS = new Set(["write", "writeln"]);

/**
 * @param {any} member a MemberExpression
 * @returns {string | null} its property, also when written as a string
 */
function propertyName(member) {
  const { property, computed } = member;
  return computed ? (property.value ?? null) : property.name;
}

/**
 * DOM is made from templates, textContent and attributes, never from markup in
 * strings, and handlers are listeners, never attributes.
 *
 * @type {import("eslint").Rule.RuleModule}
 */
export const safeDom = {
  meta: {
    type: "problem",
    docs: { description: "no markup from strings, no inline handlers" },
    schema: [],
    messages: {
      markup:
        '"{{name}}" makes markup from a string: clone a <template> and set textContent.',
      handler:
        'An "{{name}}" attribute is an inline handler: use addEventListener.',
    },
  },
  create(context) {
    return {
      MemberExpression(/** @type {any} */ node) {
        const name = propertyName(node);
        const isWrite =
          WRITERS.has(String(name)) && node.object.name === "document";
        if (isWrite || MARKUP.has(String(name)) || PARSERS.has(String(name))) {
          context.report({ node, messageId: "markup", data: { name } });
        }
      },
      CallExpression(/** @type {any} */ node) {
        const name = node.arguments[0]?.value;
        if (
          node.callee.property?.name === "setAttribute" &&
          /^on/i.test(String(name))
        ) {
          context.report({ node, messageId: "handler", data: { name } });
        }
      },
    };
  },
};
