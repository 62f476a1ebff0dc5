import path from "node:path";
import { PURE_FOLDERS, folderOf, isCompositionRoot } from "./paths.js";

/**
 * Says why `from` may not import `source`, or null when it may.
 *
 * @param {string} from absolute path of the importing script
 * @param {string} source the specifier as written
 * @returns {string | null} a message id
 */
function refusal(from, source) {
  if (!source.startsWith(".")) {
    return "bare";
  }
  if (isCompositionRoot(from)) {
    return null;
  }
  const own = folderOf(from);
  const target = folderOf(path.posix.join(path.posix.dirname(from), source));
  if (target === own) {
    return null;
  }
  if (own !== null && PURE_FOLDERS.has(own)) {
    return "pure";
  }
  const common = target !== null && PURE_FOLDERS.has(target);
  return common || target === "vendor" ? null : "folder";
}

/**
 * Keeps the folders of the studio apart: core/ and engine/ import nothing but
 * themselves; every other folder imports itself, those two, and vendor; only
 * composition roots know more.
 *
 * @type {import("eslint").Rule.RuleModule}
 */
export const layers = {
  meta: {
    type: "problem",
    docs: { description: "a folder imports only what lies below it" },
    schema: [],
    messages: {
      bare: 'The browser resolves no bare name: import "{{source}}" by a relative path.',
      pure: 'core/ and engine/ import nothing, but this imports "{{source}}".',
      folder:
        'Only a composition root knows two folders: take "{{source}}" as a parameter.',
    },
  },
  create(context) {
    const from = context.filename.replaceAll("\\", "/");
    /** @param {any} node an import or export with an optional source */
    function check(node) {
      if (typeof node.source?.value !== "string") {
        return;
      }
      const source = node.source.value;
      const messageId = refusal(from, source);
      if (messageId !== null) {
        context.report({ node: node.source, messageId, data: { source } });
      }
    }
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};
