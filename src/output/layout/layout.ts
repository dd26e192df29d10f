import { ts } from 'ts-morph';
import { describe } from '../../kit/statement.js';
import { syntaxError } from '../../kit/syntax-error.js';
import { Beyond, Page } from './page.js';
import { print } from './print.js';
import { statementDoc } from './statements.js';
import type { Style } from './style.js';

/** A part of a file in order: laid out, or as it was and still to be. */
export interface Piece {
  readonly code: string;
  readonly isLaidOut: boolean;
  /** Whether an empty line stands before it. */
  readonly isSpaced: boolean;
}

/**
 * Lays out the statements of a file as Prettier does, each with the comments before it. What is of another kind than the
 * emitters write is left for Prettier.
 *
 * @param isFinished whether a statement, as `kit/statement` names it, stands as it should already
 * @returns undefined where not even the statements can be told apart for sure
 */
export function layOut(
  code: string,
  style: Style,
  isFinished: (statement: string) => boolean,
): readonly Piece[] | undefined {
  if (code.includes('\r') || code.startsWith('\ufeff')) return undefined;
  const source = ts.createSourceFile(
    'laid-out.ts',
    code,
    { languageVersion: ts.ScriptTarget.ESNext, jsDocParsingMode: ts.JSDocParsingMode.ParseNone },
    false,
    ts.ScriptKind.TS,
  );
  if (syntaxError(source) !== undefined) return undefined;
  const page = new Page(source, style);
  let end = 0;
  const pieces: Piece[] = [];
  for (const statement of source.statements) {
    const start = page.startOf(statement);
    if (start === undefined) return undefined;
    const isSpaced = end > 0 && page.lines(end, start) > 1;
    const text = () => code.slice(start, statement.end);
    const laidOut = isFinished(describe(statement)) ? text() : laidOutAlone(statement, page);
    pieces.push({ code: laidOut ?? text(), isLaidOut: laidOut !== undefined, isSpaced });
    end = statement.end;
    page.commentsUntil(end);
  }
  return /^\s*$/.test(code.slice(end)) ? pieces : undefined;
}

function laidOutAlone(statement: ts.Statement, page: Page): string | undefined {
  try {
    const doc = page.withComments(statement, () => statementDoc(statement, page));
    // A comment where none was looked for.
    if (page.commentsUntil(statement.end).length > 0) return undefined;
    return print(doc, page.style);
  } catch (error) {
    if (error instanceof Beyond) return undefined;
    throw error;
  }
}
