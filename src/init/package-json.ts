import { findNodeAtLocation, parseTree, type Node, type ParseError } from 'jsonc-parser';
import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import { createSource, locationAt } from '../diagnostics/source.js';

/** A script of package.json. */
export interface Script {
  readonly name: string;
  readonly command: string;
}

/** package.json with scripts that it did not have. */
export interface Amended {
  readonly text: string;
  /** The scripts that were added, in their order. */
  readonly added: readonly Script[];
  /** Names of scripts that were there and run something else. */
  readonly taken: readonly string[];
}

/**
 * Adds scripts to the text of a package.json, laid out as what stands beside them. Nothing but the new text is new: without
 * it the bytes are the old ones. A script that is there stays as it is.
 *
 * @throws Rejected `init-package-invalid` for what is no JSON object, or has scripts that are none
 */
export function addScripts(text: string, scripts: readonly Script[]): Amended {
  const root = rootOf(text);
  const present = lastOf(root, 'scripts');
  if (present !== undefined && present.type !== 'object')
    throw invalid(text, present.offset, 'package.json: `scripts` is not an object.');
  const commands = new Map(
    (present?.children ?? []).map(({ children }) => [
      String(children?.[0]?.value),
      children?.[1]?.value as unknown,
    ]),
  );
  const added = scripts.filter(({ name }) => !commands.has(name));
  const taken = scripts.filter(({ name, command }) => commands.has(name) && commands.get(name) !== command);
  return {
    text: added.length === 0 ? text : withMembers(text, root, present, added),
    added,
    taken: taken.map(({ name }) => name),
  };
}

function withMembers(text: string, root: Node, present: Node | undefined, added: readonly Script[]): string {
  const style = styleOf(text, root);
  const members = added.map(({ name, command }): Member => [name, command]);
  return present === undefined
    ? insert(text, root, [['scripts', members]], '', style)
    : insert(text, present, members, style.isSpread ? style.unit : '', style);
}

/** A member to write: a text, or an object of members. */
type Member = readonly [key: string, value: string | readonly Member[]];

interface Style {
  readonly lineEnd: string;
  /** One step of indentation. */
  readonly unit: string;
  /** Whether members stand on lines of their own. */
  readonly isSpread: boolean;
  /** What stands between a key and its value. */
  readonly colon: string;
  /** What stands inside the braces of an object on one line. */
  readonly padding: string;
}

/** How the file is laid out, told from its first member. */
function styleOf(text: string, root: Node): Style {
  const lineEnd = /\r?\n/.exec(text)?.[0] ?? '\n';
  const [first] = root.children ?? [];
  if (first === undefined) return { lineEnd, unit: '  ', isSpread: true, colon: ': ', padding: ' ' };
  const before = text.slice(root.offset + 1, first.offset);
  const [key, value] = first.children ?? [];
  const isSpread = before.includes('\n');
  return {
    lineEnd,
    unit: isSpread ? before.slice(before.lastIndexOf('\n') + 1) : '',
    isSpread,
    colon: key && value ? text.slice(key.offset + key.length, value.offset) : ': ',
    padding: isSpread ? ' ' : before,
  };
}

/** @param indent of the object's closing brace */
function insert(
  text: string,
  object: Node,
  members: readonly Member[],
  indent: string,
  style: Style,
): string {
  const { lineEnd, unit } = style;
  const last = object.children?.at(-1);
  if (last === undefined) {
    const rest = text.slice(object.offset + 1, object.offset + object.length - 1);
    const lines = members.map((each) => written(each, indent + unit, style));
    const inner = style.isSpread
      ? `${lineEnd}${indent}${unit}${lines.join(`,${lineEnd}${indent}${unit}`)}${rest.includes('\n') ? '' : `${lineEnd}${indent}`}`
      : `${style.padding}${lines.join(between(style))}${style.padding}`;
    return spliced(text, object.offset + 1, inner);
  }
  const first = object.children?.[0] ?? last;
  const before = text.slice(object.offset + 1, first.offset);
  const isSpread = before.includes('\n');
  const own = isSpread ? before.slice(before.lastIndexOf('\n') + 1) : '';
  const inner = members.map((each) =>
    isSpread
      ? `,${lineEnd}${own}${written(each, own, style)}`
      : `${between({ ...style, padding: before })}${written(each, own, { ...style, isSpread: false })}`,
  );
  return spliced(text, last.offset + last.length, inner.join(''));
}

/** What stands between members on one line: a space after the comma where braces or colons have one. */
function between({ colon, padding }: Style): string {
  return `,${padding !== '' || /\s$/.test(colon) ? ' ' : ''}`;
}

function written([key, value]: Member, indent: string, style: Style): string {
  const { lineEnd, unit, isSpread, colon, padding } = style;
  const start = `${JSON.stringify(key)}${colon}`;
  if (typeof value === 'string') return start + JSON.stringify(value);
  const inner = indent + unit;
  const members = value.map((each) => written(each, inner, style));
  return isSpread
    ? `${start}{${lineEnd}${inner}${members.join(`,${lineEnd}${inner}`)}${lineEnd}${indent}}`
    : `${start}{${padding}${members.join(between(style))}${padding}}`;
}

function spliced(text: string, offset: number, inner: string): string {
  return text.slice(0, offset) + inner + text.slice(offset);
}

/** The member that readers take where a key stands twice. */
function lastOf(object: Node, key: string): Node | undefined {
  return object.children?.findLast(({ children }) => children?.[0]?.value === key)?.children?.[1];
}

function rootOf(text: string): Node {
  const errors: ParseError[] = [];
  const options = { disallowComments: true, allowTrailingComma: false };
  // A byte order mark is no part of JSON, and package managers skip it.
  const blank = text.replace(/^\uFEFF/, ' ');
  const root = parseTree(blank, errors, options) as Node | undefined;
  const [error] = errors;
  if (error !== undefined || root === undefined)
    throw invalid(text, error?.offset ?? 0, 'package.json is not JSON.');
  if (root.type !== 'object') throw invalid(text, root.offset, 'package.json is not an object.');
  return root;
}

function invalid(text: string, offset: number, message: string): Rejected {
  return new Rejected(
    diagnostic('init-package-invalid', message, locationAt(createSource('package.json', text, true), offset)),
  );
}

/** What a package.json says that is asked for here, whatever else is in it. */
export interface Facts {
  /** The field `packageManager`. */
  readonly manager: string | undefined;
  /** Whether it asks for this program. */
  readonly depends: boolean;
  /** The first number in the version of TypeScript that it asks for. */
  readonly typescript: number | undefined;
  /** The names of all packages that it asks for. */
  readonly packages: ReadonlySet<string>;
}

export function factsOf(text: string): Facts {
  const root = rootOf(text);
  const manager = findNodeAtLocation(root, ['packageManager'])?.value as unknown;
  const packages = new Set(
    ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((key) =>
      (lastOf(root, key)?.children ?? []).map(({ children }) => String(children?.[0]?.value)),
    ),
  );
  const versions = ['devDependencies', 'dependencies'].map(
    (key) => findNodeAtLocation(root, [key, 'typescript'])?.value as unknown,
  );
  const major = versions.map((version) => /\d+/.exec(typeof version === 'string' ? version : '')?.[0]);
  return {
    manager: typeof manager === 'string' ? manager : undefined,
    depends: packages.has('freshworks-gen'),
    packages,
    typescript: Number(major.find((each) => each !== undefined) ?? NaN) || undefined,
  };
}
