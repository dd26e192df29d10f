import type { ts } from 'ts-morph';

/** The parser notes its errors in a member that its types leave out; a test holds that it is still there. */
export function syntaxErrors(source: ts.SourceFile): readonly ts.DiagnosticWithLocation[] {
  return (source as ts.SourceFile & { readonly parseDiagnostics: readonly ts.DiagnosticWithLocation[] })
    .parseDiagnostics;
}
