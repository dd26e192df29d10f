import { ts } from 'ts-morph';
import { hasHidden } from '../diagnostics/printable.js';
import type { EmittedFile } from './file.js';
import { describe } from './statement.js';
import { undeclaredDirective } from './directives.js';
import { beyondTypes, isData } from './types-only.js';
import { lineOf, syntaxError } from './syntax-error.js';

/** What a declared statement ends in when its initialisers must be literals, arrays and objects, and nothing that runs. */
const dataMark = ' = data';

/**
 * What keeps a file from being what its emitter declared, if anything does. It is sound where
 *
 * - the code parses, and its top-level statements are the declared ones, in order (see `describe`)
 * - a statement declared as `export const routes = data` is initialised with plain data
 * - a file in `payloads/` holds imports, exports and types alone
 * - no directive is active but `// @ts-nocheck` and `/* eslint-disable *\/` in the header
 * - no character is hidden: control, bidirectional, zero-width; lines end in LF
 */
export function faultIn({ path, code, statements }: EmittedFile): string | undefined {
  if (hasHidden(code) || code.includes('\r')) return 'it holds a hidden character';
  if (!path.endsWith('.ts')) return statements.length === 0 ? undefined : 'it is not TypeScript';

  if (isSoundInParts({ path, code, statements })) return undefined;
  return faultOf(path, code, statements, { constants: new Set(), hasHeader: true });
}

/**
 * Whether code is sound where it is cut before each statement, which a comment for Prettier marks. Most of the time of a large
 * file goes into keeping its tree, which is many times as large as the code: a part's tree goes with the part.
 *
 * Each part has to hold its one declared statement. A function and an export are put behind it: a part whose statement goes
 * on into them holds another, and the export makes the part a module, as the file is one, where `await` is a keyword.
 */
function isSoundInParts({ path, code, statements }: EmittedFile): boolean {
  const [head = '', ...parts] = code.split(
    /(?<=\n)(?=\/\/ prettier-ignore\n(?:const|export|function|import) )/,
  );
  if (parts.length !== statements.length || !statements.some((each) => /^(?:export|import) /.test(each)))
    return false;
  const constants = new Set<string>();
  const isSound = (part: string, declared: readonly string[], hasHeader: boolean): boolean => {
    const ended = `${part}function end() {}\nexport {};\n`;
    return (
      faultOf(path, ended, [...declared, 'function end', 'export'], { constants, hasHeader }) === undefined
    );
  };
  return (
    isSound(head, [], true) &&
    parts.every((part, index) => isSound(part, statements.slice(index, index + 1), false))
  );
}

/** What is already known where code is looked at. */
interface Context {
  /** Names of constants that hold data. */
  readonly constants: Set<string>;
  /** Whether the code starts with a file's header. */
  readonly hasHeader: boolean;
}

/** What keeps code from being the declared statements. */
function faultOf(
  path: string,
  code: string,
  statements: readonly string[],
  { constants, hasHeader }: Context,
): string | undefined {
  const source = ts.createSourceFile(
    path,
    code,
    { languageVersion: ts.ScriptTarget.ESNext, jsDocParsingMode: ts.JSDocParsingMode.ParseNone },
    false,
    ts.ScriptKind.TS,
  );
  const fault = syntaxError(source) ?? difference(source, statements, constants);
  if (fault !== undefined) return fault;

  const directive = undeclaredDirective(source, hasHeader);
  if (directive !== undefined) return `it holds an active directive, ${directive}`;
  return path.startsWith('payloads/') ? moreThanTypes(source) : undefined;
}

function difference(
  source: ts.SourceFile,
  declared: readonly string[],
  constants: Set<string>,
): string | undefined {
  for (const [index, statement] of source.statements.entries()) {
    const expected = declared[index];
    const isPlain = expected?.endsWith(dataMark) === true;
    const actual = describe(statement) + (isPlain && holdsData(statement, constants) ? dataMark : '');
    if (actual !== expected) {
      const where = `line ${lineOf(source, statement.getStart(source))}`;
      return `${where}: ${quoted(actual)} stands where ${expected === undefined ? 'nothing' : quoted(expected)} should be`;
    }
  }
  const missing = declared[source.statements.length];
  return missing === undefined ? undefined : `${quoted(missing)} is missing`;
}

/** A constant that holds data may be named by those behind it. */
function holdsData(statement: ts.Statement, constants: Set<string>): boolean {
  if (!ts.isVariableStatement(statement)) return false;
  return statement.declarationList.declarations.every(({ name, initializer }) => {
    if (!ts.isIdentifier(name) || initializer === undefined || !isData(initializer, constants)) return false;
    if (statement.declarationList.flags & ts.NodeFlags.Const) constants.add(name.text);
    return true;
  });
}

function moreThanTypes(source: ts.SourceFile): string | undefined {
  for (const statement of source.statements) {
    const stranger = beyondTypes(statement);
    if (stranger) return `line ${lineOf(source, stranger.getStart(source))}: this file holds types alone`;
  }
  return undefined;
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text);
}
