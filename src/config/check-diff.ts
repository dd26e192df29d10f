import type { JsonArray, JsonObject } from '../model/json.js';
import { rules, type RuleId } from '../model/change-rules.js';
import { isObject } from '../model/pointer.js';
import type { Position } from '../diagnostics/place.js';
import { isText, type Inspection } from './inspection.js';
import { listed } from './nearest.js';
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
export function checkDiff(root: JsonObject, inspection: Inspection): DiffSettings {
  if (!Object.hasOwn(root, 'diff')) return diffByDefault;
  const node = root['diff'];
  if (!isObject(node)) {
    inspection.wrong('diff', 'an object', inspection.written.placeOf(root, 'diff'));
    return diffByDefault;
  }
  inspection.checkKeys(node, 'diff', ['failOn', 'accept'], []);
  return {
    failOn: readFailOn(node, inspection) ?? diffByDefault.failOn,
    failOnSource: Object.hasOwn(node, 'failOn')
      ? { from: 'file', position: inspection.written.placeOfKey(node, 'failOn')?.position }
      : undefined,
    accept: readAccept(node, inspection),
  };
}

function readFailOn(node: JsonObject, inspection: Inspection): DiffSettings['failOn'] | undefined {
  if (!Object.hasOwn(node, 'failOn')) return undefined;
  const value = node['failOn'];
  const known = failOn.find((each) => each === value);
  if (known !== undefined) return known;
  const place = inspection.written.placeOf(node, 'failOn');
  return isText(value)
    ? inspection.unknown(value, 'diff.failOn', failOn, place)
    : inspection.wrong('diff.failOn', `one of ${listed(failOn)}`, place);
}

function readAccept(node: JsonObject, inspection: Inspection): readonly Accepted[] {
  if (!Object.hasOwn(node, 'accept')) return [];
  const list = node['accept'];
  const { written } = inspection;
  if (!Array.isArray(list) || list.length > limits.accept) {
    inspection.wrong(
      'diff.accept',
      `a list of at most ${limits.accept} changes`,
      written.placeOf(node, 'accept'),
    );
    return [];
  }
  const entries = list as JsonArray;
  return entries.flatMap((each, index) => {
    const path = `diff.accept[${index}]`;
    const place = written.placeOf(entries, index);
    if (!isObject(each)) {
      inspection.wrong(path, 'an object', place);
      return [];
    }
    inspection.checkKeys(each, path, keys, keys);
    const part = (key: keyof typeof parts): string => {
      if (!Object.hasOwn(each, key)) return '';
      const value = each[key];
      const { pattern, form } = parts[key];
      if (typeof value === 'string' && pattern.test(value)) return value;
      inspection.wrong(`${path}.${key}`, form, written.placeOf(each, key));
      return '';
    };
    const rule = readRule(each, `${path}.rule`, inspection);
    const [subject, reason] = [part('subject'), part('reason')];
    return rule === undefined ? [] : [{ rule, subject, reason, position: place?.position }];
  });
}

function readRule(node: JsonObject, path: string, inspection: Inspection): RuleId | undefined {
  if (!Object.hasOwn(node, 'rule')) return undefined;
  const value = node['rule'];
  const place = inspection.written.placeOf(node, 'rule');
  if (!isText(value)) return inspection.wrong(path, 'the id of a rule', place);
  if (Object.hasOwn(rules, value)) return value as RuleId;
  return inspection.unknown(value, path, Object.keys(rules), place);
}

const keys = ['rule', 'subject', 'reason'];
const parts = {
  subject: { pattern: /^[^\0]+$/, form: 'the name of what changed, such as `FreshdeskTicket.priority`' },
  reason: { pattern: /\S/, form: 'a text that says why' },
} as const;
