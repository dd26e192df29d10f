import type { Json, JsonArray, JsonObject } from '../model/json.js';
import type { SourceLocation } from '../diagnostics/source-location.js';
import { isText, shownPath, type Issues } from './issues.js';
import { options, type Kind, type OptionEntry, type OptionName } from './options.js';

/** The value of an option, and where it was written. */
export interface Given {
  /** What takes several is a list. */
  readonly value: boolean | string | readonly string[];
  /** Where its key is; undefined in a program. */
  readonly location: SourceLocation | undefined;
}

/** What a file says of one kit. */
export type GivenKit = ReadonlyMap<OptionName, Given>;

/** Reads the options of a kit; those that are wrong are left out. */
export function checkOptions(node: JsonObject, path: string, issues: Issues): GivenKit {
  const { written } = issues;
  const given = new Map<OptionName, Given>();
  for (const entry of options) {
    const { name } = entry;
    if (!Object.hasOwn(node, name)) continue;
    const value = read(node, entry, path === '' ? name : `${path}.${name}`, issues);
    if (value !== undefined) given.set(name, { value, location: written.keyLocationOf(node, name) });
  }
  return given;
}

function read(
  node: JsonObject,
  entry: OptionEntry,
  path: string,
  issues: Issues,
): Given['value'] | undefined {
  const { name, kind, mayBeEmpty, otherwise = '' } = entry;
  const { written } = issues;
  const value = node[name];
  const location = () => written.locationOf(node, name);
  if (kind === 'flag')
    return typeof value === 'boolean' ? value : issues.wrong(path, forms[kind], location());
  if (kind === 'path' || !isList(value)) {
    const text = readText(value, entry, path, forms[kind], location, issues);
    return text === undefined || kind === 'path' ? text : [text];
  }
  if (value.length === 0 && !mayBeEmpty) {
    const message = `${shownPath(path)} is an empty list; without \`${name}\` it is ${otherwise}.`;
    return issues.fail('config-invalid', message, location());
  }
  const texts = value.map((each, index) =>
    readText(
      each,
      entry,
      `${path}[${index}]`,
      itemForms[kind],
      () => written.locationOf(value, index),
      issues,
    ),
  );
  return texts.every((each) => each !== undefined) ? texts : undefined;
}

function readText(
  value: Json | undefined,
  { choices }: OptionEntry,
  path: string,
  form: string,
  location: () => SourceLocation | undefined,
  issues: Issues,
): string | undefined {
  if (!isText(value)) return issues.wrong(path, form, location());
  return choices === undefined || choices.includes(value)
    ? value
    : issues.unknown(value, path, choices, location());
}

const forms: Readonly<Record<Kind, string>> = {
  path: 'a path',
  paths: 'a path or a list of paths',
  names: 'a name or a list of names',
  choices: 'a name or a list of names',
  flag: '`true` or `false`',
};

const itemForms = { paths: 'a path', names: 'a name', choices: 'a name' } as const;

function isList(value: Json | undefined): value is JsonArray {
  return Array.isArray(value);
}
