/** docs/openapi.yaml as something to hold answers against. */

import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import ajvFormats from "ajv-formats";
import { parse } from "yaml";

/**
 * @typedef {object} Operation
 * @property {string} name such as `GET /upload/{file_id}`
 * @property {RegExp} path
 * @property {string} method
 * @property {Record<string, any>} responses by status, references resolved
 */

/**
 * @typedef {object} Spec
 * @property {Operation[]} operations
 * @property {string[]} codes of problems
 * @property {(schema: object) => import("ajv").ValidateFunction} compile
 */

/** Only these keys of a path's item are operations. */
export const METHODS = ["get", "post", "put", "patch", "delete"];

/**
 * @param {string} file
 * @returns {any} the document as it stands
 */
export function readDocument(file) {
  return parse(readFileSync(file, "utf8"));
}

/**
 * @param {any} document
 * @returns {Spec}
 */
export function readSpec(document) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  // The declarations are those of a CommonJS module.
  /** @type {any} */ (ajvFormats)(ajv);
  ajv.addSchema({ ...document, $id: "openapi" });

  return {
    operations: Object.entries(document.paths).flatMap(([path, item]) =>
      METHODS.filter((method) => item[method]).map((method) =>
        readOperation(document, path, method, item[method]),
      ),
    ),
    codes: document.components.schemas.Code.oneOf.map(
      (/** @type {{ const: string }} */ code) => code.const,
    ),
    compile: (schema) => ajv.compile(closed(schema)),
  };
}

/**
 * @param {any} document
 * @param {string} path
 * @param {string} method
 * @param {any} operation
 * @returns {Operation}
 */
function readOperation(document, path, method, operation) {
  return {
    name: `${method.toUpperCase()} ${path}`,
    path: new RegExp(`^${path.replace(/\{\w+\}/g, "[^/]+")}$`),
    method: method.toUpperCase(),
    responses: mapValues(operation.responses, (each) => {
      const response = resolve(document, each);
      const headers = mapValues(response.headers ?? {}, (header) =>
        resolve(document, header),
      );
      return { ...response, headers };
    }),
  };
}

/**
 * @param {Record<string, any>} object
 * @param {(value: any) => any} change
 */
function mapValues(object, change) {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [key, change(value)]),
  );
}

/**
 * @param {any} document
 * @param {any} value
 * @returns {any} what a local reference points to
 */
export function resolve(document, value) {
  if (!value.$ref) {
    return value;
  }
  return value.$ref
    .replace("#/", "")
    .split("/")
    .reduce((/** @type {any} */ at, /** @type {string} */ key) => at[key], document);
}

/**
 * A member of an answer that the document does not know is a fault here, though
 * clients are to ignore it.
 *
 * @param {object} schema with references into the document
 */
function closed(schema) {
  const text = JSON.stringify(schema).replaceAll('"#/', '"openapi#/');

  return { allOf: [JSON.parse(text)], unevaluatedProperties: false };
}
