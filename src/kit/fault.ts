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
export function faultIn(file: EmittedFile): string | undefined {
  const { path, code, statements } = file;
  if (hasHidden(code) || code.includes('\r')) return 'it holds a hidden character';
  if (!path.endsWith('.ts')) return statements.length === 0 ? undefined : 'it is not TypeScript';

  // What is sound in parts is sound. Where a part is not, the whole is read, to say where.
  const parts = partsOf(code);
  return parts.length > 1 && faultOf(file, parts) === undefined ? undefined : faultOf(file, [code]);
}

/**
 * Code cut before its top-level statements, where they can be found without a parser: a tree of all the code would be many
 * times as large as the code, and take longer to keep than to make. A place that only looks like the start of a statement,
 * in a literal or comment, leaves parts with syntax errors. And no statement goes on with one of these words on a line of
 * its own: a part that parses means by itself what it means in the whole.
 */
function partsOf(code: string): readonly string[] {
  return code.split(/(?<=\n)(?=\/\/ prettier-ignore\n(?:const|export|function|import) )/);
}

/** What is wrong with a file that is parsed part by part. */
function faultOf({ path, statements }: EmittedFile, parts: readonly string[]): string | undefined {
  const constants = new Set<string>();
  let seen = 0;
  for (const [index, part] of parts.entries()) {
    const source = ts.createSourceFile(
      path,
      part,
      { languageVersion: ts.ScriptTarget.ESNext, jsDocParsingMode: ts.JSDocParsingMode.ParseNone },
      false,
      ts.ScriptKind.TS,
    );
    const fault = syntaxError(source) ?? difference(source, statements, seen, constants);
    if (fault !== undefined) return fault;
    seen += source.statements.length;

    const directive = undeclaredDirective(source, index === 0);
    if (directive !== undefined) return `it holds an active directive, ${directive}`;
    const stranger = path.startsWith('payloads/') ? moreThanTypes(source) : undefined;
    if (stranger !== undefined) return stranger;
  }
  const missing = statements[seen];
  return missing === undefined ? undefined : `${quoted(missing)} is missing`;
}

/** The first statement that is not the declared one, where so many have come before. */
function difference(
  source: ts.SourceFile,
  declared: readonly string[],
  seen: number,
  constants: Set<string>,
): string | undefined {
  for (const [index, statement] of source.statements.entries()) {
    const expected = declared[seen + index];
    const isPlain = expected?.endsWith(dataMark) === true;
    const actual = describe(statement) + (isPlain && holdsData(statement, constants) ? dataMark : '');
    if (actual !== expected) {
      const where = `line ${lineOf(source, statement.getStart(source))}`;
      return `${where}: ${quoted(actual)} stands where ${expected === undefined ? 'nothing' : quoted(expected)} should be`;
    }
  }
  return undefined;
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
