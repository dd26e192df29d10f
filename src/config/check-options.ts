import type { Json, JsonArray, JsonObject } from '../model/json.js';
import type { Place } from '../diagnostics/place.js';
import { isText, shownPath, type Inspection } from './inspection.js';
import { options, type Kind, type OptionEntry, type OptionName } from './options.js';

/** The value of an option, and where it was written. */
export interface Given {
  /** What takes several is a list. */
  readonly value: boolean | string | readonly string[];
  /** Where its key is; undefined in a program. */
  readonly place: Place | undefined;
}

/** What a file says of one kit. */
export type GivenKit = ReadonlyMap<OptionName, Given>;

/** Reads the options of a kit; those that are wrong are left out. */
export function checkOptions(node: JsonObject, path: string, inspection: Inspection): GivenKit {
  const { written } = inspection;
  const given = new Map<OptionName, Given>();
  for (const entry of options) {
    const { name } = entry;
    if (!Object.hasOwn(node, name)) continue;
    const value = read(node, entry, path === '' ? name : `${path}.${name}`, inspection);
    if (value !== undefined) given.set(name, { value, place: written.placeOfKey(node, name) });
  }
  return given;
}

function read(
  node: JsonObject,
  entry: OptionEntry,
  path: string,
  inspection: Inspection,
): Given['value'] | undefined {
  const { name, kind, mayBeEmpty, otherwise = '' } = entry;
  const { written } = inspection;
  const value = node[name];
  const place = () => written.placeOf(node, name);
  if (kind === 'flag')
    return typeof value === 'boolean' ? value : inspection.wrong(path, forms[kind], place());
  if (kind === 'path' || !isList(value)) {
    const text = readText(value, entry, path, forms[kind], place, inspection);
    return text === undefined || kind === 'path' ? text : [text];
  }
  if (value.length === 0 && !mayBeEmpty) {
    const message = `${shownPath(path)} is an empty list; without \`${name}\` it is ${otherwise}.`;
    return inspection.fail('config-invalid', message, place());
  }
  const texts = value.map((each, index) =>
    readText(
      each,
      entry,
      `${path}[${index}]`,
      itemForms[kind],
      () => written.placeOf(value, index),
      inspection,
    ),
  );
  return texts.every((each) => each !== undefined) ? texts : undefined;
}

function readText(
  value: Json | undefined,
  { choices }: OptionEntry,
  path: string,
  form: string,
  place: () => Place | undefined,
  inspection: Inspection,
): string | undefined {
  if (!isText(value)) return inspection.wrong(path, form, place());
  return choices === undefined || choices.includes(value)
    ? value
    : inspection.unknown(value, path, choices, place());
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
