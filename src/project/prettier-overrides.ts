import { relative, sep } from 'node:path';
import { locationOf, type GivenOptions } from './given.js';
import { matchesGlob } from './glob.js';
import type { PrettierConfig } from './prettier-config.js';
import { Unreadable } from './text.js';

/**
 * The options of a configuration as they apply to a file: its own, then those of every override whose patterns match, in their
 * order.
 *
 * @throws Unreadable for overrides that are none
 */
export function overridden(config: PrettierConfig | undefined, file: string): GivenOptions {
  if (config === undefined) return new Map();
  const { source, folder, value, offset } = config;
  const wrong = (problem: string) =>
    new Unreadable(problem, source, Math.max(0, source.text.indexOf('overrides', offset)));
  const options = new Map<string, unknown>(Object.entries(value));
  const overrides = options.get('overrides') ?? [];
  options.delete('overrides');
  if (!Array.isArray(overrides)) throw wrong('`overrides` is not a list');
  if (overrides.length > overridesAtMost) throw wrong(`it has more than ${overridesAtMost} overrides`);

  const path = relative(folder, file).split(sep).join('/');
  for (const each of overrides as readonly unknown[]) {
    const { files, excludeFiles, options: own } = (each ?? {}) as Readonly<Record<string, unknown>>;
    const included = patternsOf(files, wrong);
    const excluded = excludeFiles === undefined ? [] : patternsOf(excludeFiles, wrong);
    if (!applies(path, included, excluded, wrong)) continue;
    for (const [option, given] of Object.entries(own ?? {})) options.set(option, given);
  }
  return new Map(
    [...options].map(([option, value]) => [
      option,
      { value, location: () => locationOf(source, offset, option, value) },
    ]),
  );
}

const overridesAtMost = 1_000;

type Wrong = (problem: string) => Error;

function patternsOf(value: unknown, wrong: Wrong): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length > overridesAtMost) throw wrong(`an override has more than ${overridesAtMost} patterns`);
  return list.map((each) => {
    if (typeof each !== 'string' || each === '') throw wrong('a pattern of an override is no text');
    return each;
  });
}

/**
 * Prettier matches patterns without a slash against the name of the file, whatever folder it is in, and others against its path.
 * What is excluded goes by the way in which the file was included.
 */
function applies(
  path: string,
  included: readonly string[],
  excluded: readonly string[],
  wrong: Wrong,
): boolean {
  return [true, false].some((byName) => {
    const text = byName ? path.slice(path.lastIndexOf('/') + 1) : path;
    const matches = (pattern: string) => matchesGlob(text, pattern, {}, wrong);
    return (
      included.filter((pattern) => pattern.includes('/') !== byName).some(matches) && !excluded.some(matches)
    );
  });
}
