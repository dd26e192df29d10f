import { ts } from 'ts-morph';
import { syntaxErrors } from './syntax.js';

/** The first syntax error of a file, with its line. */
export function syntaxError(source: ts.SourceFile): string | undefined {
  const [error] = syntaxErrors(source);
  if (error === undefined) return undefined;
  return `line ${lineOf(source, error.start)}: ${ts.flattenDiagnosticMessageText(error.messageText, ' ')}`;
}

export function lineOf(source: ts.SourceFile, at: number): number {
  return source.getLineAndCharacterOfPosition(at).line + 1;
}
