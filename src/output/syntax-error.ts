import { ts } from 'ts-morph';

/** The parser notes its errors in a member that its types leave out; a test holds that it is still there. */
export function syntaxError(source: ts.SourceFile): string | undefined {
  const [error] = (
    source as ts.SourceFile & { readonly parseDiagnostics: readonly ts.DiagnosticWithLocation[] }
  ).parseDiagnostics;
  if (error === undefined) return undefined;
  return `line ${lineOf(source, error.start)}: ${ts.flattenDiagnosticMessageText(error.messageText, ' ')}`;
}

export function lineOf(source: ts.SourceFile, at: number): number {
  return source.getLineAndCharacterOfPosition(at).line + 1;
}
