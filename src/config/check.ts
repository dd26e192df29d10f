import type { JsonArray, JsonObject } from '../model/json.js';
import { isObject } from '../model/pointer.js';
import { checkDiff, type DiffSettings } from './check-diff.js';
import { checkOptions, type GivenKit } from './check-options.js';
import { collectIssues, type Issues } from './issues.js';
import { limits, options } from './options.js';
import type { Written } from './written.js';

/** A configuration that is what it has to be. */
export interface CheckedConfig {
  /** At least one, in the order of the file. */
  readonly kits: readonly GivenKit[];
  readonly diff: DiffSettings;
}

/**
 * Checks a configuration against the table of options.
 *
 * @throws Rejected with everything that is wrong with it
 */
export function checkConfig(written: Written): CheckedConfig {
  const issues = collectIssues(written);
  const root = written.value;
  if (!isObject(root)) {
    issues.fail('config-invalid', 'the configuration has to be an object.', undefined);
    issues.end();
    return { kits: [], diff: checkDiff({}, issues) };
  }
  const several = Object.hasOwn(root, 'kits');
  issues.checkKeys(root, '', ['$schema', ...names, 'kits', 'diff'], several ? [] : ['out']);
  if (Object.hasOwn(root, '$schema') && typeof root['$schema'] !== 'string')
    issues.wrong('$schema', 'a text', written.locationOf(root, '$schema'));
  const kits = several ? checkKits(root, issues) : [checkOptions(root, '', issues)];
  const diff = checkDiff(root, issues);
  issues.end();
  return { kits, diff };
}

function checkKits(root: JsonObject, issues: Issues): readonly GivenKit[] {
  const { written } = issues;
  for (const name of names) {
    if (!Object.hasOwn(root, name)) continue;
    const message = `\`${name}\` stands beside \`kits\`.`;
    issues.fail('config-misplaced', message, written.keyLocationOf(root, name));
  }
  const list = root['kits'];
  if (!Array.isArray(list) || list.length === 0 || list.length > limits.kits) {
    const form = `a list of one kit to ${limits.kits}`;
    issues.wrong('kits', form, written.locationOf(root, 'kits'));
    return [];
  }
  const nodes = list as JsonArray;
  return nodes.flatMap((node, index) => {
    const path = `kits[${index}]`;
    if (!isObject(node)) {
      issues.wrong(path, 'an object', written.locationOf(nodes, index));
      return [];
    }
    issues.checkKeys(node, path, names, ['out']);
    return [checkOptions(node, path, issues)];
  });
}

const names: readonly string[] = options.map(({ name }) => name);
