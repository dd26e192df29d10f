import type { Finding, Validate } from "./standard-schema.js";
import { Values } from "./values.js";

/*
 * What the code of validators calls. A payload comes from elsewhere: whatever it holds, and whatever the schema, a validation
 * takes time linear in its size.
 */

/** A payload that is wrong throughout is not described to its end. */
export const maxIssues = 100;

/** The most characters of a name in a path. */
export const maxName = 256;

/** Adds what a validator finds in a value to a list of findings, which is there once something is wrong. */
export function call(
  validate: Validate,
  value: unknown,
  instancePath: string,
  findings: Finding[] | null,
): Finding[] | null {
  if (validate(value, { instancePath })) return findings;
  return added(findings, validate.errors ?? []);
}

/** What the validators of this validation have found of values that they may meet again: null, or the first finding. */
const verdicts: Map<Validate, Verdicts> = /* @__PURE__ */ new Map();

interface Verdicts {
  readonly of: Map<unknown, Finding | null>;
  /** The last primitive that was checked: each is done with before the next. */
  last: unknown;
}

/** What this validation knows of the items of lists that must not hold equal ones. */
const items: Values = /* @__PURE__ */ new Values();

/**
 * `call` for schemas whose unions look at one value several times: each validator looks at it once. Without this, the
 * time would double with every level of a payload.
 */
export function callOnce(
  validate: Validate,
  value: unknown,
  instancePath: string,
  findings: Finding[] | null,
): Finding[] | null {
  const known: Verdicts = verdicts.get(validate) ?? {
    of: new Map(),
    last: undefined,
  };
  verdicts.set(validate, known);
  const verdict = known.of.get(value);
  if (verdict !== undefined)
    return verdict === null ? findings : added(findings, [verdict]);
  const isValid = validate(value, { instancePath });
  const found = isValid ? [] : (validate.errors ?? []);
  if (typeof value !== "object" || value === null) {
    known.of.delete(known.last);
    known.last = value;
  }
  known.of.set(value, isValid ? null : (found[0] ?? null));
  return isValid ? findings : added(findings, found);
}

/** A validator that forgets in the end what it has found on its way. */
export function remembering(validate: Validate): Validate {
  const whole: Validate = (value) => {
    try {
      const isValid = validate(value);
      whole.errors = validate.errors ?? null;
      return isValid;
    } finally {
      verdicts.clear();
      items.clear();
    }
  };
  return whole;
}

/** Whether a member is an object's own: `Object.hasOwn` of ES2022. */
export function hasOwn(value: object, name: string): boolean {
  return Object.prototype.hasOwnProperty.call(value, name);
}

/** Whether two items of a list are equal. */
export function hasEqual(list: readonly unknown[]): boolean {
  return items.hasEqual(list);
}

/** Adds one finding. */
export function found(
  findings: Finding[] | null,
  instancePath: string,
  keyword: string,
  params: Finding["params"],
): Finding[] {
  const finding = { instancePath, keyword, params };
  if (findings === null) return [finding];
  findings.push(finding);
  return findings;
}

/** The first of the new findings in any case, since it says that something is wrong; more as long as they are shown. */
function added(
  findings: Finding[] | null,
  more: readonly Finding[],
): Finding[] {
  const list = findings ?? [];
  for (const finding of more) {
    list.push(finding);
    if (list.length >= maxIssues) break;
  }
  return list;
}

/** What a member adds to a JSON pointer. Of a name that is too long to be shown, the beginning. */
export function step(name: string): string {
  const shown = name.length > maxName ? name.slice(0, maxName + 1) : name;
  return `/${shown.replace(/~/g, "~0").replace(/\//g, "~1")}`;
}

/** The number of characters as JSON Schema counts them: a surrogate pair is one. */
export function codePointLength(text: string): number {
  let length = text.length;
  for (let at = 0; at < text.length - 1; at++) {
    if (
      (text.charCodeAt(at) & 0xfc00) === 0xd800 &&
      (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00
    ) {
      length--;
      at++;
    }
  }
  return length;
}
