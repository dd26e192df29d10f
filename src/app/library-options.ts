import { unknownChoices, type ChoiceName } from '../config/choices.js';
import { isText, shownPath } from '../config/issues.js';
import { nearestWord } from '../config/nearest-word.js';
import { limits, options as kitOptions, type Kind as KitKind, type OptionName } from '../config/options.js';
import { diagnostic, Rejected, type Diagnostic } from '../diagnostics/diagnostic.js';
import { isObject } from '../model/pointer.js';
import type * as comparing from './diff.js';
import type * as kits from './generate.js';

interface Library {
  readonly generate: typeof kits.generate;
  readonly render: typeof kits.render;
  readonly check: typeof kits.check;
  readonly describe: typeof kits.describe;
  readonly diff: typeof comparing.diff;
}

/** How an option is given in a program: a list is a list, even of one. */
type Kind = KitKind | 'text' | 'text or null' | 'accepted';

type OptionsOf<Name extends keyof Library> = NonNullable<Parameters<Library[Name]>[0]>;

const common = { replay: 'flag', cwd: 'path' } as const;

/** What each function takes beside the options of a kit. The compiler holds that none is left out. */
const besides: {
  readonly [Name in keyof Library]: Readonly<Record<Exclude<keyof OptionsOf<Name>, OptionName>, Kind>>;
} = {
  generate: { ...common, force: 'flag' },
  render: common,
  check: common,
  describe: { ...common, style: 'flag' },
  diff: { ...common, base: 'text', head: 'text or null', was: 'path', only: 'names', accepted: 'accepted' },
};

/** What has to be said of an option, by its kind. */
const forms: Readonly<Record<Kind, string>> = {
  path: 'a path as a text',
  paths: 'a list of paths as texts',
  names: 'a list of texts',
  choices: 'a list of texts',
  flag: '`true` or `false`',
  text: 'a text',
  'text or null': 'a text or `null`',
  accepted: 'a list of accepted changes',
};

/**
 * Checks what a program gives to a function of the library. The command line and the configuration have checks of their own.
 *
 * @returns the same arguments; the options are a copy, so that nothing changes them while the function works
 * @throws Rejected `option-invalid`, `option-unknown`: one finding for each option that is wrong
 */
export function checked<Given extends readonly unknown[]>(name: keyof Library, given: Given): Given {
  const [options = {}, addDependency, ...more] = given;
  const errors: Diagnostic[] = [];
  const valid = isObject(options) ? read(name, options, errors) : {};
  if (!isObject(options)) errors.push(wrong('options', 'an object', options));
  if (isOfKit(name) && addDependency !== undefined && typeof addDependency !== 'function')
    errors.push(wrong('addDependency', 'a function', addDependency));
  if (errors.length > 0) throw new Rejected(...errors.slice(0, limits.findings));
  return [valid, addDependency, ...more] as readonly unknown[] as Given;
}

function read(
  name: keyof Library,
  options: Readonly<Record<string, unknown>>,
  errors: Diagnostic[],
): Readonly<Record<string, unknown>> {
  const kinds = kindsOf(name);
  const valid: Record<string, unknown> = {};
  for (const [option, kind] of kinds) {
    const value = options[option];
    if (value === undefined) continue;
    const faults = faultsOf(option, kind, value);
    errors.push(...faults);
    if (faults.length === 0) valid[option] = Array.isArray(value) ? [...(value as unknown[])] : value;
  }
  if (isOfKit(name) && options['out'] === undefined) errors.push(wrong('options.out', forms.path, undefined));
  for (const option of Object.keys(options)) {
    if (kinds.has(option) || options[option] === undefined) continue;
    const nearest = nearestWord(option, [...kinds.keys()], 'none');
    const message = `${shownPath(`options.${option.slice(0, longest)}`)} is no option of \`${name}\`. ${nearest}`;
    errors.push(diagnostic('option-unknown', message));
  }
  return valid;
}

/** Whether a function works on one kit, and takes a function that is called with what the result depends on. */
function isOfKit(name: keyof Library): boolean {
  return name === 'generate' || name === 'render' || name === 'check';
}

/** The options of a function, each with its kind. */
function kindsOf(name: keyof Library): ReadonlyMap<string, Kind> {
  const ofKit = kitOptions.filter(({ about }) => name !== 'describe' || about === 'documents');
  return new Map<string, Kind>([
    ...ofKit.map((entry) => [entry.name, entry.kind] as const),
    ...Object.entries(besides[name]),
  ]);
}

/** What is wrong with a value: its kind, or that of its first entry that is wrong; else every word that is not known. */
function faultsOf(option: string, kind: Kind, value: unknown): readonly Diagnostic[] {
  const path = `options.${option}`;
  switch (kind) {
    case 'flag':
      return typeof value === 'boolean' ? [] : [wrong(path, forms[kind], value)];
    case 'path':
    case 'text':
    case 'text or null':
      return isText(value) || (value === null && kind === 'text or null')
        ? []
        : [wrong(path, forms[kind], value)];
    case 'accepted':
      return faultsOfList(path, kind, value, (each, at) =>
        isObject(each) ? faultOfMembers(each, at) : wrong(at, 'an object', each),
      );
    case 'paths':
    case 'names':
    case 'choices': {
      const faults = faultsOfList(path, kind, value, (each, at) =>
        isText(each) ? undefined : wrong(at, kind === 'paths' ? forms.path : forms.text, each),
      );
      return faults.length > 0 || kind !== 'choices'
        ? faults
        : unknownChoices(option as ChoiceName, value as readonly string[]);
    }
  }
}

function faultsOfList(
  path: string,
  kind: Kind,
  value: unknown,
  faultOf: (each: unknown, at: string) => Diagnostic | undefined,
): readonly Diagnostic[] {
  if (!Array.isArray(value)) return [wrong(path, forms[kind], value)];
  for (const [index, each] of value.entries()) {
    const fault = faultOf(each, `${path}[${index}]`);
    if (fault) return [fault];
  }
  return [];
}

function faultOfMembers(accepted: Readonly<Record<string, unknown>>, path: string): Diagnostic | undefined {
  const key = ['rule', 'subject', 'reason'].find((each) => !isText(accepted[each]));
  return key === undefined ? undefined : wrong(`${path}.${key}`, forms.text, accepted[key]);
}

function wrong(path: string, form: string, value: unknown): Diagnostic {
  return diagnostic('option-invalid', `${shownPath(path)} must be ${form}; it is ${described(value)}.`);
}

/** What a value is, in a word or two, and nothing of what it holds: it may be large, or a secret. */
function described(value: unknown): string {
  switch (typeof value) {
    case 'string':
      if (value === '') return 'an empty text';
      return value.includes('\0') ? 'a text with a NUL character' : 'a text';
    case 'boolean':
      return `\`${String(value)}\``;
    case 'undefined':
      return 'missing';
    case 'object':
      if (value === null) return '`null`';
      if (Array.isArray(value)) return 'a list';
      return value instanceof URL ? 'a URL' : 'an object';
    default:
      return `a ${typeof value}`;
  }
}

/** Characters of a name that messages show. */
const longest = 80;
