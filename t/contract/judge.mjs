/** What the document says of answers, and which of it has been seen. */

/** @typedef {import("./answer.mjs").Answer} Answer */
/** @typedef {import("./spec.mjs").Operation} Operation */
/** @typedef {import("./spec.mjs").Spec} Spec */

/** nginx's own, wherever its configuration raises them: in no operation's list. */
const OF_NGINX = new Set([
  "BAD_REQUEST",
  "UNAUTHORIZED",
  "FORBIDDEN",
  "TOO_MANY_REQUESTS",
  "INTERNAL_ERROR",
  "UNAVAILABLE",
  "ERROR",
]);

/** What nginx answers by itself where WaveForge is off. */
const HTML = "text/html";
const PROBLEM = "application/problem+json";
const PROBLEM_SCHEMA = { $ref: "#/components/schemas/Problem" };

export class Judge {
  /** @param {Spec} spec */
  constructor(spec) {
    this.spec = spec;
    this.heard = 0;
    /** @type {string[]} */
    this.faults = [];
    /** @type {Set<string>} `GET /uploads 200` */
    this.seen = new Set();
    /** @type {Set<string>} */
    this.codes = new Set();
    /** @type {Map<string, import("ajv").ValidateFunction>} */
    this.validators = new Map();
  }

  /** @param {Answer} answer */
  hear(answer) {
    const path = this.findPath(answer.path);
    this.hearCode(answer);
    if (path.length === 0 || answer.headers.get("content-type") === HTML) {
      return;
    }
    this.heard++;

    // What is switched off is not there for OPTIONS either.
    const isOfMethods =
      answer.status === 405 ||
      (answer.method === "OPTIONS" && answer.status !== 404);
    const fault =
      isOfMethods && !this.isOfNginx(answer)
        ? this.judgeMethods(answer, path)
        : this.judge(answer, path);

    if (fault) {
      this.faults.push(
        `${answer.suite}: ${answer.method} ${answer.target} ` +
          `${answer.status}: ${fault}`,
      );
    }
  }

  /**
   * @param {string} path of a request
   * @returns {Operation[]} of the document's path: one without parameters first
   */
  findPath(path) {
    const found = this.spec.operations.filter((each) => each.path.test(path));
    const literal = found.filter((each) => each.name.endsWith(` ${path}`));

    return literal.length > 0 ? literal : found;
  }

  /** @param {Answer} answer */
  hearCode(answer) {
    const code = /"code":"([A-Z_]+)"/.exec(answer.body)?.[1];

    if (code && answer.headers.get("content-type") === PROBLEM) {
      this.codes.add(code);
    }
  }

  /**
   * Allow has the methods of the document's path.
   *
   * @param {Answer} answer
   * @param {Operation[]} path
   */
  judgeMethods(answer, path) {
    const allowed = path.map((operation) => operation.method);
    if (allowed.includes("GET")) {
      allowed.push("HEAD");
    }
    allowed.push("OPTIONS");

    const told = (answer.headers.get("allow") ?? "").split(", ");
    if (told.sort().join() !== allowed.sort().join()) {
      return `Allow is ${told}, not ${allowed}`;
    }
    return answer.status === 405 ? this.judgeProblem(answer) : null;
  }

  /**
   * @param {Answer} answer
   * @param {Operation[]} path
   */
  judge(answer, path) {
    const method = answer.method === "HEAD" ? "GET" : answer.method;
    const operation = path.find((each) => each.method === method);
    const response = operation?.responses[answer.status];

    if (this.isOfNginx(answer) || answer.method === "OPTIONS") {
      return this.judgeProblem(answer);
    }
    if (!operation || !response) {
      return "the document knows no such answer";
    }
    this.seen.add(`${operation.name} ${answer.status}`);
    return this.judgeHeaders(answer, response) ?? this.judgeBody(answer, response);
  }

  /** @param {Answer} answer */
  isOfNginx(answer) {
    const code = /"code":"([A-Z_]+)"/.exec(answer.body)?.[1];

    return (
      answer.headers.get("content-type") === PROBLEM &&
      (code ? OF_NGINX.has(code) : answer.method === "HEAD")
    );
  }

  /**
   * @param {Answer} answer
   * @param {any} response
   */
  judgeHeaders(answer, response) {
    /** @type {[string, any][]} */
    const headers = Object.entries(response.headers);

    for (const [name, header] of headers) {
      const value = answer.headers.get(name.toLowerCase());
      if (value === undefined && header.required) {
        return `without ${name}`;
      }
      if (value !== undefined && !this.accepts(header.schema, value)) {
        return `${name} is ${value}`;
      }
    }
    return null;
  }

  /**
   * @param {any} schema of a header
   * @param {string} value
   */
  accepts(schema, value) {
    const isNumber = schema.type === "integer" && /^\d+$/.test(value);

    return this.compiled(schema)(isNumber ? Number(value) : value);
  }

  /**
   * @param {Answer} answer
   * @param {any} response
   */
  judgeBody(answer, response) {
    const type = answer.headers.get("content-type")?.split(";")[0];
    const content = response.content ?? {};
    const range = `${type?.split("/")[0]}/*`;
    const described = type && (content[type] ?? content[range]);

    if (answer.status === 304 || (answer.method === "HEAD" && !type)) {
      return null;
    }
    if (!described) {
      return type && response.content
        ? `the document knows no ${type} here`
        : null;
    }
    if (answer.method === "HEAD" || !type.endsWith("json")) {
      return null;
    }
    return type === PROBLEM
      ? this.judgeProblem(answer)
      : this.validate(answer, described.schema);
  }

  /** @param {Answer} answer */
  judgeProblem(answer) {
    if (answer.method === "HEAD") {
      return null;
    }
    const fault = this.validate(answer, PROBLEM_SCHEMA);
    if (fault) {
      return fault;
    }
    const { status } = JSON.parse(answer.body);

    return status === answer.status ? null : `its body says ${status}`;
  }

  /**
   * @param {Answer} answer
   * @param {object} schema
   */
  validate(answer, schema) {
    const validate = this.compiled(schema);

    try {
      const text = Buffer.from(answer.body, "latin1").toString("utf8");
      return validate(JSON.parse(text))
        ? null
        : JSON.stringify(validate.errors);
    } catch (error) {
      return String(error);
    }
  }

  /** @param {object} schema */
  compiled(schema) {
    const key = JSON.stringify(schema);
    const validate = this.validators.get(key) ?? this.spec.compile(schema);

    this.validators.set(key, validate);
    return validate;
  }

  /** @returns {string[]} what is described and was never answered */
  findUnseen() {
    const described = this.spec.operations.flatMap((operation) =>
      Object.keys(operation.responses).map(
        (status) => `${operation.name} ${status}`,
      ),
    );

    return [
      ...described.filter((each) => !this.seen.has(each)),
      ...this.spec.codes.filter((code) => !this.codes.has(code)),
    ].map((each) => `no suite has seen ${each}`);
  }

  /**
   * @param {string[]} names beside the codes
   * @param {string} titles
   * @returns {string[]} codes and names that no test's title has in it as words
   */
  findUnnamed(names, titles) {
    const words = (/** @type {string} */ name) =>
      new RegExp(`(?<![\\w/-])${name.replace(/[{}]/g, "\\$&")}(?![\\w/-])`);

    return [...this.spec.codes, ...names]
      .filter((name) => !words(name).test(titles))
      .map((name) => `no test's title names ${name}`);
  }
}
