/** One recorded exchange, read as a client reads it. */

/**
 * @typedef {object} Answer
 * @property {string} suite
 * @property {string} method
 * @property {string} target
 * @property {string} path without the query
 * @property {number} status
 * @property {Map<string, string>} headers names in lower case
 * @property {string} body as latin1; chunked transfer taken off
 */

/**
 * @param {string} line JSON, as t/lib/WaveForge/Answers.pm writes it
 * @returns {Answer | null} null if it is no answer, or was cut
 */
export function readAnswer(line) {
  const { suite, method, target, answer } = JSON.parse(line);
  const text = withoutInterim(Buffer.from(answer, "base64").toString("latin1"));
  const end = text.indexOf("\r\n\r\n");
  const status = /^HTTP\/1\.[01] (\d{3}) /.exec(text);

  if (end < 0 || !status) {
    return null;
  }

  const headers = readHeaders(text.slice(0, end));
  const rest = text.slice(end + 4);

  return {
    suite,
    method,
    target,
    path: target.split("?")[0],
    status: Number(status[1]),
    headers,
    body: headers.has("transfer-encoding") ? unchunk(rest) : rest,
  };
}

/** @param {string} text */
function withoutInterim(text) {
  return text.replace(/^(HTTP\/1\.1 1\d\d [^]*?\r\n\r\n)+/, "");
}

/** @param {string} head */
function readHeaders(head) {
  return new Map(
    head
      .split("\r\n")
      .slice(1)
      .map((line) => {
        const colon = line.indexOf(":");
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
      }),
  );
}

/** @param {string} rest */
function unchunk(rest) {
  let body = "";
  let at = 0;

  for (;;) {
    const end = rest.indexOf("\r\n", at);
    const length = parseInt(rest.slice(at, end), 16);
    if (end < 0 || !length) {
      return body;
    }
    body += rest.slice(end + 2, end + 2 + length);
    at = end + 2 + length + 2;
  }
}
