import type { JsonArray, JsonObject } from '../model/json.js';
import { rules, type RuleId } from '../model/change-rules.js';
import { isObject } from '../model/pointer.js';
import type { Position } from '../diagnostics/source-location.js';
import { isText, type Issues } from './issues.js';
import { listed } from './nearest-word.js';
import { failOn, limits } from './options.js';
import type { Source } from './written.js';

/** What comparisons go by. */
export interface DiffSettings {
  /** From which change on a comparison fails. */
  readonly failOn: (typeof failOn)[number];
  /** Undefined for the default. */
  readonly failOnSource: Source | undefined;
  readonly accept: readonly Accepted[];
}

/** A change that the user accepts. */
export interface Accepted {
  readonly rule: RuleId;
  readonly subject: string;
  readonly reason: string;
  /** Where it was written; undefined in a program. */
  readonly position: Position | undefined;
}

export const diffByDefault: DiffSettings = { failOn: 'breaking', failOnSource: undefined, accept: [] };

/** Reads `diff` of a configuration. */
export function checkDiff(root: JsonObject, issues: Issues): DiffSettings {
  if (!Object.hasOwn(root, 'diff')) return diffByDefault;
  const node = root['diff'];
  if (!isObject(node)) {
    issues.wrong('diff', 'an object', issues.written.locationOf(root, 'diff'));
    return diffByDefault;
  }
  issues.checkKeys(node, 'diff', ['failOn', 'accept'], []);
  return {
    failOn: readFailOn(node, issues) ?? diffByDefault.failOn,
    failOnSource: Object.hasOwn(node, 'failOn')
      ? { from: 'file', position: issues.written.keyLocationOf(node, 'failOn')?.position }
      : undefined,
    accept: readAccept(node, issues),
  };
}

function readFailOn(node: JsonObject, issues: Issues): DiffSettings['failOn'] | undefined {
  if (!Object.hasOwn(node, 'failOn')) return undefined;
  const value = node['failOn'];
  const known = failOn.find((each) => each === value);
  if (known !== undefined) return known;
  const location = issues.written.locationOf(node, 'failOn');
  return isText(value)
    ? issues.unknown(value, 'diff.failOn', failOn, location)
    : issues.wrong('diff.failOn', `one of ${listed(failOn)}`, location);
}

function readAccept(node: JsonObject, issues: Issues): readonly Accepted[] {
  if (!Object.hasOwn(node, 'accept')) return [];
  const list = node['accept'];
  const { written } = issues;
  if (!Array.isArray(list) || list.length > limits.accept) {
    issues.wrong(
      'diff.accept',
      `a list of at most ${limits.accept} changes`,
      written.locationOf(node, 'accept'),
    );
    return [];
  }
  const entries = list as JsonArray;
  return entries.flatMap((each, index) => {
    const path = `diff.accept[${index}]`;
    const location = written.locationOf(entries, index);
    if (!isObject(each)) {
      issues.wrong(path, 'an object', location);
      return [];
    }
    issues.checkKeys(each, path, keys, keys);
    const part = (key: keyof typeof parts): string => {
      if (!Object.hasOwn(each, key)) return '';
      const value = each[key];
      const { pattern, form } = parts[key];
      if (typeof value === 'string' && pattern.test(value)) return value;
      issues.wrong(`${path}.${key}`, form, written.locationOf(each, key));
      return '';
    };
    const rule = readRule(each, `${path}.rule`, issues);
    const [subject, reason] = [part('subject'), part('reason')];
    return rule === undefined ? [] : [{ rule, subject, reason, position: location?.position }];
  });
}

function readRule(node: JsonObject, path: string, issues: Issues): RuleId | undefined {
  if (!Object.hasOwn(node, 'rule')) return undefined;
  const value = node['rule'];
  const location = issues.written.locationOf(node, 'rule');
  if (!isText(value)) return issues.wrong(path, 'the id of a rule', location);
  if (Object.hasOwn(rules, value)) return value as RuleId;
  return issues.unknown(value, path, Object.keys(rules), location);
}

const keys = ['rule', 'subject', 'reason'];
const parts = {
  subject: { pattern: /^[^\0]+$/, form: 'the name of what changed, such as `FreshdeskTicket.priority`' },
  reason: { pattern: /\S/, form: 'a text that says why' },
} as const;
