import { isCompositionRoot } from "./paths.js";

const RUNS = /^(Expression|If|For|While|DoWhile|Try|Switch|Block)/;

/**
 * Importing a script does nothing: it only declares. What runs is called by a
 * composition root.
 *
 * @type {import("eslint").Rule.RuleModule}
 */
export const noWorkAtImport = {
  meta: {
    type: "problem",
    docs: { description: "a module only declares" },
    schema: [],
    messages: {
      work: "A module only declares: let a composition root call this.",
    },
  },
  create(context) {
    if (isCompositionRoot(context.filename.replaceAll("\\", "/"))) {
      return {};
    }
    return {
      Program(/** @type {any} */ program) {
        for (const node of program.body) {
          const isDirective = typeof node.directive === "string";
          if (RUNS.test(node.type) && !isDirective) {
            context.report({ node, messageId: "work" });
          }
        }
      },
    };
  },
};
