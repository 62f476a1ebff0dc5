/** Where the sources refuse a request: the `if`s whose block does so. */

/**
 * @typedef {object} Site
 * @property {string} file
 * @property {number} line from 1
 * @property {number} open offset of the condition's parenthesis
 * @property {number} close offset of the one that ends it
 * @property {string} text the condition on one line
 */

/** A request refused by the module, and what a parser calls a fault. */
const MODULE =
  /_(refuse|decline)\w*\(|return (WF_REQUEST|WF_FIELD)_(?!OK)|= (WF_REQUEST|WF_FIELD)_(?!OK)/;

/** What the library tells of a client's fault, not of the disk's. */
const LIBRARY =
  /wfs_error_set(_numbers)?\(\s*\S+\s*WFS_E(ID|INVAL|TOOMANY|TOOLARGE|GONE|COMPLETE|CONFLICT|BUSY|UPLOADS|NOSPC|QUOTA|TYPE|DIGEST|EMPTY|MISSING|NOUPLOAD|NORECORDING|CURSOR)\b/;

/**
 * @param {string} file
 * @param {string} source
 * @returns {Site[]}
 */
export function findSites(file, source) {
  const code = withoutText(source);
  const pattern = file.includes("libwfstore/") ? LIBRARY : MODULE;
  const sites = [];

  for (const match of code.matchAll(/\bif \(/g)) {
    const open = match.index + match[0].length - 1;
    const close = findEnd(code, open, "(", ")");
    const block = readBlock(code, close + 1);
    if (!/\bif \(/.test(block) && pattern.test(block)) {
      const line = code.slice(0, open).split("\n").length;
      const text = code.slice(open + 1, close).replace(/\s+/g, " ");
      sites.push({ file, line, open, close, text });
    }
  }
  return sites;
}

/** @param {Site} site */
export function getLabel(site) {
  return `${site.file}:${site.line}: ${site.text}`;
}

/**
 * What the condition does is still done: only the refusal goes.
 *
 * @param {string} source
 * @param {Site} site
 * @returns {string} the source without that refusal
 */
export function remove(source, site) {
  return extend(source, site, "0");
}

/**
 * @param {string} source
 * @param {Site} site
 * @param {string} more what has to be true as well
 */
export function extend(source, site, more) {
  const { open, close } = site;

  return (
    `${source.slice(0, open)}((${source.slice(open + 1, close)}) && ${more})` +
    source.slice(close + 1)
  );
}

/**
 * Comments and literals become blanks: offsets and lines stay.
 *
 * @param {string} source
 */
function withoutText(source) {
  const text = /\/\*[^]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g;

  return source.replace(text, (found) => found.replace(/[^\n]/g, " "));
}

/**
 * @param {string} code
 * @param {number} at
 */
function readBlock(code, at) {
  const start = at + code.slice(at).search(/\S/);
  const end =
    code[start] === "{"
      ? findEnd(code, start, "{", "}")
      : code.indexOf(";", start);

  return code.slice(start, end + 1);
}

/**
 * @param {string} code
 * @param {number} at offset of the opening mark
 * @param {string} opening
 * @param {string} closing
 * @returns {number} offset of the mark that closes it
 */
function findEnd(code, at, opening, closing) {
  let depth = 0;

  for (let i = at; i < code.length; i++) {
    if (code[i] === opening) {
      depth++;
    } else if (code[i] === closing && --depth === 0) {
      return i;
    }
  }
  throw new Error(`nothing closes the ${opening} at ${at}`);
}
