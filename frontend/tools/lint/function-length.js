/**
 * @param {any} node
 * @returns {Set<number>} the lines it covers
 */
function linesOf(node) {
  const { start, end } = node.loc;
  const count = end.line - start.line + 1;
  return new Set(Array.from({ length: count }, (_, i) => start.line + i));
}

/**
 * @param {import("eslint").SourceCode} source
 * @returns {Set<number>} lines that hold code, not only comment or nothing
 */
function linesOfCode(source) {
  const tokens = source.ast.tokens ?? [];
  return new Set(tokens.flatMap((token) => [...linesOf(token)]));
}

/**
 * A function has at most `max` lines of code of its own. Lines of functions in it
 * count for those: an object made of closures is long as a class may be, its
 * methods are not.
 *
 * @type {import("eslint").Rule.RuleModule}
 */
export const functionLength = {
  meta: {
    type: "suggestion",
    docs: { description: "functions are short" },
    schema: [{ type: "integer", minimum: 1 }],
    messages: {
      long: "This function has {{count}} lines of its own; {{max}} are the most.",
    },
  },
  create(context) {
    const max = context.options[0];
    const code = linesOfCode(context.sourceCode);
    /** @type {Set<number>[]} lines of functions within the one being read */
    const inner = [new Set()];
    /** @param {any} node */
    function leave(node) {
      const nested = inner.pop() ?? new Set();
      const lines = linesOf(node);
      const own = [...lines].filter((line) => code.has(line));
      const count = own.filter((line) => !nested.has(line)).length;
      if (count > max) {
        context.report({ node, messageId: "long", data: { count, max } });
      }
      lines.forEach((line) => inner.at(-1)?.add(line));
    }
    return {
      ":function": () => void inner.push(new Set()),
      ":function:exit": leave,
    };
  },
};
