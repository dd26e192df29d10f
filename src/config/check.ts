import type { JsonArray, JsonObject } from '../model/json.js';
import { isObject } from '../model/pointer.js';
import { checkDiff, type DiffSettings } from './check-diff.js';
import { checkOptions, type GivenKit } from './check-options.js';
import { inspect, type Inspection } from './inspection.js';
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
  const inspection = inspect(written);
  const root = written.value;
  if (!isObject(root)) {
    inspection.fail('config-invalid', 'the configuration has to be an object.', undefined);
    inspection.end();
    return { kits: [], diff: checkDiff({}, inspection) };
  }
  const several = Object.hasOwn(root, 'kits');
  inspection.checkKeys(root, '', ['$schema', ...names, 'kits', 'diff'], several ? [] : ['out']);
  if (Object.hasOwn(root, '$schema') && typeof root['$schema'] !== 'string')
    inspection.wrong('$schema', 'a text', written.placeOf(root, '$schema'));
  const kits = several ? checkKits(root, inspection) : [checkOptions(root, '', inspection)];
  const diff = checkDiff(root, inspection);
  inspection.end();
  return { kits, diff };
}

function checkKits(root: JsonObject, inspection: Inspection): readonly GivenKit[] {
  const { written } = inspection;
  for (const name of names) {
    if (!Object.hasOwn(root, name)) continue;
    const message = `\`${name}\` stands beside \`kits\`.`;
    inspection.fail('config-misplaced', message, written.placeOfKey(root, name));
  }
  const list = root['kits'];
  if (!Array.isArray(list) || list.length === 0 || list.length > limits.kits) {
    const form = `a list of one kit to ${limits.kits}`;
    inspection.wrong('kits', form, written.placeOf(root, 'kits'));
    return [];
  }
  const nodes = list as JsonArray;
  return nodes.flatMap((node, index) => {
    const path = `kits[${index}]`;
    if (!isObject(node)) {
      inspection.wrong(path, 'an object', written.placeOf(nodes, index));
      return [];
    }
    inspection.checkKeys(node, path, names, ['out']);
    return [checkOptions(node, path, inspection)];
  });
}

const names: readonly string[] = options.map(({ name }) => name);
